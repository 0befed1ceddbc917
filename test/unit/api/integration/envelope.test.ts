import { casePage, judge } from '../../../../nodes/OneTalk/api/integration/envelope';
import { maskOf } from '../../../../nodes/OneTalk/api/mask';
import type { Answer, Failure } from '../../../../nodes/OneTalk/api/types';
import { noMask } from '../../../../nodes/OneTalk/api/mask';

const NO_SECRET = { mask: noMask, credentialName: 'OneTalk API', urlLabel: 'base URL' };

const SENT = { success: true, message: 'The message has been added to queue', caseID: '96212160DF' };
const NO_ERROR = { code: '', message: '', field: '' };
const CASE = { id: '00C49D438C', createdTime: 1587352928385, updatedTime: 1640367746510 };
const CASES = { cases: [CASE], hasMore: false, lastTimestamp: 1640367746510 };

interface Reply {
	http?: number;
	headers?: Record<string, string>;
	expects?: 'success' | 'cases';
}

/** Judges an answer, by default to a call that expects `success: true`; an object is sent as JSON. */
function judged(body: unknown, { http = 200, headers = {}, expects = 'success' }: Reply = {}): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return judge({ statusCode: http, headers, body: text }, expects, NO_SECRET);
}

function failure(answer: Answer): Failure {
	if (answer.ok) throw new Error(`Taken for a success: ${JSON.stringify(answer.data)}`);
	return answer.failure;
}

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
		['body status 204 that says success', { status: 204, data: SENT }, SENT],
	])('%s', (_sentence, body, data) => {
		expect(judged(body)).toEqual({ ok: true, data });
	});

	it.each<[string, object]>([
		['the documented list', CASES],
		['an empty list', { cases: [], hasMore: false, lastTimestamp: 0 }],
		['null in place of an empty list', { cases: null, hasMore: false, lastTimestamp: 0 }],
		['a list alone', { cases: [CASE] }],
		['null for hasMore and lastTimestamp', { cases: [CASE], hasMore: null, lastTimestamp: null }],
		['a case with null for a time', { cases: [{ id: 'A', createdTime: 1, updatedTime: null }] }],
		['unknown extra keys in a case', { cases: [{ ...CASE, labels: ['vip'] }], total: 1 }],
	])('as a list of cases: %s', (_sentence, data) => {
		expect(judged({ status: 200, error: {}, data }, { expects: 'cases' })).toEqual({ ok: true, data });
	});
});

describe('failures that OneTalk reports inside HTTP 200', () => {
	it.each<[number, string, Failure['kind']]>([
		[400, '40002', 'refused'],
		[401, '40002', 'refused'],
		[403, '40301', 'refused'],
		[404, '40401', 'refused'],
		[429, '42900', 'busy'],
		[491, '49102', 'refused'],
		[499, '49900', 'refused'],
		[500, '50001', 'broken'],
		[503, '99999', 'broken'],
	])('body status %d with code %s is %s', (status, code, kind) => {
		const body = { status, error: { code, message: 'What OneTalk says', field: '' }, data: {} };
		expect(failure(judged(body))).toMatchObject({
			kind,
			code,
			message: 'What OneTalk says',
			hint: expect.stringMatching(/\w/) as string,
			httpStatus: 200,
		});
	});

	it('the documented example names its field', () => {
		const error = { code: '40002', message: 'Channel ID is required', field: 'channelID' };
		expect(failure(judged({ status: 400, error, data: {} }))).toMatchObject({
			kind: 'refused',
			message: 'Channel ID is required',
			code: '40002',
			field: 'channelID',
			hint: expect.stringContaining('Copy the channel ID') as string,
		});
	});

	it.each<[string, unknown, object]>([
		[
			'an empty error',
			{ status: 400, error: {}, data: {} },
			{ message: 'OneTalk answered with status 400', code: '400' },
		],
		['no error', { status: 400 }, { message: 'OneTalk answered with status 400', code: '400' }],
		[
			'an error that is a text',
			{ status: 400, error: 'no' },
			{ message: 'OneTalk answered with status 400', code: '400' },
		],
		[
			'a code that is a number',
			{ status: 400, error: { code: 40002, message: 'm' } },
			{ message: 'm', code: '40002' },
		],
		[
			'a message that is no text',
			{ status: 400, error: { code: '1', message: { a: 1 } } },
			{ message: 'OneTalk answered with status 400', code: '1' },
		],
		['success: true beside a failing status', { status: 400, error: {}, data: SENT }, { kind: 'refused' }],
		[
			'line breaks in the message',
			{ status: 400, error: { code: '1', message: 'a\r\nb' } },
			{ message: 'a b' },
		],
	])('%s', (_sentence, body, expected) => {
		expect(failure(judged(body))).toMatchObject(expected);
	});
});

