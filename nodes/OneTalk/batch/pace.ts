/** Decides when the next request of a batch may start. */

import type { Batching } from '../operations/options';
import type { Clock } from './clock';
import type { Speed } from './speed';

/** What holds all requests of a batch back together. */
export interface Pace {
	/** Waits until one more request may start. False once the batch is stopped. */
	next(): Promise<boolean>;
	/** Lets nothing start for the given time, in ms. */
	holdBack(ms: number): void;
}

/**
 * Starts at most one request per event-loop turn: requests started in the same turn all leave only when the last of them is
 * prepared, and n8n then idles while OneTalk answers.
 */
export function createPace(
	clock: Clock,
	{ batchSize, batchInterval }: Batching,
	speed: Pick<Speed, 'gapMs' | 'width'>,
	stop: AbortSignal,
): Pace {
	let started = 0;
	let notBefore = 0;
	let queue = Promise.resolve();
	const holdBack = (ms: number) => {
		notBefore = Math.max(notBefore, clock.now() + ms);
	};
	const start = async () => {
		for (let wait = notBefore - clock.now(); wait > 0 && !stop.aborted; wait = notBefore - clock.now())
			await clock.sleep(wait, stop);
		if (stop.aborted) return false;
		started++;
		if (batchInterval > 0 && started % (batchSize ?? speed.width()) === 0) holdBack(batchInterval);
		if (speed.gapMs() > 0) holdBack(speed.gapMs());
		return true;
	};
	return {
		holdBack,
		async next() {
			const mine = queue.then(start);
			queue = mine.then(async (starts) => {
				if (starts) await clock.sleep(0, stop);
			});
			return await mine;
		},
	};
}
