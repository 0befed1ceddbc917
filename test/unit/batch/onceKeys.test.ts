/** How many keys are taken ahead. */

import type { IDataObject } from 'n8n-workflow';

import type { Answer, OneTalkRequest } from '../../../nodes/OneTalk/api/types';
import { MAX_KEYS_AHEAD } from '../../../nodes/OneTalk/batch/heldKeys';
import { createOnceKeys } from '../../../nodes/OneTalk/batch/onceKeys';
import { runJobs } from '../../../nodes/OneTalk/batch/runJobs';
import { VirtualClock } from '../../support/virtualClock.cts';

const operation = {
	repeatable: false,
	lane: ({ body }: OneTalkRequest) => String(body?.phone),
	rows: (pages: IDataObject[]) => pages,
};

/** Sends rows with a key each, and notes how many keys were in the store for rows that had not begun, at every moment. */
async function keysAhead(phones: string[], batchSize: number, answerTo: (row: number) => Answer['ok']) {
	const clock = new VirtualClock();
	const inStore = new Set<string>();
	const begun = new Set<string>();
	const counts: number[] = [];
	let calls = 0;
	const count = () => counts.push([...inStore].filter((key) => !begun.has(key)).length);
	const jobs = phones.map((phone, item) => ({
		item,
		request: { method: 'POST' as const, path: '/send', body: { phone, row: item } },
		onceKey: `key-${item}`,
	}));
	const { outcomes } = await clock.run(
		runJobs(
			operation,
			jobs,
			{ batching: { batchSize, batchInterval: 0 }, continueOnFail: true },
			{
				clock,
				client: async ({ body }) => {
					const row = Number(body?.row);
					begun.add(`key-${row}`);
					count();
					await clock.sleep(100 + ((row * 37) % 150));
					return answerTo(row)
						? { ok: true, data: { row } }
						: { ok: false, failure: { kind: 'refused', message: 'm', hint: 'h' } };
				},
				onceKeys: createOnceKeys(
					jobs.map(({ onceKey }) => onceKey),
					{
						record: async (keys) => {
							calls++;
							keys.forEach((key) => inStore.add(key));
							count();
							await clock.sleep(5);
							return [];
						},
						remove: async (keys) => {
							await clock.sleep(5);
							keys.forEach((key) => inStore.delete(key));
						},
					},
				),
			},
		),
	);
	return { most: Math.max(...counts), calls, outcomes, inStore };
}

describe('Keys are taken ahead', () => {
	const phones = Array.from({ length: 300 }, (_, row) => String(row));

	it.each([1, 5, 20, 50])('at most 50 of them, with %i requests in flight', async (batchSize) => {
		const { most, calls } = await keysAhead(phones, batchSize, () => true);
		expect(most).toBeLessThanOrEqual(MAX_KEYS_AHEAD);
		expect(most).toBeGreaterThan(MAX_KEYS_AHEAD - 3);
		// Many in one call of n8n's store, which reads and writes all of it each time.
		expect(calls).toBeLessThan(60);
	});

	it('also where many rows wait for one recipient', async () => {
		const crowded = phones.map((phone, row) => (row % 3 === 0 || row < 80 ? 'one' : phone));
		const { most, outcomes } = await keysAhead(crowded, 5, () => true);
		expect(most).toBeLessThanOrEqual(MAX_KEYS_AHEAD);
		expect(outcomes.every((outcome) => outcome?.status === 'done')).toBe(true);
	});

	it('and given back where the row is refused', async () => {
		const { inStore } = await keysAhead(phones, 20, (row) => row % 4 !== 0);
		expect(inStore.size).toBe(225);
		expect(inStore.has('key-0')).toBe(false);
	});
});