describe('success: false inside body status 200', () => {
	it.each<[string, object, object]>([
		[
			'with a reason',
			{ success: false, message: 'Not on WhatsApp', reason: 'invalid_recipient' },
			{
				message: 'Not on WhatsApp',
				code: 'invalid_recipient',
				hint: expect.stringContaining('cannot receive') as string,
			},
		],
		[
			'with the reason of an empty balance',
			{ success: false, message: 'No balance', reason: 'insufficient_balance' },
			{ code: 'insufficient_balance', hint: expect.stringContaining('Top up') as string },
		],
		['without a reason', { success: false, message: 'Failed' }, { message: 'Failed', code: undefined }],
		[
			'with an empty reason',
			{ success: false, message: 'Failed', reason: '' },
			{ message: 'Failed', code: undefined },
		],
		[
			'with an unknown reason',
			{ success: false, message: 'Failed', reason: 'new_reason' },
			{ code: 'new_reason' },
		],
		[
			'without any explanation',
			{ success: false },
			{ message: expect.stringContaining('no explanation') as string },
		],
	])('%s', (_sentence, data, expected) => {
		expect(failure(judged({ status: 200, error: {}, data }))).toMatchObject({ kind: 'refused', ...expected });
	});

	it.each<[string, number, 'success' | 'cases']>([
		['where a list was asked for', 200, 'cases'],
		['with body status 204', 204, 'success'],
	])('%s', (_sentence, status, expects) => {
		const body = { status, data: { success: false, message: 'Failed', cases: [] } };
		expect(failure(judged(body, { expects })).kind).toBe('refused');
	});
});

describe('bodies that are not the envelope: nobody knows whether it was done', () => {
	it.each<[string, unknown, string]>([
		['a web page', '<!doctype html><html><body>Maintenance</body></html>', 'a web page'],
		['a web page after blank lines', '\n\n <html>', 'a web page'],
		['an empty body', '', 'an empty body'],
		['only spaces', '  \n', 'an empty body'],
		['a truncated body', '{"status":200,"error":{},"data":{"succ', '{"status":200'],
		['plain text', 'ok', '"ok"'],
		['JSON null', 'null', '"null"'],
		['a JSON list', '[]', '"[]"'],
		['a JSON text', '"ok"', 'ok'],
		['an empty object', '{}', '"{}"'],
		['another API’s success', { ok: true }, '{"ok":true}'],
		['a status that is a text', { status: '200', data: SENT }, '"status":"200"'],
		['a status that is null', { status: null, data: SENT }, '"status":null'],
		['no data', { status: 200, error: {} }, 'no "data"'],
		['data null', { status: 200, error: {}, data: null }, 'no "data"'],
		['data that is a list', { status: 200, error: {}, data: [SENT] }, 'no "data"'],
		['data that is a text', { status: 200, error: {}, data: 'ok' }, 'no "data"'],
		['empty data', { status: 200, error: {}, data: {} }, 'does not say "success"'],
		['success as a text', { status: 200, error: {}, data: { success: 'true' } }, 'does not say "success"'],
		['success as a number', { status: 200, error: {}, data: { success: 1 } }, 'does not say "success"'],
		['success null', { status: 200, error: {}, data: { success: null } }, 'does not say "success"'],
		['the data of another endpoint', { status: 200, error: {}, data: CASES }, 'does not say "success"'],
		['an undocumented status of success', { status: 201, error: {}, data: SENT }, 'status 201'],
	])('%s', (_sentence, body, words) => {
		const found = failure(judged(body));
		expect(found).toMatchObject({ kind: 'broken', httpStatus: 200 });
		expect(found.message).toContain(words);
	});

	it.each<[string, unknown]>([
		['no list', {}],
		['the data of another endpoint', SENT],
		['a list that is an object', { cases: {} }],
		['a list that is a text', { cases: '' }],
		['a case that is null', { cases: [null] }],
		['a case that is a text', { cases: ['00C49D438C'] }],
		['a case without ID', { cases: [{ createdTime: 1 }] }],
		['a case with an empty ID', { cases: [{ ...CASE, id: '' }] }],
		['a case whose ID is a number', { cases: [{ ...CASE, id: 5 }] }],
		['a time that is a text', { cases: [{ ...CASE, updatedTime: '1640367746510' }] }],
		['hasMore as a text', { cases: [], hasMore: 'false' }],
		['lastTimestamp as a text', { cases: [], lastTimestamp: '1640367746510' }],
	])('as a list of cases: %s', (_sentence, data) => {
		expect(failure(judged({ status: 200, error: {}, data }, { expects: 'cases' })).kind).toBe('broken');
	});

	it.each<[string, unknown[], string]>([
		['without ID by its place', [CASE, { createdTime: 1 }], 'case 2 of the list has no ID'],
		['with a strange time by its ID', [CASE, { id: 'A1', updatedTime: 1.5 }], 'the case "A1" has a time'],
		['whose ID holds the key without it', [{ id: 'good-key', updatedTime: '' }], 'the case "***"'],
	])('names a case %s, and blames nothing else', (_sentence, cases, words) => {
		const body = JSON.stringify({ status: 200, error: {}, data: { cases } });
		const answer = judge({ statusCode: 200, headers: {}, body }, 'cases', { ...NO_SECRET, mask: maskOf('good-key') });
		const { kind, message, hint } = failure(answer);
		expect(kind).toBe('broken');
		expect(message).toContain(words);
		expect(hint).not.toContain('base URL');
	});

	it('shows at most a line of a long body', () => {
		expect(failure(judged('x'.repeat(100_000))).message.length).toBeLessThan(200);
	});
});

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

	it.each([400, 429, 500, 503])('%d is no success, even if the body says so', (http) => {
		expect(judged({ status: 200, error: {}, data: SENT }, { http }).ok).toBe(false);
	});

	it('the text and code of an envelope are shown', () => {
		const error = { code: '49102', message: 'API key is invalid', field: '' };
		expect(failure(judged({ status: 491, error, data: {} }, { http: 401 }))).toMatchObject({
			kind: 'refused',
			message: 'API key is invalid',
			code: '49102',
			httpStatus: 401,
		});
	});

	it('a server fault stays one, whatever its body says', () => {
		const error = { code: '40002', message: 'no', field: '' };
		expect(failure(judged({ status: 400, error }, { http: 500 })).kind).toBe('broken');
	});
});

