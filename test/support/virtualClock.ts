import type { Clock } from '../../nodes/OneTalk/batch/clock';

/** A clock on which waiting costs no time: it jumps to the next moment at which somebody stops waiting. In ms. */
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

	/** Lets time pass until the work is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const end = work.finally(() => (done = true));
		end.catch(() => {});
		for (;;) {
			// What needs no waiting comes first, however many steps it takes.
			for (let turn = 0; !done && turn < (this.sleepers.length > 0 ? 200 : 100_000); turn++)
				await Promise.resolve();
			if (done) return await end;
			const next = this.sleepers.reduce((a, b) => (b.until < a.until ? b : a));
			this.time = Math.max(this.time, next.until);
			next.wake();
		}
	}
}
