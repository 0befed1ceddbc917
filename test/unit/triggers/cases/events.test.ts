/** Events and changes: a case compared with its snapshot. */

import type { OneTalkCase } from '../../../../nodes/OneTalk/api/types';
import { compareCase, snapshotOf } from '../../../../nodes/OneTalk/triggers/cases/events';

const BEFORE: OneTalkCase = {
	id: 'A1B2C3D4E5',
	createdTime: 10,
	updatedTime: 20,
	isClosed: false,
	isJunk: false,
	agentRemark: '',
	agent: { email: 'ani@example.com', fullName: 'Ani' },
	contact: { id: 'u1', fullName: 'Budi', alias: '', email: '', phone: '6281212345678', agentRemark: '' },
};

/** The change from the known case to the same case with these differences. */
function since(differences: object, before: OneTalkCase = BEFORE) {
	return compareCase(
		{ ...BEFORE, updatedTime: 30, ...differences } as OneTalkCase,
		snapshotOf(before),
		false,
	);
}

const contact = (differences: object) => ({ contact: { ...(BEFORE.contact as object), ...differences } });

describe('events of a remembered case', () => {
	it.each<[string, object, string[], object]>([
		['something that is not watched', { firstMessage: 'Hi' }, ['caseUpdated'], {}],
		[
			'it was closed',
			{ isClosed: true },
			['caseClosed', 'caseUpdated'],
			{ isClosed: { old: false, new: true } },
		],
		[
			'it was marked as junk',
			{ isJunk: true },
			['caseMarkedAsJunk', 'caseUpdated'],
			{ isJunk: { old: false, new: true } },
		],
		[
			'its remark was written',
			{ agentRemark: 'Paid' },
			['caseRemarkChanged', 'caseUpdated'],
			{ agentRemark: { old: '', new: 'Paid' } },
		],
		[
			'it went to another agent',
			{ agent: { email: 'sari@example.com' } },
			['caseAgentChanged', 'caseUpdated'],
			{ agentEmail: { old: 'ani@example.com', new: 'sari@example.com' } },
		],
		[
			'nobody has it any more',
			{ agent: null },
			['caseAgentChanged', 'caseUpdated'],
			{ agentEmail: { old: 'ani@example.com', new: '' } },
		],
		[
			'its contact has another name',
			contact({ fullName: 'Budi S.' }),
			['caseContactChanged', 'caseUpdated'],
			{ contactFullName: { old: 'Budi', new: 'Budi S.' } },
		],
		['a time of its contact', contact({ updatedTime: 25 }), ['caseUpdated'], {}],
		[
			'several things at once, the most telling first',
			{ isClosed: true, agentRemark: 'Done', ...contact({ phone: '628111222333' }) },
			['caseClosed', 'caseRemarkChanged', 'caseContactChanged', 'caseUpdated'],
			{
				isClosed: { old: false, new: true },
				agentRemark: { old: '', new: 'Done' },
				contactPhone: { old: '6281212345678', new: '628111222333' },
			},
		],
		['a mark that is not told any more', { isClosed: undefined, isJunk: null }, ['caseUpdated'], {}],
	])('%s', (_sentence, differences, events, changes) => {
		expect(since(differences)).toEqual({ events, changes });
	});

	it('it is reopened and unmarked as junk', () => {
		const { events } = since({}, { ...BEFORE, isClosed: true, isJunk: true });
		expect(events).toEqual(['caseReopened', 'caseUnmarkedAsJunk', 'caseUpdated']);
	});

	it('a long remark is remembered by its beginning, and a change after that is still found', () => {
		const long = 'x'.repeat(5_000);
		const remembered = { ...BEFORE, agentRemark: long };
		expect(JSON.stringify(snapshotOf(remembered)).length).toBeLessThan(400);
		expect(since({ agentRemark: long }, remembered).changes).toEqual({});
		const { changes } = since({ agentRemark: `${long}!` }, remembered);
		expect(changes.agentRemark.new).toBe(`${long}!`);
		expect(changes.agentRemark.old).toMatch(/^x{100}… \(.{8}\)$/);
	});
});

describe('unknown changes are not guessed', () => {
	const now = { ...BEFORE, updatedTime: 30 };

	it.each<[string, OneTalkCase, string[]]>([
		['a case that is as most are', now, ['caseUpdated']],
		['a case that is closed now', { ...now, isClosed: true }, ['caseClosed', 'caseUpdated']],
		['a case that is junk now', { ...now, isJunk: true }, ['caseMarkedAsJunk', 'caseUpdated']],
	])('%s, if the case is not remembered', (_sentence, record, events) => {
		expect(compareCase(record, undefined, false)).toEqual({ events, changes: {}, previous: 'unknown' });
	});

	it('of a version older than the remembered one', () => {
		const late = { ...BEFORE, updatedTime: 15, agentRemark: 'Earlier' };
		expect(compareCase(late, snapshotOf(BEFORE), false)).toEqual({
			events: ['caseUpdated'],
			changes: {},
			previous: 'unknown',
		});
	});

	it('a new case has no changes', () => {
		expect(compareCase({ ...now, isClosed: true }, undefined, true)).toEqual({
			events: ['caseCreated', 'caseClosed'],
			changes: {},
		});
	});
});
