/** Hand Over, Close Case, Update Case and Update Contact: what is sent, what is left out, and what is refused. */

import type { IDataObject } from 'n8n-workflow';

import { closeCase } from '../../../../nodes/OneTalk/operations/chatbot/closeCase';
import { handOver } from '../../../../nodes/OneTalk/operations/chatbot/handOver';
import { updateCase } from '../../../../nodes/OneTalk/operations/chatbot/updateCase';
import { updateContact } from '../../../../nodes/OneTalk/operations/chatbot/updateContact';
import { refusal } from '../../../support/refusal';

const CASE = '00C49D438C';
type Event = typeof handOver;
const bodyOf = (operation: Event, parameters: object, timezone = 'Asia/Jakarta') =>
	operation.request({ caseId: CASE, ...parameters }, { timezone, row: {} }).body;
const refused = (operation: Event, parameters: object) => refusal(() => bodyOf(operation, parameters));

describe('Hand Over', () => {
	it.each<[object, object]>([
		[{ summary: '', topicId: 0, agentEmail: '' }, {}],
		[{}, {}],
		[{ summary: ' \n', topicId: '0', agentEmail: ' ' }, {}],
		[{ summary: 'Asks for\na human. ' }, { chatbotHandoverSummary: 'Asks for\na human. ' }],
		[{ topicId: '7' }, { topicID: 7 }],
		[{ agentEmail: ' a@example.com ' }, { agentEmail: 'a@example.com' }],
	])('%j', (parameters, handoverCase) => {
		expect(bodyOf(handOver, parameters)).toEqual({ caseID: CASE, eventType: 'handover_case', handoverCase });
	});

	it('refuses a topic that is no number', () => {
		expect(refused(handOver, { topicId: 'Billing' }).parameter).toBe('topicId');
		expect(refused(handOver, { topicId: -1 }).parameter).toBe('topicId');
	});
});

describe('Close Case', () => {
	it.each([
		[undefined, false],
		['', false],
		['true', true],
		[true, true],
	])('with the closing message %j', (given, sendClosingMessage) => {
		expect(bodyOf(closeCase, { sendClosingMessage: given })).toEqual({
			caseID: CASE,
			eventType: 'close_case',
			closeCase: { sendClosingMessage },
		});
	});
});

describe('Update Case', () => {
	it.each<[object, object]>([
		[{ agentRemark: '' }, { agentRemark: '' }],
		[{ isJunk: false }, { isJunk: false }],
		[{ agentRemark: 'Paid', isJunk: null }, { agentRemark: 'Paid' }],
	])('%j', (updateFields, changes) => {
		expect(bodyOf(updateCase, { updateFields })).toEqual({
			caseID: CASE,
			eventType: 'update_case',
			updateCase: changes,
		});
	});

	it('refuses to change nothing', () => {
		expect(refused(updateCase, { updateFields: {} })).toEqual({
			parameter: 'updateFields',
			reason: 'has nothing to update: add Agent Remark or Junk',
		});
	});
});

