/** What can be changed of a case: its remark and its junk mark. Case: Update and Chatbot: Update Case share it. */

import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { optionalBoolean, plainText } from '../../input/values';

export const updateFields: INodeProperties = {
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
};

/** The changes as the API spells them; an absent field is left alone. */
export type CaseChanges = { agentRemark?: string; isJunk?: boolean };

/**
 * The changes that a user asks for. A value that an expression did not find (null) counts as not given: only an empty text
 * clears the remark.
 *
 * @throws {InvalidInput} where there is nothing to change
 */
export function caseChanges(updates: unknown): CaseChanges {
	if (updates !== undefined && updates !== null && !isRecord(updates)) {
		throw new InvalidInput('updateFields', 'must be an object with agentRemark or isJunk');
	}
	const { agentRemark, isJunk } = updates ?? {};
	const junk = optionalBoolean('isJunk', isJunk);
	const given: CaseChanges = {
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
