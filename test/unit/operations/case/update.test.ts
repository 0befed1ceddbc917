/** Case: Update. */

import { update } from '../../../../nodes/OneTalk/operations/case/update';
import { refusal } from '../../../support/refusal';

const bodyOf = (updateFields: unknown, caseId: unknown = '00C49D438C') =>
	update.request({ caseId, updateFields }, { timezone: 'UTC', row: {} }).body;

it('sends the request that the API page shows', () => {
	const parameters = { caseId: '00C49D438C', updateFields: { agentRemark: '...', isJunk: true } };
	expect(update.request(parameters, { timezone: 'UTC', row: {} })).toStrictEqual({
		method: 'POST',
		path: '/inbox/case/update',
		body: { caseID: '00C49D438C', agentRemark: '...', isJunk: true },
		expects: 'success',
	});
});

describe('only the given fields are changed', () => {
	it.each<[string, unknown, object]>([
		['a remark alone leaves the junk mark', { agentRemark: 'Paid' }, { agentRemark: 'Paid' }],
		['a junk mark alone leaves the remark', { isJunk: true }, { isJunk: true }],
		['false is sent', { isJunk: false }, { isJunk: false }],
		['an empty remark clears', { agentRemark: '' }, { agentRemark: '' }],
		[
			'an empty remark and false are both sent',
			{ agentRemark: '', isJunk: false },
			{ agentRemark: '', isJunk: false },
		],
		['a remark keeps its line breaks', { agentRemark: 'a\n b ' }, { agentRemark: 'a\n b ' }],
		['a remark from a number is text', { agentRemark: 5 }, { agentRemark: '5' }],
		['a junk mark as text is a boolean', { isJunk: 'TRUE' }, { isJunk: true }],
		[
			'a remark that an expression did not find is not given',
			{ agentRemark: null, isJunk: true },
			{ isJunk: true },
		],
		[
			'a junk mark that an expression did not find is not given',
			{ agentRemark: 'a', isJunk: undefined },
			{ agentRemark: 'a' },
		],
		['fields that the API does not know are left out', { isJunk: true, isClosed: true }, { isJunk: true }],
	])('%s', (_sentence, updateFields, changes) => {
		expect(bodyOf(updateFields)).toStrictEqual({ caseID: '00C49D438C', ...changes });
	});
});

describe('a refusal names the parameter', () => {
	it.each<[string, unknown, unknown, string]>([
		['nothing to update', {}, '00C49D438C', 'updateFields'],
		['no fields at all', undefined, '00C49D438C', 'updateFields'],
		[
			'only fields that expressions did not find',
			{ agentRemark: null, isJunk: null },
			'00C49D438C',
			'updateFields',
		],
		['fields that are text', 'isJunk', '00C49D438C', 'updateFields'],
		['a remark that is an object', { agentRemark: { a: 1 } }, '00C49D438C', 'agentRemark'],
		['a junk mark that is neither', { isJunk: 'maybe' }, '00C49D438C', 'isJunk'],
		['no case', { isJunk: true }, '', 'caseId'],
		['a case that is an object', { isJunk: true }, { id: 'A' }, 'caseId'],
		['a case ID that a spreadsheet has ruined', { isJunk: true }, '1.2E+10', 'caseId'],
	])('%s', (_sentence, updateFields, caseId, parameter) => {
		expect(refusal(() => bodyOf(updateFields, caseId)).parameter).toBe(parameter);
	});
});

it('may be repeated, and changes of one case keep their order', () => {
	expect(update.repeatable).toBe(true);
	const request = update.request(
		{ caseId: ' 00C49D438C ', updateFields: { isJunk: true } },
		{ timezone: 'UTC', row: {} },
	);
	expect(update.lane(request)).toBe('00C49D438C');
});

it('outputs the unchanged answer and the case ID', () => {
	const request = update.request(
		{ caseId: '00C49D438C', updateFields: { isJunk: true } },
		{ timezone: 'UTC', row: {} },
	);
	const data = { success: true, message: 'Case updated successfully' };
	expect(update.rows([data], request)).toEqual([{ ...data, caseID: '00C49D438C' }]);
});
