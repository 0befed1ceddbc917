/** Case: Update. */

import type { INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { integration } from '../../api/integration/service';
import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { optionalBoolean, plainText, requiredId } from '../../input/values';
import { optionsWith } from '../options';
import type { Operation } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Case ID',
		name: 'caseId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 00C49D438C',
		description: 'The case to update, as OneTalk, Get Many and the trigger show it',
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'What to change. A field that is not added here stays as it is.',
		options: [
			{
				displayName: 'Agent Remark',
				name: 'agentRemark',
				type: 'string',
				default: '',
				placeholder: 'e.g. Paid on Monday',
				description: 'The agents’ remark on the case. An empty remark clears it.',
			},
			{
				displayName: 'Junk',
				name: 'isJunk',
				type: 'boolean',
				default: false,
				description: 'Whether the case is junk',
			},
		],
	},
	optionsWith(),
];

type Changes = { agentRemark?: string; isJunk?: boolean };
type UpdateBody = Changes & { caseID: string };

/** Changes a case's remark or junk mark; what is not given stays (Inbox API, Update Case). */
export const update: Operation<PostRequest<UpdateBody>> = {
	resource: 'case',
	value: 'update',
	name: 'Update',
	action: 'Update case',
	description: 'Change the remark or the junk mark of a case',
	properties,
	service: integration,
	repeatable: true,
	effect: { done: 'updated', unknown: '', check: '' },
	apiNames: { caseID: ['caseId'] },
	lane: ({ body }) => body.caseID,
	subject: ({ body }) => ({ caseID: body.caseID }),
	request: ({ caseId, updateFields }) => ({
		method: 'POST',
		path: '/inbox/case/update',
		body: { caseID: requiredId('caseId', caseId), ...changes(updateFields) },
		expects: 'success',
	}),
	rows: ([data], { body }) => [{ ...data, caseID: body.caseID }],
};

/** A value that an expression did not find (null) counts as not given: only an empty text clears the remark. */
function changes(updateFields: unknown): Changes {
	if (updateFields !== undefined && updateFields !== null && !isRecord(updateFields)) {
		throw new InvalidInput('updateFields', 'must be an object with agentRemark or isJunk');
	}
	const { agentRemark, isJunk } = updateFields ?? {};
	const junk = optionalBoolean('isJunk', isJunk);
	const given: Changes = {
		...(agentRemark === undefined || agentRemark === null
			? {}
			: { agentRemark: plainText('agentRemark', agentRemark) }),
		...(junk === undefined ? {} : { isJunk: junk }),
	};
	if (Object.keys(given).length === 0) {
		throw new InvalidInput(
			'updateFields',
			'has nothing to update: add Agent Remark or Junk',
			'Add one of them, or leave this row out. An expression can give each field, but n8n does not pass on one in place of Update Fields as a whole.',
		);
	}
	return given;
}
