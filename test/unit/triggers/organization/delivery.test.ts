/** What a delivery of the organization's webhook becomes. */

import type { IDataObject } from 'n8n-workflow';

import { parseOrganizationDelivery } from '../../../../nodes/OneTalk/triggers/organization/delivery';
import { CASE_RESOLVED, MESSAGE_STATUS } from '../../../support/deliveries';

const parse = (body: object) => parseOrganizationDelivery(body as IDataObject, JSON.stringify(body));
const statusWith = (detail: object, body: object = {}) =>
	parse({
		...MESSAGE_STATUS,
		...body,
		integrationMessageStatus: { ...MESSAGE_STATUS.integrationMessageStatus, ...detail },
	});
const caseWith = (detail: object) =>
	parse({ ...CASE_RESOLVED, caseResolved: { ...CASE_RESOLVED.caseResolved, ...detail } });

const NOTHING = {
	trxID: '',
	status: '',
	reason: '',
	phone: '',
	channelID: '',
	channelType: '',
	organizationID: '',
	timestamp: null,
};

describe('the documented examples', () => {
	it('the status of a message', () => {
		expect(parse(MESSAGE_STATUS)).toEqual({
			output: {
				event: 'messageStatus',
				trxID: '0b7c5a3e-8a55-4d29-a6a5-37c1e8d1f5a7',
				status: 'delivered',
				reason: '',
				phone: '628111222333',
				channelID: '2401234567',
				channelType: 'whatsappba',
				organizationID: 2222,
				timestamp: 1700000600000,
			},
			key: ['messageStatus', '0b7c5a3e-8a55-4d29-a6a5-37c1e8d1f5a7', 'delivered'],
		});
	});

	it('a resolved case', () => {
		expect(parse(CASE_RESOLVED)).toEqual({
			output: {
				...NOTHING,
				event: 'caseResolved',
				organizationID: 2222,
				timestamp: 1700000900000,
				...CASE_RESOLVED.caseResolved,
			},
			key: ['caseResolved', 'A1B2C3D4E5', 1700000900000],
		});
	});
});

describe('what the documentation leaves open', () => {
	it.each<[string, object, object]>([
		['a failed message has its reason', { status: 'failed', reason: 'Expired' }, { reason: 'Expired' }],
		['an unknown status comes out as it came', { status: 'queued' }, { status: 'queued' }],
		['a time as text is a number', { timestamp: '1700000600000' }, { timestamp: 1700000600000 }],
		['a time that is none is null', { timestamp: 'yesterday' }, { timestamp: null }],
		['an empty time is null', { timestamp: '' }, { timestamp: null }],
		['a phone as a number is text', { contactPhone: 628111222333 }, { phone: '628111222333' }],
		['an ID as a number stays one', { channelID: 2401234567 }, { channelID: 2401234567 }],
		['null is empty text', { reason: null, trxID: null }, { reason: '', trxID: '' }],
		['an object where text belongs is empty text', { reason: { a: 1 } }, { reason: '' }],
		['a list where text belongs is empty text', { status: ['read'] }, { status: '' }],
		['true where text belongs is empty text', { contactPhone: true }, { phone: '' }],
	])('%s', (_what, detail, expected) => {
		expect(statusWith(detail).output).toMatchObject({ event: 'messageStatus', ...expected });
	});

	it.each<[string, object, object]>([
		['a topic ID as text stays text', { topicID: '7' }, { topicID: '7' }],
		['a chatbot’s case', { assigneeType: 'chatbot', chatbotID: 'b1' }, { chatbotID: 'b1' }],
		['a mark that is no yes or no is null', { isJunk: 'no' }, { isJunk: null }],
		['a case without a time', { resolvedTime: null }, { resolvedTime: null, timestamp: null }],
	])('%s', (_what, detail, expected) => {
		expect(caseWith(detail).output).toMatchObject({ event: 'caseResolved', ...expected });
	});

	it('a detail without any field has all of them, empty', () => {
		expect(parse({ type: 'integration_message_status', integrationMessageStatus: {} })).toEqual({
			output: { event: 'messageStatus', ...NOTHING },
		});
		const { output } = parse({ type: 'case_resolved', caseResolved: {} });
		expect(Object.keys(output).sort()).toEqual(Object.keys(parse(CASE_RESOLVED).output).sort());
		expect(output).toMatchObject({ caseID: '', isJunk: null, createdTime: null });
	});

	it('unknown fields of a known type are under payload, those of the detail too', () => {
		const { output } = statusWith({ price: { amount: 75 } }, { region: 'id' });
		expect(output).toMatchObject({ payload: { region: 'id', price: { amount: 75 } } });
		expect(output).not.toHaveProperty('price');
		expect(caseWith({ contact: { fullName: 'Sari' } }).output.payload).toEqual({
			contact: { fullName: 'Sari' },
		});
	});
});

describe('other', () => {
	it.each<[string, object, string]>([
		[
			'an unknown type',
			{ type: 'case_created', organizationID: 2222, caseCreated: { id: 1 } },
			'case_created',
		],
		['no type', { organizationID: 2222 }, ''],
		['a type that is no text', { type: ['case_resolved'], organizationID: 2222 }, ''],
		['a known type without its detail', { type: 'case_resolved', organizationID: 2222 }, 'case_resolved'],
		[
			'a known type with a list for its detail',
			{ type: 'case_resolved', organizationID: 2222, caseResolved: [1] },
			'case_resolved',
		],
		[
			'a known type with the other one’s detail',
			{ ...CASE_RESOLVED, type: 'integration_message_status' },
			'integration_message_status',
		],
	])('%s comes out whole', (_what, body, type) => {
		expect(parse(body)).toEqual({
			output: { ...NOTHING, event: 'other', organizationID: 2222, type, payload: body },
			key: ['other', JSON.stringify(body)],
		});
	});

	it('is copied without names that reach a prototype, at every level', () => {
		const text = '{"type":"x","__proto__":{"admin":1},"a":[{"constructor":1,"b":{"prototype":2,"c":3}}]}';
		const { output } = parseOrganizationDelivery(JSON.parse(text) as IDataObject, text);
		expect(JSON.stringify(output.payload)).toBe('{"type":"x","a":[{"b":{"c":3}}]}');
		expect(({} as IDataObject).admin).toBeUndefined();
	});
});

describe('what repeats have in common', () => {
	it('the same message in another status is no repeat', () => {
		expect(statusWith({ status: 'read' }).key).not.toEqual(statusWith({}).key);
	});

	it('other times and reasons do not matter', () => {
		expect(statusWith({ timestamp: 1, reason: 'x' }).key).toEqual(statusWith({}).key);
	});

	it('a case that is resolved again is no repeat', () => {
		expect(caseWith({ resolvedTime: 1700000900001 }).key).not.toEqual(caseWith({}).key);
	});

	it.each([
		['a message without ID', statusWith({ trxID: '' })],
		['a message without status', statusWith({ status: ' ' })],
		['a case without ID', caseWith({ caseID: null })],
		['a case without time', caseWith({ resolvedTime: 'soon' })],
	])('%s is never a repeat', (_what, delivery) => {
		expect(delivery).not.toHaveProperty('key');
	});
});
