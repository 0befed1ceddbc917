/** Failures on n8n’s engine: what the node reports, what it repeats, and what it never repeats. */

import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Fault, type Simulator } from '../support/useSimulator';

/** How long the node waits for an answer, in ms. Short only where none comes, since a cold first request takes its time. */
const mockTimeout = { usual: 10_000, inSilence: 400, current: 10_000 };
jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	get REQUEST_TIMEOUT_MS() {
		return mockTimeout.current;
	},
	FIRST_WAIT_MS: 1,
}));
beforeEach(() => (mockTimeout.current = mockTimeout.usual));

const ALL_TRIES = 4;

const send = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	messageType: 'text',
	text: 'Hello',
	options: { batching: { batch: { batchSize: 1 } } },
};
const update = {
	resource: 'case',
	operation: 'update',
	caseId: '={{ $json.caseId }}',
	updateFields: { agentRemark: 'Paid' },
};
const rows = [{ phone: '6281211111111' }, { phone: '6281222222222' }, { phone: '6281233333333' }];
const phones = rows.map(({ phone }) => phone);

/** The fault at the first row, what the error says, and whether the message may have been sent. */
const faults: Array<[what: string, fault: Fault, says: RegExp, unknown: boolean]> = [
	['body status 400', { kind: 'status', status: 400, field: 'channelID' }, /40002.*"Channel ID"/, false],
	['body status 403', { kind: 'status', status: 403 }, /40301/, false],
	['body status 404', { kind: 'status', status: 404 }, /40401/, false],
	['body status 429', { kind: 'status', status: 429, times: ALL_TRIES }, /Too many requests/, false],
	['body status 491', { kind: 'status', status: 491 }, /49103/, false],
	['body status 499', { kind: 'status', status: 499, code: '49900' }, /49900/, false],
	['body status 500', { kind: 'status', status: 500 }, /May have been sent.*50001/, true],
	['success: false', { kind: 'successFalse', message: 'Could not be queued' }, /Could not be queued/, false],
	[
		'success: false with a reason',
		{ kind: 'successFalse', reason: 'invalid_recipient' },
		/code invalid_recipient/,
		false,
	],
	['a web page', { kind: 'html' }, /May have been sent.*a web page/, true],
	['an empty body', { kind: 'empty' }, /May have been sent.*an empty body/, true],
	['a truncated body', { kind: 'truncated' }, /May have been sent/, true],
	['a list as body', { kind: 'array' }, /May have been sent/, true],
	['no data', { kind: 'dataMissing' }, /May have been sent.*no "data"/, true],
	['empty data', { kind: 'dataEmpty' }, /May have been sent.*"success"/, true],
	['a status that is text', { kind: 'statusString' }, /May have been sent/, true],
	['HTTP 401', { kind: 'http', httpStatus: 401 }, /HTTP 401/, false],
	['HTTP 429', { kind: 'http', httpStatus: 429, times: ALL_TRIES }, /HTTP 429/, false],
	['HTTP 500', { kind: 'http', httpStatus: 500 }, /May have been sent.*HTTP 500/, true],
	['HTTP 503', { kind: 'http', httpStatus: 503 }, /May have been sent.*HTTP 503/, true],
	['a reset', { kind: 'reset' }, /May have been sent.*closed from the other side/, true],
	['a time-out', { kind: 'timeout' }, /May have been sent.*did not answer in time/, true],
];

/** What concerns the account: the rows after it are not asked, and say so. */
const concernsEveryRow = ['body status 491', 'body status 499', 'HTTP 401'];

const THE_NEXT_STEP = /^[A-Z].+\.$/s;

