/** A batch sends nothing twice, whatever OneTalk answers and however often n8n runs it again. */

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { KeyStore } from '../../nodes/OneTalk/batch/keyStore';
import { createOnceKeys } from '../../nodes/OneTalk/batch/onceKeys';
import { ledgerIn, type LedgerStore } from '../../nodes/OneTalk/batch/ledger';
import type { Job, Outcome } from '../../nodes/OneTalk/batch/outcome';
import { runJobs } from '../../nodes/OneTalk/batch/runJobs';
import type { Answer, FailureKind, OneTalkRequest } from '../../nodes/OneTalk/api/types';
import { VirtualClock } from '../support/virtualClock.cts';

const RUNS = 2_000;

/** How the server treats one request: how long it takes, whether it accepts it, what it answers. */
interface Treatment {
	latency: number;
	kind: 'done' | FailureKind;
	/** Whether it was accepted, where the answer does not say so. */
	taken: boolean;
}

const treatment: fc.Arbitrary<Treatment> = fc.record({
	latency: fc.integer({ min: 0, max: 3_000 }),
	kind: fc.constantFrom<Treatment['kind'][]>(
		'done',
		'done',
		'done',
		'busy',
		'unreachable',
		'refused',
		'broken',
	),
	taken: fc.boolean(),
});

const row = fc.record({
	phone: fc.integer({ min: 0, max: 5 }),
	key: fc.option(fc.integer({ min: 0, max: 4 })),
});

/** One run of the node: Retry On Fail and Retry Execution run it again with the same ledger. */
const run = fc.record({
	continueOnFail: fc.boolean(),
	batchSize: fc.integer({ min: 1, max: 6 }),
	batchInterval: fc.constantFrom(0, 100, 5_000),
	cancelAfter: fc.option(fc.integer({ min: 0, max: 6_000 }), { nil: undefined }),
});

/** How often each situation occurred: a property that never meets a situation proves nothing about it. */
const seen: Record<string, number> = {
	sent: 0,
	failed: 0,
	unknown: 0,
	skipped: 0,
	'not tried': 0,
	recalled: 0,
	cancelled: 0,
	'two in flight': 0,
};

const sends = {
	repeatable: false,
	lane: ({ body }: OneTalkRequest) => String(body?.phone),
	rows: ([data]: IDataObject[]) => [data],
};

function kindOf(outcome: Outcome | undefined): string {
	if (outcome === undefined) return 'not tried';
	if (outcome.status === 'done') return 'sent';
	if (outcome.status === 'skipped') return 'skipped';
	return outcome.failure.kind === 'broken' ? 'unknown' : 'failed';
}

/** A server that records what it accepted, and which recipients had two requests in flight. */
class ModelServer {
	taken: number[] = [];

	startedAt: Array<{ row: number; phone: string; time: number }> = [];

	inFlight = new Map<string, number>();

	mostInFlight = 0;

	/** Recipients that had two requests in flight. */
	overlapping: string[] = [];

	constructor(
		private readonly clock: VirtualClock,
		private readonly treatments: Treatment[],
	) {}

	client = async ({ body }: OneTalkRequest): Promise<Answer> => {
		const phone = String(body?.phone);
		const rowIndex = Number(body?.row);
		if (this.inFlight.has(phone)) this.overlapping.push(phone);
		this.inFlight.set(phone, rowIndex);
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight.size);
		this.startedAt.push({ row: rowIndex, phone, time: this.clock.now() });
		const { latency, kind, taken } = this.treatments.shift() ?? { latency: 10, kind: 'done', taken: true };
		if (kind === 'done' || (kind === 'broken' && taken)) this.taken.push(rowIndex);
		await this.clock.sleep(latency);
		this.inFlight.delete(phone);
		if (kind === 'done') return { ok: true, data: { success: true, row: rowIndex } };
		return { ok: false, failure: { kind, message: kind, hint: '', code: 'ECONNREFUSED' } };
	};
}