describe('Update Contact', () => {
	const field = (...entries: object[]) => ({ customFields: { field: entries } });
	const contactOf = (parameters: object, timezone?: string) =>
		bodyOf(updateContact, parameters, timezone).updateContact as IDataObject;

	it('changes only what is given; an empty text clears', () => {
		const updateFields = { fullName: ' Sari ', alias: '', companyName: null, jobTitle: undefined };
		expect(contactOf({ updateFields })).toEqual({ fullName: 'Sari', alias: '' });
	});

	it.each<[string, object, string]>([
		['a text as given', { value: ' a, b ' }, ' a, b '],
		['a number', { value: 42 }, '42'],
		['yes or no', { value: true }, 'true'],
		['a list as JSON', { value: ['a', 1] }, '["a",1]'],
		['an empty text', { value: '' }, ''],
		['a day', { type: 'date', value: '2026-01-31' }, '2026-01-31'],
		['a time in the zone of the workflow', { type: 'date', value: '2026-01-31T20:00:00Z' }, '2026-02-01'],
		['Unix ms', { type: 'date', value: 1769892000000 }, '2026-02-01'],
		['no day', { type: 'date', value: ' ' }, ''],
		['choices in lines', { type: 'multipleChoice', value: 'a, b\r\n\n c ' }, '["a, b","c"]'],
		['choices as JSON', { type: 'multipleChoice', value: ' ["a, b", "c"]' }, '["a, b","c"]'],
		[
			'long numbers as JSON',
			{ type: 'multipleChoice', value: '[12345678901234567890]' },
			'["12345678901234567890"]',
		],
		['choices as a list', { type: 'multipleChoice', value: ['a', 2] }, '["a","2"]'],
		['a choice in brackets that is no JSON', { type: 'multipleChoice', value: '[a]' }, '["[a]"]'],
		['no choice', { type: 'multipleChoice', value: [] }, ''],
	])('sends %s as text', (_what, entry, value) => {
		expect(contactOf(field({ code: 'x', ...entry }))).toEqual({ customFields: { x: value } });
	});

	it('sends the day in the zone of the workflow', () => {
		const late = field({ code: 'x', type: 'date', value: '2026-01-31T20:00:00Z' });
		expect(contactOf(late, 'UTC')).toEqual({ customFields: { x: '2026-01-31' } });
	});

	it('leaves a value out that an expression did not find', () => {
		expect(contactOf(field({ code: 'a', value: null }, { code: 'b', value: '1' }))).toEqual({
			customFields: { b: '1' },
		});
	});

	it('takes a code that is a word of the programming language', () => {
		const { customFields } = contactOf(field({ code: '__proto__', value: 'x' }));
		expect(Object.entries(customFields as IDataObject)).toEqual([['__proto__', 'x']]);
	});

	it.each<[string, object, string, RegExp]>([
		['nothing', { updateFields: {} }, 'updateFields', /^has nothing to update/],
		['only nulls', field({ code: 'a', value: null }), 'updateFields', /^has nothing to update/],
		['an empty name', { updateFields: { fullName: ' ' } }, 'fullName', /^is empty$/],
		['no code', field({ value: 'x' }), 'customFields', /^has no code for field 1$/],
		[
			'a code twice',
			field({ code: 'a', value: '1' }, { code: ' a ', value: '2' }),
			'customFields',
			/^has the code "a" twice$/,
		],
		[
			'a code twice, once without a value',
			field({ code: 'a', value: null }, { code: 'a', value: '2' }),
			'customFields',
			/twice$/,
		],
		['an object', field({ code: 'a', value: { b: 1 } }), 'customFields', /^has an object for "a"/],
		[
			'no day',
			field({ code: 'a', type: 'date', value: 'tomorrow' }),
			'customFields',
			/^\(tomorrow\) is not a date/,
		],
		[
			'a day that does not exist',
			field({ code: 'a', type: 'date', value: '2026-02-30' }),
			'customFields',
			/not a date/,
		],
		[
			'an object as a choice',
			field({ code: 'a', type: 'multipleChoice', value: [{ b: 1 }] }),
			'customFields',
			/that is not text$/,
		],
		['another type', field({ code: 'a', type: 'number', value: 1 }), 'customFields', /must be text, date or/],
		['a text in place of the fields', { updateFields: 'x' }, 'updateFields', /^must be an object/],
	])('refuses %s', (_what, parameters, parameter, reason) => {
		const found = refused(updateContact, parameters);
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});

it.each<[string, boolean, string]>([
	['handOver', false, 'May have been handed over'],
	['closeCase', false, 'May have been closed'],
	['updateCase', true, ''],
	['updateContact', true, ''],
])('%s: repeatable %s, %j', (value, repeatable, unknown) => {
	const operation = [handOver, closeCase, updateCase, updateContact].find((one) => one.value === value);
	expect([operation?.repeatable, operation?.effect.unknown]).toEqual([repeatable, unknown]);
});
