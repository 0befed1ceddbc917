/** Runs tasks several at a time, those of one lane one after the other. */

/** The tasks to run. */
export interface LaneTasks {
	/** How many tasks there are. */
	count: number;
	/** A task's lane, undefined for one that need not wait for any other. */
	laneOf(index: number): string | undefined;
	/** How many run at the same time at most. */
	width: number;
	task(index: number): Promise<void>;
	/** Once it is true, no further task is started. */
	stopped(): boolean;
}

/** Runs tasks in order. Tasks of one lane never overlap and keep their order; others run side by side. */
export async function runInLanes({ count, laneOf, width, task, stopped }: LaneTasks): Promise<void> {
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
			for (let current = own.shift(); current !== undefined && !stopped(); current = own.shift())
				await task(current);
			waiting.delete(lane);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
