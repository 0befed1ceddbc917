/** Which answers of OneTalk are successes. */

import { casePage } from '../../../../../nodes/OneTalk/api/integration/envelope';
import { CASE, CASES, judged, NO_ERROR, SENT } from '../../../../support/answers';

describe('successes', () => {
	it.each<[string, unknown, object]>([
		['the documented answer', { status: 200, error: NO_ERROR, data: SENT }, SENT],
		['an empty error object', { status: 200, error: {}, data: SENT }, SENT],
		['no error object at all', { status: 200, data: SENT }, SENT],
		['error null', { status: 200, error: null, data: SENT }, SENT],
		[
			'unknown extra keys everywhere',
			{ status: 200, error: {}, data: { ...SENT, trxID: 'x', new: [1] }, more: 1 },
			{ ...SENT, trxID: 'x', new: [1] },
		],
		['body status 204 with empty data', { status: 204, error: {}, data: {} }, {}],
		['body status 204 with data null', { status: 204, error: {}, data: null }, {}],
		['body status 204 without data', { status: 204 }, {}],
		['body status 204 with success: true', { status: 204, data: SENT }, SENT],
	])('%s', (_sentence, body, data) => {
		expect(judged(body)).toEqual({ ok: true, data });
	});

	it.each<[string, object]>([
		['the documented list', CASES],
		['an empty list', { cases: [], hasMore: false, lastTimestamp: 0 }],
		['null in place of an empty list', { cases: null, hasMore: false, lastTimestamp: 0 }],
		['a list and nothing else', { cases: [CASE] }],
		['null for hasMore and lastTimestamp', { cases: [CASE], hasMore: null, lastTimestamp: null }],
		['a case with null for a time', { cases: [{ id: 'A', createdTime: 1, updatedTime: null }] }],
		['unknown extra keys in a case', { cases: [{ ...CASE, labels: ['vip'] }], total: 1 }],
	])('as a list of cases: %s', (_sentence, data) => {
		expect(judged({ status: 200, error: {}, data }, { expects: 'cases' })).toEqual({ ok: true, data });
	});
});

describe('casePage', () => {
	it.each<[string, object, object]>([
		['reads the documented list', CASES, CASES],
		[
			'takes null for an empty list',
			{ cases: null, hasMore: null, lastTimestamp: null },
			{ cases: [], hasMore: false, lastTimestamp: 0 },
		],
		[
			'takes empty data (body status 204) for an empty list',
			{},
			{ cases: [], hasMore: false, lastTimestamp: 0 },
		],
	])('%s', (_sentence, data, page) => {
		expect(casePage({ ...data })).toEqual(page);
	});
});
