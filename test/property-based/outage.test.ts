/** What would stop every row alike is told for the whole batch, within seconds and not too early. */

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Answer, Failure, OneTalkRequest } from '../../nodes/OneTalk/api/types';
import { runJobs } from '../../nodes/OneTalk/batch/runJobs';
import { VirtualClock } from '../support/virtualClock.cts';

/** A batch that meets an outage is told within this time, in ms. */
const BOUND_MS = 6_000;
/** An outage up to this time costs no row, in ms. */
const SURVIVED_MS = 3_500;

const operation = {
	repeatable: false,
	lane: ({ body }: OneTalkRequest) => String(body?.phone),
	rows: (pages: IDataObject[]) => pages,
};
const refused: Failure = { kind: 'unreachable', message: 'n8n cannot reach OneTalk', hint: 'Check it.' };

/** Sends rows to a server that answers as told; what became of the rows, how many were asked, how long it took in ms. */
async function sendRows(
	rows: number,
	batchSize: number,
	answer: (row: number, time: number) => Failure | undefined,
) {
	const clock = new VirtualClock();
	const asked = new Set<number>();
	const { outcomes } = await clock.run(
		runJobs(
			operation,
			Array.from({ length: rows }, (_, item) => ({
				item,
				request: { method: 'POST' as const, path: '/send', body: { phone: item, row: item } },
			})),
			{ batching: { batchSize, batchInterval: 0 }, continueOnFail: true },
			{
				clock,
				client: async ({ body }): Promise<Answer> => {
					const row = Number(body?.row);
					asked.add(row);
					const failure = answer(row, clock.now());
					await clock.sleep(failure?.kind === 'unreachable' ? 1 : 100);
					return failure === undefined ? { ok: true, data: { row } } : { ok: false, failure };
				},
			},
		),
	);
	const failures = outcomes.map((outcome) => (outcome?.status === 'failed' ? outcome.failure : undefined));
	return {
		outcomes,
		asked: asked.size,
		time: clock.now(),
		sent: outcomes.filter((outcome) => outcome?.status === 'done').length,
		untried: failures.filter((failure) => failure?.kind === 'untried'),
	};
}

const width = fc.integer({ min: 1, max: 50 });

describe('While OneTalk cannot be reached', () => {
	it('a batch is told as a whole within seconds', async () => {
		await fc.assert(
			fc.asyncProperty(width, fc.integer({ min: 100, max: 400 }), async (batchSize, rows) => {
				const { time, asked, untried, outcomes } = await sendRows(rows, batchSize, () => refused);
				expect(time).toBeLessThan(BOUND_MS);
				expect(asked).toBeLessThanOrEqual(batchSize + 2);
				expect(untried).toHaveLength(rows - asked);
				expect(outcomes.every((outcome) => outcome?.status === 'failed')).toBe(true);
				expect(untried[0]).toMatchObject({
					message: 'Not tried: n8n cannot reach OneTalk',
					hint: 'Check it.',
				});
			}),
			{ numRuns: 50 },
		);
	});

	it('a short outage costs no row, whenever it begins', async () => {
		await fc.assert(
			fc.asyncProperty(
				width,
				fc.integer({ min: 0, max: 5_000 }),
				fc.integer({ min: 0, max: SURVIVED_MS }),
				async (batchSize, begin, length) => {
					const { sent } = await sendRows(80, batchSize, (_, time) =>
						time >= begin && time < begin + length ? refused : undefined,
					);
					expect(sent).toBe(80);
				},
			),
			{ numRuns: 40 },
		);
	});

	it('rows that fail with answers between them do not stop the batch', async () => {
		const { sent, untried } = await sendRows(60, 1, (row) => (row % 3 === 2 ? undefined : refused));
		expect(sent).toBe(20);
		expect(untried).toEqual([]);
	});
});

describe('A failure that every row would meet', () => {
	const noKey: Failure = {
		kind: 'refused',
		lasting: true,
		everyRow: true,
		message: 'API key is not found',
		hint: 'Paste it again.',
		code: '49103',
		httpStatus: 200,
	};

	it('is asked for once, and reported for all', async () => {
		await fc.assert(
			fc.asyncProperty(width, async (batchSize) => {
				const { asked, untried } = await sendRows(200, batchSize, () => noKey);
				expect(asked).toBe(batchSize);
				expect(untried).toHaveLength(200 - batchSize);
				expect(untried[0]).toMatchObject({
					message: 'Not tried: API key is not found',
					hint: 'Paste it again.',
					code: '49103',
				});
			}),
			{ numRuns: 20 },
		);
	});

	it('stops none of the rows that were sent before', async () => {
		const { sent, untried, asked } = await sendRows(50, 1, (row) => (row === 30 ? noKey : undefined));
		expect([sent, asked, untried.length]).toEqual([30, 31, 19]);
	});
});
