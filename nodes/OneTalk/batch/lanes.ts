/**
 * Runs tasks in order, at most `width` at a time. Tasks of one lane never overlap and keep their order; others run side
 * by side. Once `stopped` says so, no further task is started.
 *
 * @param count how many tasks there are
 * @param laneOf a task's lane, undefined for one that need not wait for any other
 */
export async function runInLanes(
	count: number,
	laneOf: (index: number) => string | undefined,
	width: number,
	task: (index: number) => Promise<void>,
	stopped: () => boolean,
): Promise<void> {
	/** The lanes in use, each with the tasks that wait for it. */
	const waiting = new Map<string | number, number[]>();
	let next = 0;
	const worker = async () => {
		while (next < count && !stopped()) {
			const index = next++;
			const lane = laneOf(index) ?? index;
			const queue = waiting.get(lane);
			if (queue !== undefined) {
				queue.push(index);
				continue;
			}
			const own = [index];
			waiting.set(lane, own);
			for (let turn = own.shift(); turn !== undefined && !stopped(); turn = own.shift()) await task(turn);
			waiting.delete(lane);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
