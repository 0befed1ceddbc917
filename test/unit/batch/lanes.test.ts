/** Tasks run side by side, and those of one lane in order. */

import { runInLanes } from '../../../nodes/OneTalk/batch/lanes';

/** Tasks that end only when the test says so. */
function controlled(lanes: Array<string | undefined>, width: number, stopped = () => false) {
	const log: string[] = [];
	const ends = new Map<number, { finish: () => void; fail: (error: Error) => void }>();
	let ended: string | undefined;
	const task = async (index: number) => {
		log.push(`start ${index}`);
		await new Promise<void>((resolve, reject) => ends.set(index, { finish: resolve, fail: reject }));
		log.push(`end ${index}`);
	};
	const run = runInLanes({
		count: lanes.length,
		laneOf: (index) => lanes[index],
		width: () => width,
		task,
		stopped,
	}).then(
		() => (ended = 'done'),
		(error: Error) => (ended = error.message),
	);
	/** Lets every promise settle that can settle now. */
	const settle = async () => {
		for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	};
	return {
		log,
		run,
		settle,
		ended: () => ended,
		running: () =>
			log.filter((line) => line.startsWith('start')).length -
			log.filter((line) => line.startsWith('end')).length,
		finish: async (index: number) => {
			ends.get(index)?.finish();
			await settle();
		},
		fail: async (index: number, message: string) => {
			ends.get(index)?.fail(new Error(message));
			await settle();
		},
	};
}

it('runs tasks one after the other at width 1, in order', async () => {
	const pool = controlled(['a', 'b', 'a', undefined], 1);
	await pool.settle();
	for (const index of [0, 1, 2, 3]) {
		expect(pool.running()).toBe(1);
		await pool.finish(index);
	}
	await pool.run;
	expect(pool.log.filter((line) => line.startsWith('start'))).toEqual([
		'start 0',
		'start 1',
		'start 2',
		'start 3',
	]);
});

it('never runs more tasks at once than its width, and never fewer than it could', async () => {
	const pool = controlled(
		Array.from({ length: 7 }, () => undefined),
		3,
	);
	await pool.settle();
	for (const [index, running] of [3, 3, 3, 3, 3, 2, 1].entries()) {
		expect(pool.running()).toBe(running);
		await pool.finish(index);
	}
	await pool.run;
	expect(pool.running()).toBe(0);
});

it('keeps the order within a lane, while other lanes continue', async () => {
	const pool = controlled(['a', 'a', 'b', 'a', 'b'], 4);
	await pool.settle();
	expect(pool.log).toEqual(['start 0', 'start 2']);
	await pool.finish(2);
	expect(pool.log.slice(2)).toEqual(['end 2', 'start 4']);
	await pool.finish(0);
	await pool.finish(1);
	await pool.finish(4);
	await pool.finish(3);
	await pool.run;
	expect(pool.log.filter((line) => /[013]/.test(line))).toEqual([
		'start 0',
		'end 0',
		'start 1',
		'end 1',
		'start 3',
		'end 3',
	]);
});

it('tasks without a lane do not wait', async () => {
	const pool = controlled([undefined, undefined, '0', '1'], 4);
	await pool.settle();
	expect(pool.running()).toBe(4);
});

it('a lane can be used again after it has ended', async () => {
	const pool = controlled(['a', 'b', 'a'], 2);
	await pool.settle();
	await pool.finish(0);
	expect(pool.log).toContain('start 2');
	await pool.finish(1);
	await pool.finish(2);
	await pool.run;
	expect(pool.ended()).toBe('done');
});

it('once stopped, starts no more tasks and lets running tasks finish', async () => {
	let stop = false;
	const pool = controlled(['a', 'b', 'a', 'b', undefined], 2, () => stop);
	await pool.settle();
	stop = true;
	await pool.finish(0);
	expect(pool.ended()).toBeUndefined();
	await pool.finish(1);
	await pool.run;
	expect(pool.log).toEqual(['start 0', 'start 1', 'end 0', 'end 1']);
});

it('rethrows what a task throws', async () => {
	const pool = controlled(['a'], 1);
	await pool.settle();
	await pool.fail(0, 'broken task');
	expect(pool.ended()).toBe('broken task');
});

it('ends at once if there is nothing to do', async () => {
	await expect(
		runInLanes({
			count: 0,
			laneOf: () => undefined,
			width: () => 5,
			task: async () => {},
			stopped: () => false,
		}),
	).resolves.toBeUndefined();
});
