/** The faults: what each kind responds with, which requests it hits, and which faults are refused. */

import type { Fault } from '../../../../simulator/server.cts';
import { LIST, SEND, TEMPLATE, TEMPLATED, TEXT, UPDATE, invalidInput, useSimulator } from '../../harness.cts';

const api = useSimulator();
const MESSAGE = { ...TEXT, withCase: true };
const SUCCESS = { status: 200, error: { code: '', message: '', field: '' } };

/** Returns the error code of a request that gets no response. */
async function errorCodeOf(request: Promise<Response>): Promise<string> {
	return await request.then(
		() => 'none',
		(error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.name,
	);
}

test.each([
	[400, '40002'],
	[403, '40301'],
	[404, '40401'],
	[429, '42900'],
	[491, '49103'],
	[499, '49901'],
	[500, '50001'],
])('body status %i is sent with HTTP 200, and the request is not carried out', async (status, code) => {
	api.sim.fault({ kind: 'status', status });
	const response = await api.post(SEND, MESSAGE);
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({
		status,
		error: { code, message: expect.stringMatching(/./), field: '' },
		data: {},
	});
	expect(api.sim.messages).toHaveLength(0);
});

test('body status with a given code, message and field', async () => {
	const error = { code: '49903', message: 'Monthly limit reached', field: 'phone' };
	api.sim.fault({ kind: 'status', status: 499, ...error });
	expect(await api.postJson(SEND, MESSAGE)).toEqual({ status: 499, error, data: {} });
});

test('body status 204 is a success with empty data', async () => {
	api.sim.fault({ kind: 'status', status: 204 });
	expect(await api.postJson(SEND, MESSAGE)).toEqual({ ...SUCCESS, status: 204, data: {} });
	expect(api.sim.messages).toHaveLength(1);
});

test('success false, with and without a reason', async () => {
	api.sim.fault({ kind: 'successFalse' });
	expect(await api.postJson(SEND, MESSAGE)).toEqual({
		...SUCCESS,
		data: { success: false, message: 'The message could not be sent' },
	});
	api.sim.fault({ kind: 'successFalse', reason: 'insufficient_balance', message: 'Top up first' });
	expect(await api.postJson(SEND, MESSAGE)).toEqual({
		...SUCCESS,
		data: { success: false, message: 'Top up first', reason: 'insufficient_balance' },
	});
	expect(api.sim.messages).toHaveLength(0);
});

test('an empty error object in a real success', async () => {
	api.sim.fault({ kind: 'errorObjectEmpty' });
	expect(await api.postJson(SEND, MESSAGE)).toMatchObject({
		status: 200,
		error: {},
		data: { success: true },
	});
	expect(api.sim.messages).toHaveLength(1);
	api.sim.fault({ kind: 'errorObjectEmpty' });
	expect(await api.postJson(SEND, {})).toMatchObject({ status: 400, error: { code: '40002' } });
});

test('unknown keys, one of them named error in the data', async () => {
	api.sim.fault({ kind: 'extraKeys' });
	expect(await api.postJson(SEND, MESSAGE)).toMatchObject({
		status: 200,
		requestID: 'extra',
		data: { success: true, error: 'extra', extra: { known: false } },
	});
	expect(api.sim.messages).toHaveLength(1);
});

describe.each([
	[false, 0],
	[true, 1],
])('malformed bodies, taken %p', (taken, messages) => {
	const bodies: Array<[kind: Fault['kind'], body: RegExp]> = [
		['html', /^<!DOCTYPE html>/],
		['empty', /^$/],
		['truncated', /^\{"status":200,[^}]*[^]*[^}]$/],
		['array', /^\[\{"status":200,.*\}\]$/],
		['string', /^"ok"$/],
		['null', /^null$/],
		['dataMissing', /^\{"status":200,"error":\{[^}]*\}\}$/],
		['dataEmpty', /^\{"status":200,"error":\{[^}]*\},"data":\{\}\}$/],
		['casesNotList', /"cases":\{\}/],
		['statusString', /^\{"status":"200"/],
		['statusMissing', /^\{"error":/],
	];
	test.each(bodies)('%s', async (kind, body) => {
		api.sim.fault({ kind, taken });
		const response = await api.post(SEND, MESSAGE);
		expect(response.status).toBe(200);
		expect(await response.text()).toMatch(body);
		expect(api.sim.messages).toHaveLength(messages);
	});

	test('a truncated body is not JSON', async () => {
		api.sim.fault({ kind: 'truncated', taken });
		await expect(api.postJson(SEND, MESSAGE)).rejects.toMatchObject({ name: 'SyntaxError' });
	});
});

test.each([[401], [429], [500], [503]])('HTTP %i', async (httpStatus) => {
	api.sim.fault({ kind: 'http', httpStatus });
	const response = await api.post(SEND, MESSAGE);
	expect(response.status).toBe(httpStatus);
	expect(response.headers.get('retry-after')).toBeNull();
	expect(await response.text()).toBe(`HTTP ${httpStatus}\n`);
	expect(api.sim.messages).toHaveLength(0);
});

test('HTTP 429 with Retry-After', async () => {
	api.sim.fault({ kind: 'http', httpStatus: 429, retryAfter: 2 });
	expect((await api.post(SEND, MESSAGE)).headers.get('retry-after')).toBe('2');
});

