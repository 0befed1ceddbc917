/** A clock for tests: waiting takes no real time. */

import type { Clock } from '../../nodes/OneTalk/batch/clock';

/** A clock in ms that jumps to the next time at which a sleeper wakes up. */
export class VirtualClock implements Clock {
	private time = 0;

	private sleepers: Array<{ until: number; wake: () => void }> = [];

	now = (): number => this.time;

	sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const wake = () => {
				this.sleepers = this.sleepers.filter((one) => one !== sleeper);
				signal?.removeEventListener('abort', wake);
				resolve();
			};
			const sleeper = { until: this.time + ms, wake };
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', wake);
		});
	};

	/** Moves the clock until the work is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const end = work.finally(() => (done = true));
		end.catch(() => {});
		for (;;) {
			// First everything that needs no waiting, however many steps it takes.
			do await new Promise(setImmediate);
			while (!done && this.sleepers.length === 0);
			if (done) return await end;
			const next = this.sleepers.reduce((a, b) => (b.until < a.until ? b : a));
			this.time = Math.max(this.time, next.until);
			next.wake();
		}
	}
}
