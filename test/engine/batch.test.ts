/** Many rows on n8n’s engine: order, pace, Dry Run, Failures as Rows, Send Only Once per Key. */

import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	FIRST_WAIT_MS: 1,
}));

const phoneOf = (index: number) => `62812${String(index).padStart(7, '0')}`;
const rowsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ phone: phoneOf(index), n: index }));

function send(options: IDataObject = {}): INodeParameters {
	return {
		resource: 'message',
		operation: 'send',
		channelId: '2101081881',
		phone: '={{ $json.phone }}',
		messageType: 'text',
		text: '=Number {{ $json.n }}',
		options: options as INodeParameters,
	};
}

/** n8n's store of processed keys as an execution sees it. The real one is in n8n's database. */
const keys = new Set<string>();
beforeAll(async () => {
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items) => {
			const processed = items.filter((item) => keys.has(String(item)));
			items.forEach((item) => keys.add(String(item)));
			return { new: items.filter((item) => !processed.includes(item)), processed };
		},
		removeProcessed: async (items) => items.forEach((item) => keys.delete(String(item))),
		clearAllProcessedItems: async () => keys.clear(),
		getProcessedDataCount: async () => keys.size,
	});
});

describe('Many rows on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));
	beforeEach(() => {
		keys.clear();
	});

	const texts = (phone?: string) =>
		onetalk.requests
			.map(({ body }) => body as IDataObject)
			.filter((body) => phone === undefined || body.phone === phone)
			.map(({ body }) => body);
	const sentTo = () => onetalk.messages.map(({ phone }) => phone);

	it('finds the speed by itself by default: more than five requests in flight, at most 50', async () => {
		onetalk.configure({ latencyMs: 50 });
		await runNode(onetalk, { parameters: send(), rows: rowsOf(60) });
		expect(onetalk.messages).toHaveLength(60);
		expect(onetalk.maxInFlight).toBeGreaterThan(5);
		expect(onetalk.maxInFlight).toBeLessThanOrEqual(50);
	});

	it.each([
		['five requests at a time', { batching: { batch: { batchSize: 5 } } }, 5],
		['one request at a time', { batching: { batch: { batchSize: 1 } } }, 1],
		['twelve requests at a time', { batching: { batch: { batchSize: 12 } } }, 12],
	])('sends %s, and outputs the answers in the order of the rows', async (_what, options, width) => {
		onetalk.configure({ latencyMs: 150 });
		const rows = rowsOf(24);
		const { outputs } = await runNode(onetalk, { parameters: send(options), rows });
		expect(outputs[0].map(({ json }) => json.phone)).toEqual(rows.map(({ phone }) => phone));
		expect(onetalk.maxInFlight).toBe(width);
	});

	it('never has two requests to one recipient in flight, and keeps their order', async () => {
		onetalk.configure({ latencyMs: 10 });
		const rows = Array.from({ length: 20 }, (_, n) => ({ phone: phoneOf(n % 2), n }));
		await runNode(onetalk, { parameters: send(), rows });
		expect(onetalk.maxInFlight).toBe(2);
		for (const phone of [phoneOf(0), phoneOf(1)]) {
			expect(texts(phone)).toEqual(rows.filter((row) => row.phone === phone).map(({ n }) => `Number ${n}`));
		}
	});

	it('slows down the whole batch if OneTalk asks for it, and reports no failure for rows that then succeed', async () => {
		onetalk.fault({ kind: 'http', httpStatus: 429, retryAfter: 1 });
		const started = Date.now();
		const { error } = await runNode(onetalk, { parameters: send(), rows: rowsOf(8) });
		expect(error).toBeUndefined();
		expect(sentTo().sort()).toEqual(rowsOf(8).map(({ phone }) => phone));
		expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
	});

	it('stops at a failure, lets requests in flight finish, and reports the outcome of each row', async () => {
		onetalk.configure({ latencyMs: 30 });
		onetalk.fault({ kind: 'extraKeys', times: 7 });
		onetalk.fault({ kind: 'status', status: 403 });
		const { error } = await runNode(onetalk, { parameters: send(), rows: rowsOf(40) });
		const [, sent, untried] =
			/(\d+) sent, 1 failed \(row \d+\), (\d+) not tried/.exec(error?.description ?? '') ?? [];
		expect(Number(sent)).toBe(onetalk.messages.length);
		expect(Number(sent) + 1 + Number(untried)).toBe(40);
		expect(Number(untried)).toBeGreaterThan(20);
	});

	it('starts no request once the execution is canceled', async () => {
		onetalk.configure({ latencyMs: 50 });
		await runNode(onetalk, {
			parameters: send(),
			rows: rowsOf(200),
			onStart: (execution) => void delay(150).then(() => execution.cancel()),
		}).catch(() => undefined);
		const asked = onetalk.requests.length;
		expect(asked).toBeLessThan(60);
		await delay(200);
		expect(onetalk.requests).toHaveLength(asked);
	});

	it('leaves nothing in the execution after a successful run', async () => {
		const { executionData } = await runNode(onetalk, { parameters: send(), rows: rowsOf(10) });
		expect(JSON.stringify(executionData.executionData?.contextData)).not.toContain('caseID');
	});

	it('sends a row with unresolvable options to the error output, even the first row', async () => {
		const { outputs } = await runNode(onetalk, {
			parameters: send({ sendOnceKey: '={{ $json.more.key }}' }),
			rows: [
				{ phone: phoneOf(0), n: 0 },
				{ phone: phoneOf(1), n: 1, more: { key: 'one' } },
			],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(outputs[0].map(({ json }) => json.phone)).toEqual([phoneOf(1)]);
		expect(outputs[1].map(({ json }) => json.phone)).toEqual([phoneOf(0)]);
	});

	describe('Dry Run', () => {
		it('shows the exact request and sends nothing', async () => {
			const { outputs } = await runNode(onetalk, {
				parameters: send({ dryRun: true }),
				rows: [{ phone: '0812-1111-1111', n: 1 }],
			});
			expect(outputs[0][0].json).toEqual({
				preview: 'Number 1',
				dryRun: true,
				requestText:
					'POST /inbox/send_message_whatsapp\nchannelID: 2101081881\nphone: 6281211111111\nmessageType: text\nbody: Number 1\nwithCase: true',
				phone: '6281211111111',
				request: {
					method: 'POST',
					path: '/inbox/send_message_whatsapp',
					body: {
						channelID: '2101081881',
						phone: '6281211111111',
						messageType: 'text',
						body: 'Number 1',
						withCase: true,
					},
				},
			});
			expect(onetalk.requests).toEqual([]);
		});

		it('can be set for each row', async () => {
			const { outputs } = await runNode(onetalk, {
				parameters: send({ dryRun: '={{ $json.n === 1 }}' }),
				rows: rowsOf(3),
			});
			expect(outputs[0].map(({ json }) => json.dryRun === true)).toEqual([false, true, false]);
			expect(sentTo()).toEqual([phoneOf(0), phoneOf(2)]);
		});

		it('finds the same errors as a real run', async () => {
			const { error } = await runNode(onetalk, {
				parameters: send({ dryRun: true }),
				rows: [{ phone: '8.12E+11', n: 1 }],
			});
			expect(error?.message).toContain('has lost digits in a spreadsheet');
		});

		it('works for Update too', async () => {
			const { outputs } = await runNode(onetalk, {
				parameters: {
					resource: 'case',
					operation: 'update',
					caseId: 'A1',
					updateFields: { isJunk: true },
					options: { dryRun: true },
				},
			});
			expect(outputs[0][0].json).toMatchObject({
				dryRun: true,
				request: { method: 'POST', body: { caseID: 'A1', isJunk: true } },
			});
			expect(onetalk.requests).toEqual([]);
		});
	});

	describe('Failures as Rows', () => {
		const columns = ['sent', 'phone', 'caseID', 'trxID', 'errorCode', 'errorMessage', 'errorField', 'hint'];

		it('outputs one row per input row, with the same columns and without a key that n8n takes for a failure', async () => {
			onetalk.fault({ kind: 'extraKeys' });
			onetalk.fault({ kind: 'status', status: 400, field: 'channelID', message: 'Channel ID is invalid' });
			onetalk.fault({ kind: 'reset' });
			const rows = [...rowsOf(3), { phone: 'nobody', n: 9 }];
			const { outputs, error } = await runNode(onetalk, {
				parameters: send({ failureRows: true, batching: { batch: { batchSize: 1 } } }),
				rows,
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect(error).toBeUndefined();
			expect(outputs[0].map(({ json }) => Object.keys(json))).toEqual(Array(4).fill(columns));
			expect(outputs[0].map(({ json }) => [json.sent, json.phone, json.errorCode, json.errorField])).toEqual([
				[true, phoneOf(0), '', ''],
				[false, phoneOf(1), '40002', 'channelID'],
				['unknown', phoneOf(2), 'ECONNRESET', ''],
				[false, 'nobody', '', 'phone'],
			]);
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
			expect(onetalk.requests).toHaveLength(3);
		});
	});

	describe('Send Only Once per Key', () => {
		const once = send({ sendOnceKey: '=reminder-{{ $json.n }}', batching: { batch: { batchSize: 1 } } });

		it('skips a row in a later execution if a message was sent for its key, and says so', async () => {
			await runNode(onetalk, { parameters: once, rows: rowsOf(2) });
			const { outputs } = await runNode(onetalk, { parameters: once, rows: rowsOf(3) });
			expect(outputs[0].map(({ json }) => json.skipped === true)).toEqual([true, true, false]);
			expect(sentTo()).toEqual([phoneOf(0), phoneOf(1), phoneOf(2)]);
		});

		it('releases the key of a refused message, and keeps the key of a message that may have been sent', async () => {
			onetalk.fault({ kind: 'status', status: 403 });
			onetalk.fault({ kind: 'resetAfterTaken' });
			const settings = { onError: 'continueErrorOutput' as const };
			await runNode(onetalk, { parameters: once, rows: rowsOf(2), settings });
			expect([...keys]).toEqual(['reminder-1']);
			await runNode(onetalk, { parameters: once, rows: rowsOf(2), settings });
			expect(sentTo()).toEqual([phoneOf(1), phoneOf(0)]);
		});

		it('releases the keys of rows that were not tried', async () => {
			onetalk.fault({ kind: 'status', status: 403 });
			await runNode(onetalk, { parameters: once, rows: rowsOf(5) });
			expect([...keys]).toEqual([]);
		});

		it('sends one of two rows with the same key', async () => {
			const parameters = send({ sendOnceKey: 'the same' });
			const { outputs } = await runNode(onetalk, { parameters, rows: rowsOf(2) });
			expect(outputs[0].map(({ json }) => json.skipped === true)).toEqual([false, true]);
			expect(onetalk.messages).toHaveLength(1);
		});

		it('refuses a row without a key', async () => {
			const { error } = await runNode(onetalk, {
				parameters: send({ sendOnceKey: '={{ $json.none }}' }),
				rows: rowsOf(1),
			});
			expect(error?.message).toContain('"Send Only Once per Key" is empty');
		});
	});
});

/** Real time, in ms: the simulator runs on it. */
async function delay(ms: number): Promise<void> {
	const { sleep } = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	await sleep(ms);
}
