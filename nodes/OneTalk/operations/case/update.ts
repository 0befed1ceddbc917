/** Case: Update. */

import type { INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { integration } from '../../api/integration/service';
import { requiredId } from '../../input/values';
import { optionsWith } from '../options';
import type { Operation } from '../operation';
import { caseChanges, updateFields, type CaseChanges } from './changes';

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
	updateFields,
	optionsWith(),
];

type UpdateBody = CaseChanges & { caseID: string };

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
	request: ({ caseId, updateFields: changes }) => ({
		method: 'POST',
		path: '/inbox/case/update',
		body: { caseID: requiredId('caseId', caseId), ...caseChanges(changes) },
		expects: 'success',
	}),
	rows: ([data], { body }) => [{ ...data, caseID: body.caseID }],
};
