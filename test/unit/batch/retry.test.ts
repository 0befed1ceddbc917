/** How long is waited before a retry, and from when on the time for retries counts. */

import { createOutageWatch } from '../../../nodes/OneTalk/batch/outage';
import { createPace } from '../../../nodes/OneTalk/batch/pace';
import { requestWithRetries } from '../../../nodes/OneTalk/batch/retry';
import { fixedSpeed } from '../../../nodes/OneTalk/batch/speed';
import { MAX_WAIT_MS } from '../../../nodes/OneTalk/api/limits';
import type { Answer, OneTalkRequest } from '../../../nodes/OneTalk/api/types';
import { VirtualClock } from '../../support/virtualClock.cts';

const request: OneTalkRequest = { method: 'POST', path: '/send', expects: 'success' };
const done: Answer = { ok: true, data: { success: true } };
const busy = (retryAfterMs?: number): Answer => ({
	ok: false,
	failure: { kind: 'busy', message: 'm', hint: 'h', httpStatus: 429, retryAfterMs },
});

/** Makes requests one after the other, each answered by its own list of answers and then well; the times in ms. */
async function requestTimes(answersOf: Answer[][], batchInterval = 0): Promise<number[][]> {
	const clock = new VirtualClock();
	const pace = createPace(
		clock,
		{ batchSize: 1, batchInterval },
		fixedSpeed(1),
		new AbortController().signal,
	);
	const times: number[][] = answersOf.map(() => []);
	const makeAll = async () => {
		for (const [index, answers] of answersOf.entries()) {
			await requestWithRetries(request, {
				client: async () => {
					times[index].push(clock.now());
					return answers[times[index].length - 1] ?? done;
				},
				clock,
				pace,
				outage: createOutageWatch(),
				speed: fixedSpeed(1),
				repeatable: false,
				begin: () => {},
			});
		}
	};
	await clock.run(makeAll());
	return times;
}

describe('The wait that OneTalk asks for', () => {
	it.each([0, 1, 24, 25, 26, 29, 30])('of %i s is waited for, with up to a quarter more', async (seconds) => {
		for (let round = 0; round < 50; round++) {
			const [[first, second]] = await requestTimes([[busy(seconds * 1000)]]);
			expect(second - first).toBeGreaterThanOrEqual(seconds * 1000);
			expect(second - first).toBeLessThanOrEqual(seconds * 1250);
		}
	});

	it('is not waited for beyond the limit', async () => {
		const [times] = await requestTimes([[busy(MAX_WAIT_MS + 1)]]);
		expect(times).toHaveLength(1);
	});
});

it('gives a row its retries whatever it has waited for its turn', async () => {
	const times = await requestTimes([[], [busy()], [busy()]], 60_000);
	expect(times.map(({ length }) => length)).toEqual([1, 2, 2]);
});
