/** HTTP statuses other than 200, and Retry-After. */

import type { Failure } from '../../../../../nodes/OneTalk/api/types';
import { failure, judged, SENT } from '../../../../support/answers';

describe('HTTP statuses other than 200', () => {
	it.each<[number, Failure['kind'], string]>([
		[301, 'broken', 'base URL'],
		[400, 'refused', 'parameters'],
		[401, 'refused', 'API key'],
		[403, 'refused', 'no access'],
		[404, 'refused', 'base URL'],
		[408, 'broken', ''],
		[429, 'busy', 'fewer requests'],
		[500, 'broken', 'Try again later'],
		[502, 'broken', 'Try again later'],
		[503, 'broken', 'Try again later'],
	])('%d with a web page is %s', (http, kind, words) => {
		const found = failure(judged('<html></html>', { http }));
		expect(found).toMatchObject({ kind, code: `HTTP ${http}`, httpStatus: http });
		expect(found.message).toContain(`HTTP ${http}`);
		expect(found.hint).toContain(words);
	});

	it.each([400, 429, 500, 503])('%d is not a success, even if the body says so', (http) => {
		expect(judged({ status: 200, error: {}, data: SENT }, { http }).ok).toBe(false);
	});

	it('the message and code of an envelope are shown', () => {
		const error = { code: '49102', message: 'API key is invalid', field: '' };
		expect(failure(judged({ status: 491, error, data: {} }, { http: 401 }))).toMatchObject({
			kind: 'refused',
			message: 'API key is invalid',
			code: '49102',
			httpStatus: 401,
		});
	});

	it('HTTP 500 is a server error, whatever the body says', () => {
		const error = { code: '40002', message: 'no', field: '' };
		expect(failure(judged({ status: 400, error }, { http: 500 })).kind).toBe('broken');
	});
});

describe('Retry-After', () => {
	it.each<[string, string, number | undefined]>([
		['seconds', '7', 7000],
		['no seconds', '0', 0],
		['a date in the past', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
		['a word', 'soon', undefined],
		['nothing', '', undefined],
	])('%s', (_sentence, value, ms) => {
		const headers = { 'retry-after': value };
		expect(failure(judged('', { http: 429, headers })).retryAfterMs).toBe(ms);
		expect(failure(judged({ status: 429, error: {} }, { headers })).retryAfterMs).toBe(ms);
	});

	it('a date in the future', () => {
		const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
		const ms = failure(judged('', { http: 429, headers })).retryAfterMs;
		expect(ms).toBeGreaterThan(17_000);
		expect(ms).toBeLessThanOrEqual(20_000);
	});
});