describe('Failures on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	const requestsTo = (phone: string) =>
		onetalk.requests.filter(({ body }) => (body as IDataObject | null)?.phone === phone).length;

	describe.each(faults)('%s', (what, fault, says, unknown) => {
		const untried = concernsEveryRow.includes(what);
		const notTried = new RegExp(`^Not tried: .*${says.source}`);
		const asked = fault.times ?? 1;
		beforeEach(() => {
			onetalk.fault(fault);
			if (fault.kind === 'timeout') mockTimeout.current = mockTimeout.inSilence;
		});

		it('stops the node with the row, the cause, the fix, and the rows that were not tried', async () => {
			const { error, outputs } = await runNode(onetalk, { parameters: send, rows });
			expect(outputs).toEqual([]);
			expect(error?.message).toMatch(/^Row 1: /);
			expect(error?.message).toMatch(says);
			expect(error?.description).toMatch(THE_NEXT_STEP);
			expect(error?.description).toContain(
				`0 sent, 1 ${unknown ? 'may have been sent' : 'failed'} (row 1), 2 not tried.`,
			);
			// n8n's editor would put this index, which begins with 0, behind the message.
			expect(error?.context?.itemIndex).toBeUndefined();
			expect(onetalk.requests).toHaveLength(asked);
		});

		it('with Continue, outputs the same keys in place of the row', async () => {
			const { error, outputs } = await runNode(onetalk, {
				parameters: send,
				rows,
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			const [first, ...others] = outputs[0];
			expect(first.pairedItem).toEqual({ item: 0 });
			expect(first.json).toMatchObject({ phone: phones[0], error: expect.stringMatching(says) as string });
			expect(first.json.message).toMatch(THE_NEXT_STEP);
			expect(first.json.details).toMatchObject(
				unknown ? { outcome: 'unknown' } : { hint: first.json.message },
			);
			expect(others.map(({ json }) => json.phone)).toEqual(phones.slice(1));
			for (const { json } of others) {
				expect(json).toMatchObject(
					untried
						? { error: expect.stringMatching(notTried) as string, message: first.json.message }
						: { success: true },
				);
			}
			expect(phones.slice(1).map(requestsTo)).toEqual(untried ? [0, 0] : [1, 1]);
		});

		it('goes to the error output with the fields of its row', async () => {
			const { outputs } = await runNode(onetalk, {
				parameters: send,
				rows,
				settings: { onError: 'continueErrorOutput' },
			});
			expect(outputs[0].map(({ json }) => json.phone)).toEqual(untried ? [] : phones.slice(1));
			expect(outputs[1].map((one) => one.json.phone)).toEqual(untried ? phones : [phones[0]]);
			const { json, pairedItem } = outputs[1][0];
			expect(pairedItem).toEqual({ item: 0 });
			expect(json).toMatchObject({ phone: phones[0], error: expect.stringMatching(says) as string });
			expect(json.message).toMatch(THE_NEXT_STEP);
			expect(json).not.toHaveProperty('details');
		});

		it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'with Retry On Fail and %s asks again only for what was provably not taken',
			async (onError) => {
				await runNode(onetalk, {
					parameters: send,
					rows,
					settings: { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				});
				expect(requestsTo(phones[0])).toBe(unknown ? 1 : asked + 1);
				expect(phones.slice(1).map(requestsTo)).toEqual([1, 1]);
				expect(onetalk.messages.filter(({ phone }) => phone === phones[0])).toHaveLength(unknown ? 0 : 1);
			},
		);

		it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
			'with Retry On Fail and %s asks in each of three tries while it lasts, but once where it may have been sent',
			async (onError) => {
				onetalk.clearFaults();
				onetalk.fault({ ...fault, times: 1_000 });
				await runNode(onetalk, {
					parameters: send,
					rows,
					settings: { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				});
				const expected = unknown ? 1 : 3 * asked;
				expect(requestsTo(phones[0])).toBe(expected);
				// With Stop, each try ends at the first new failure: the next row, where the one before may have been sent.
				const others = untried || (onError === 'stopWorkflow' && !unknown) ? 0 : expected;
				expect(phones.slice(1).map(requestsTo)).toEqual([others, others]);
			},
		);
	});

	it('does not repeat a message that was accepted before the connection broke', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		await runNode(onetalk, {
			parameters: send,
			rows,
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 },
		});
		expect(onetalk.messages.map(({ phone }) => phone)).toEqual(phones);
	});

	it('an answer with an empty error object is a success, and the node runs once with Retry On Fail', async () => {
		onetalk.fault({ kind: 'errorObjectEmpty', times: 3 });
		const { outputs } = await runNode(onetalk, { parameters: send, rows, settings: { retryOnFail: true } });
		expect(outputs[0].map(({ json }) => json.success)).toEqual([true, true, true]);
		expect(onetalk.requests).toHaveLength(3);
	});

	it('outputs the key "error" of a success as apiError, which n8n does not take for a failure', async () => {
		onetalk.fault({ kind: 'extraKeys', times: 3 });
		const { outputs } = await runNode(onetalk, { parameters: send, rows, settings: { retryOnFail: true } });
		expect(outputs[0][0].json).toMatchObject({ apiError: 'extra', extra: { known: false } });
		expect(outputs[0][0].json).not.toHaveProperty('error');
		expect(onetalk.requests).toHaveLength(3);
	});

	it('repeats a refused connection a few times, then says what to do', async () => {
		const { error } = await runNode(
			{ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'any' },
			{ parameters: send, rows: [rows[0]] },
		);
		expect(error?.message).toBe('n8n cannot reach OneTalk (connection refused)');
		expect(error?.description).toMatch(/Check the base URL/);
	});

	it('asks for a few rows only while OneTalk cannot be reached, and tells all of them', async () => {
		const { outputs } = await runNode(
			{ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'any' },
			{
				parameters: send,
				rows: Array.from({ length: 40 }, (_, n) => ({ phone: `62812000000${10 + n}` })),
				settings: { onError: 'continueErrorOutput' },
			},
		);
		expect(outputs[0]).toEqual([]);
		expect(outputs[1].map(({ json }) => json.error)).toEqual([
			...Array<string>(3).fill('n8n cannot reach OneTalk (connection refused)'),
			...Array<string>(37).fill('Not tried: n8n cannot reach OneTalk (connection refused)'),
		]);
		expect(outputs[1][39].json.message).toMatch(/Check the base URL/);
	});

	it('never shows the key, even if the server echoes it', async () => {
		onetalk.fault({ kind: 'echoKey' });
		const { error, run } = await runNode(onetalk, { parameters: send, rows });
		expect(error?.message).toContain('API key *** is not found');
		expect(JSON.stringify(run)).not.toContain(onetalk.apiKey);
	});

	it('repeats requests that have the same effect when repeated', async () => {
		const { id } = onetalk.createCase({});
		onetalk.fault({ kind: 'http', httpStatus: 503 });
		onetalk.fault({ kind: 'reset' });
		const { outputs } = await runNode(onetalk, { parameters: update, rows: [{ caseId: id }] });
		expect(outputs[0][0].json).toMatchObject({ success: true, caseID: id });
		expect(onetalk.requests).toHaveLength(3);
	});

	describe('all rows are checked before the first is sent', () => {
		const spoiled = [rows[0], { phone: '8.12E+11' }, rows[2], { phone: 'no number' }];

		it('stops before anything is sent, and names the row, the label and the fix', async () => {
			const { error } = await runNode(onetalk, { parameters: send, rows: spoiled });
			expect(error?.message).toMatch(
				/^Row 2: "Recipient's Phone Number" \(8.12E\+11\) has lost digits in a spreadsheet/,
			);
			expect(error?.description).toContain('Nothing was sent. Rows to correct: 2, 4.');
			expect(onetalk.requests).toHaveLength(0);
		});

		it('sends the valid rows, and the invalid ones go to the error output', async () => {
			const { outputs } = await runNode(onetalk, {
				parameters: send,
				rows: spoiled,
				settings: { onError: 'continueErrorOutput' },
			});
			expect(outputs[0].map(({ json }) => json.phone)).toEqual([phones[0], phones[2]]);
			expect(outputs[1].map(({ json, pairedItem }) => [json.phone, pairedItem])).toEqual([
				['8.12E+11', { item: 1 }],
				['no number', { item: 3 }],
			]);
			expect(outputs[1][0].json).not.toHaveProperty('details');
		});

		it('treats a failing expression like an invalid value', async () => {
			const { error } = await runNode(onetalk, {
				parameters: { ...send, text: '={{ $json.missing.deeper }}' },
				rows: [{ ...rows[0], missing: { deeper: 'Hi' } }, rows[1]],
			});
			expect(error?.message).toMatch(/^Row 2: "Text"/);
			expect(onetalk.requests).toHaveLength(0);
		});
	});

	describe('Retry of a failed execution', () => {
		it('sends only what was provably not accepted', async () => {
			onetalk.fault({ kind: 'status', status: 400 });
			const first = await runNode(onetalk, { parameters: send, rows });
			expect(first.error).toBeDefined();
			const second = await runNode(onetalk, { parameters: send, rows, retryOf: first.run });
			expect(second.error).toBeUndefined();
			expect(onetalk.messages.map(({ phone }) => phone)).toEqual(phones);
		});

		it('does not repeat rows that were sent before the failed one', async () => {
			const failing = [rows[0], rows[1], { phone: '6281299999999' }];
			onetalk.fault({ kind: 'extraKeys', times: 2 });
			onetalk.fault({ kind: 'status', status: 403 });
			const first = await runNode(onetalk, { parameters: send, rows: failing });
			expect(first.error?.message).toMatch(/^Row 3/);
			const second = await runNode(onetalk, { parameters: send, rows: failing, retryOf: first.run });
			expect(second.outputs[0].map(({ json }) => json.phone)).toEqual(failing.map(({ phone }) => phone));
			expect(failing.map(({ phone }) => requestsTo(phone))).toEqual([1, 1, 2]);
		});
	});
});
