/** When requests start. */

import { realClock } from '../../../nodes/OneTalk/batch/clock';
import { createPace } from '../../../nodes/OneTalk/batch/pace';
import { fixedSpeed } from '../../../nodes/OneTalk/batch/speed';

const unpaced = { batchSize: 50, batchInterval: 0 };

it('starts requests in order, and yields to n8n’s other work after each', async () => {
	const log: string[] = [];
	const clock = {
		...realClock,
		sleep: async (ms: number) => {
			await realClock.sleep(ms);
			log.push('other work');
		},
	};
	const pace = createPace(clock, unpaced, fixedSpeed(50), new AbortController().signal);
	const starting = async (i: number) => {
		if (await pace.next()) log.push(`start ${i}`);
	};
	await Promise.all([0, 1, 2].map(starting));
	await starting(3);
	expect(log.join(', ')).toBe('start 0, other work, start 1, other work, start 2, other work, start 3');
});

it('once stopped, starts no request and makes no request wait', async () => {
	const stop = new AbortController();
	const pace = createPace(realClock, unpaced, fixedSpeed(50), stop.signal);
	pace.holdBack(60_000);
	const turns = Array.from({ length: 1000 }, async () => await pace.next());
	await realClock.sleep(1);
	stop.abort();
	expect(await Promise.all(turns)).toEqual(turns.map(() => false));
});