describe('A batch of rows', () => {
	it('sends nothing twice, keeps the order, and reports every row', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(row, { minLength: 1, maxLength: 25, size: 'max' }),
				fc.array(treatment, { maxLength: 60, size: 'max' }),
				fc.array(run, { minLength: 1, maxLength: 4 }),
				async (rows, treatments, runs) => {
					const clock = new VirtualClock();
					const server = new ModelServer(clock, [...treatments]);
					const jobs: Job[] = rows.map(({ phone, key }, item) => ({
						item,
						request: { method: 'POST', path: '/send', body: { phone, row: item }, expects: 'success' },
						...(key === null ? {} : { onceKey: `key-${key}` }),
					}));
					const stored: LedgerStore = {};
					const keys = new Set<string>();
					const store: KeyStore = {
						record: async (given) => {
							const before = given.filter((key) => keys.has(key));
							given.forEach((key) => keys.add(key));
							return before;
						},
						remove: async (given) => given.forEach((key) => keys.delete(key)),
					};
					const unknown = new Set<number>();

					for (const { continueOnFail, batchSize, batchInterval, cancelAfter } of runs) {
						const cancel = new AbortController();
						const started = clock.now();
						if (cancelAfter !== undefined) void clock.sleep(cancelAfter).then(() => cancel.abort());
						const before = server.startedAt.length;
						server.mostInFlight = 0;
						const { outcomes } = await clock.run(
							runJobs(
								sends,
								jobs,
								{ batching: { batchSize, batchInterval }, continueOnFail },
								{
									client: server.client,
									clock,
									ledger: ledgerIn(stored, '0', 'oneTalkApi'),
									onceKeys: createOnceKeys(
										jobs.map(({ onceKey }) => onceKey),
										store,
									),
									signal: cancel.signal,
								},
							),
						);

						expect(server.overlapping).toEqual([]);
						expect(server.mostInFlight).toBeLessThanOrEqual(batchSize);
						if (server.mostInFlight > 1) seen['two in flight']++;
						if (cancel.signal.aborted) seen.cancelled++;
						const requests = server.startedAt.slice(before);
						if (cancel.signal.aborted) {
							expect(requests.filter(({ time }) => time > started + (cancelAfter ?? 0))).toEqual([]);
						}
						if (batchInterval > 0) {
							const pauses = requests
								.map(({ time }, index) => time - (requests[index - 1]?.time ?? -Infinity))
								.filter((_, index) => index % batchSize === 0);
							expect(Math.min(...pauses, Infinity)).toBeGreaterThanOrEqual(batchInterval);
						}
						const outOfOrder = requests.filter(({ phone, row: rowIndex }, index) =>
							requests.slice(0, index).some((earlier) => earlier.phone === phone && earlier.row > rowIndex),
						);
						expect(outOfOrder).toEqual([]);
						const wrong: Array<[row: number, kind: string]> = [];
						outcomes.forEach((outcome, index) => {
							const kind = kindOf(outcome);
							seen[kind]++;
							if (kind === 'unknown') unknown.add(index);
							if (kind === 'sent' && !requests.some((request) => request.row === index)) seen.recalled++;
							const isTaken = server.taken.includes(index);
							const isNotTaken = kind === 'failed' || kind === 'not tried';
							if (kind === 'sent' ? !isTaken : isNotTaken && isTaken) wrong.push([index, kind]);
						});
						expect(wrong).toEqual([]);
						expect(outcomes).toHaveLength(rows.length);
						if (
							!continueOnFail &&
							!cancel.signal.aborted &&
							outcomes.every((one) => one?.status === 'done')
						) {
							expect(server.taken).toHaveLength(rows.length);
						}
					}
					expect(new Set(server.taken).size).toBe(server.taken.length);
					const asked = new Set(server.startedAt.map((request) => request.row));
					expect([...unknown].filter((index) => !asked.has(index))).toEqual([]);
					const sentKeys = server.taken
						.map((index) => jobs[index].onceKey)
						.filter((key) => key !== undefined);
					expect(new Set(sentKeys).size).toBe(sentKeys.length);
				},
			),
			{ numRuns: RUNS },
		);
		for (const situation of Object.keys(seen)) {
			expect([situation, seen[situation] > 100]).toEqual([situation, true]);
		}
	}, 120_000);
});