test('HTTP 500 with the body of a success', async () => {
	api.sim.fault({ kind: 'http', httpStatus: 500, withAnswer: true, taken: true });
	const response = await api.post(SEND, MESSAGE);
	expect(response.status).toBe(500);
	expect(await response.json()).toMatchObject({
		status: 200,
		data: { success: true, trxID: api.sim.messages[0].trxID },
	});
});

test('connection reset, before and after the message was accepted', async () => {
	api.sim.fault({ kind: 'reset' });
	expect(await errorCodeOf(api.post(SEND, MESSAGE))).toBe('ECONNRESET');
	expect(api.sim.messages).toHaveLength(0);
	api.sim.fault({ kind: 'resetAfterTaken' });
	expect(await errorCodeOf(api.post(SEND, MESSAGE))).toBe('ECONNRESET');
	expect(api.sim.messages).toHaveLength(1);
	expect(api.sim.requests).toMatchObject([
		{ fault: 'reset', httpStatus: null, bodyStatus: null },
		{ fault: 'resetAfterTaken', httpStatus: null, bodyStatus: null },
	]);
});

test.each([
	[false, 0],
	[true, 1],
])('timeout, taken %p', async (taken, messages) => {
	api.sim.fault({ kind: 'timeout', taken });
	const request = fetch(api.sim.baseUrl + SEND, {
		method: 'POST',
		headers: { 'API-Key': api.sim.apiKey },
		body: JSON.stringify(MESSAGE),
		signal: AbortSignal.timeout(200),
	});
	await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
	expect(api.sim.messages).toHaveLength(messages);
});

test('echoKey returns the key to its sender, but the log does not contain it', async () => {
	api.sim.fault({ kind: 'echoKey' });
	const response = await api.post(SEND, MESSAGE, { 'API-Key': 'secret-of-the-caller' });
	expect(await response.json()).toMatchObject({
		error: { message: expect.stringContaining('secret-of-the-caller') },
	});
	expect(JSON.stringify(api.sim.requests)).not.toContain('secret-of-the-caller');
});

describe('which requests a fault hits', () => {
	const statusOf = async (request: Promise<Response>) => (await request).status;

	test('one request by default', async () => {
		api.sim.fault({ kind: 'http', httpStatus: 503 });
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(503);
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(200);
	});

	test('the next three requests, to one endpoint only', async () => {
		api.sim.fault({ kind: 'http', httpStatus: 503, times: 3, endpoint: 'get_updated_list' });
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(200);
		expect(await statusOf(api.post(TEMPLATE, TEMPLATED))).toBe(200);
		expect(await statusOf(api.post(UPDATE, {}))).toBe(200);
		for (const expected of [503, 503, 503, 200]) {
			expect(await statusOf(api.get('?since_timestamp=0'))).toBe(expected);
		}
	});

	test('the fault that was added first hits first', async () => {
		api.sim.fault({ kind: 'http', httpStatus: 500 });
		api.sim.fault({ kind: 'http', httpStatus: 503 });
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(500);
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(503);
	});

	test('a share of the requests, the same ones with the same seed', async () => {
		const run = async () => {
			api.sim.reset();
			api.sim.fault({ kind: 'http', httpStatus: 503, rate: 0.5 });
			const statuses = [];
			for (let i = 0; i < 40; i += 1) statuses.push(await statusOf(api.get('?since_timestamp=0')));
			return statuses;
		};
		const first = await run();
		expect(first.filter((status) => status === 503).length).toBeGreaterThan(8);
		expect(first.filter((status) => status === 200).length).toBeGreaterThan(8);
		expect(await run()).toEqual(first);
	});

	test('no request after clearFaults', async () => {
		api.sim.fault({ kind: 'http', rate: 1 });
		api.sim.clearFaults();
		expect(await statusOf(api.post(SEND, MESSAGE))).toBe(200);
	});
});

const refused: Array<[fault: unknown, message: string]> = [
	[{}, 'A fault needs a kind'],
	[{ kind: 'toString' }, 'A fault needs a kind'],
	[{ kind: 'html', status: 400 }, 'A fault "html" has no "status"'],
	[{ kind: 'reset', taken: true }, 'A fault "reset" has no "taken"'],
	[{ kind: 'status', status: 418 }, '"status" of a fault must be one of'],
	[{ kind: 'http', httpStatus: 200 }, '"httpStatus" of a fault must be'],
	[{ kind: 'html', times: 0 }, '"times" of a fault must be'],
	[{ kind: 'html', rate: 2 }, '"rate" of a fault must be'],
	[{ kind: 'html', endpoint: 'close' }, '"endpoint" of a fault must be one of send_message_whatsapp'],
];
test.each(refused)('refuses the fault %p', (fault, message) => {
	expect(() => api.sim.fault(invalidInput(fault))).toThrow(message);
});

test('every endpoint can fail', async () => {
	for (const path of [SEND, TEMPLATE, UPDATE]) {
		api.sim.fault({ kind: 'dataMissing' });
		expect(await api.postJson(path, {})).toEqual(SUCCESS);
	}
	api.sim.fault({ kind: 'casesNotList', endpoint: LIST.split('/').at(-1) });
	expect((await api.list(0)).cases).toEqual({});
});