describe('Retry-After', () => {
	it.each<[string, string, number | undefined]>([
		['seconds', '7', 7000],
		['no seconds', '0', 0],
		['a date that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
		['a word', 'soon', undefined],
		['nothing', '', undefined],
	])('%s', (_sentence, value, ms) => {
		const headers = { 'retry-after': value };
		expect(failure(judged('', { http: 429, headers })).retryAfterMs).toBe(ms);
		expect(failure(judged({ status: 429, error: {} }, { headers })).retryAfterMs).toBe(ms);
	});

	it('a date that is to come', () => {
		const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
		const ms = failure(judged('', { http: 429, headers })).retryAfterMs;
		expect(ms).toBeGreaterThan(17_000);
		expect(ms).toBeLessThanOrEqual(20_000);
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

describe('the key in an answer', () => {
	const secret = `${'abc"'.repeat(8)}0123456789`;
	it.each<[string, number, string]>([
		['at the edge of a quoted body', 500, `${'E'.repeat(60)}${secret}`],
		['escaped in a quoted body', 500, JSON.stringify({ text: secret })],
		[
			'at the edge of a long message',
			200,
			JSON.stringify({ status: 400, error: { message: `${'m'.repeat(290)}${secret}` } }),
		],
		[
			'written with escapes',
			200,
			`{"status":400,"error":{"message":"${'\\u0061bc\\"'.repeat(8)}0123456789"}}`,
		],
	])('is masked before anything is cut: %s', (_sentence, statusCode, body) => {
		const answer = judge({ statusCode, headers: {}, body }, 'success', { ...NO_SECRET, mask: maskOf(secret) });
		expect(JSON.stringify(answer)).not.toMatch(/abc/);
		expect(JSON.stringify(answer)).toContain('***');
	});
});

it.each([0, 100, 199, 302, 408, 500])('body status %d does not prove that nothing was done', (status) => {
	const body = JSON.stringify({ status, error: {}, data: {} });
	expect(judge({ statusCode: 200, headers: {}, body }, 'success', NO_SECRET)).toMatchObject({
		failure: { kind: 'broken' },
	});
});

it.each([4e15, 1.5, -1, 1e300])('a case changed at %d is not one of OneTalk’s', (updatedTime) => {
	const body = JSON.stringify({ status: 200, data: { cases: [{ id: 'A', updatedTime }], hasMore: false } });
	expect(judge({ statusCode: 200, headers: {}, body }, 'cases', NO_SECRET)).toMatchObject({ ok: false });
});
