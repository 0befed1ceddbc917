/** Runs tasks several at a time, those of one lane one after the other. */

/** The tasks to run. */
export interface LaneTasks {
	/** How many tasks there are. */
	count: number;
	/** A task's lane, undefined for one that need not wait for any other. */
	laneOf(index: number): string | undefined;
	/** How many run at the same time at most, for now. It is asked again whenever a task ends. */
	width(): number;
	task(index: number): Promise<void>;
	/** Once it is true, no further task is started. */
	stopped(): boolean;
}

/** Runs tasks in order. Tasks of one lane never overlap and keep their order; others run side by side. */
export async function runInLanes({ count, laneOf, width, task, stopped }: LaneTasks): Promise<void> {
	/** The lanes in use, each with the tasks that wait for it. */
	const waiting = new Map<string | number, number[]>();
	/** Lanes whose task has ended and that have more to do. */
	const ready: Array<string | number> = [];
	let next = 0;
	let running = 0;

	/** The lane whose first waiting task may start; undefined where there is none. */
	const nextLane = (): string | number | undefined => {
		const lane = ready.shift();
		if (lane !== undefined) return lane;
		while (next < count) {
			const index = next++;
			const own = laneOf(index) ?? index;
			const queue = waiting.get(own);
			if (queue === undefined) {
				waiting.set(own, [index]);
				return own;
			}
			queue.push(index);
		}
		return undefined;
	};

	await new Promise<void>((resolve, reject) => {
		const runLane = async (lane: string | number) => {
			const queue = waiting.get(lane) ?? [];
			running++;
			await task(queue.shift() as number);
			running--;
			if (queue.length > 0) ready.push(lane);
			else waiting.delete(lane);
			startMore();
		};
		const startMore = () => {
			while (running < width() && !stopped()) {
				const lane = nextLane();
				if (lane === undefined) break;
				runLane(lane).catch(reject);
			}
			if (running === 0) resolve();
		};
		startMore();
	});
}
