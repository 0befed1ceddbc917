import type { Batching } from '../operations/options';
import type { Clock } from './clock';

/** What holds all requests of a batch back together. */
export interface Pace {
	/** Waits until one more request may start. False once the batch is stopped. */
	turn(): Promise<boolean>;
	/** Lets nothing start for so many ms. */
	holdBack(ms: number): void;
}

/**
 * Requests start one after the other, each in a turn of its own of n8n's event loop: those that start in one turn are prepared
 * piece by piece, all of them leave when the last is ready, and while OneTalk works on them n8n has nothing to do.
 */
export function createPace(clock: Clock, { batchSize, batchInterval }: Batching, stop: AbortSignal): Pace {
	let started = 0;
	let notBefore = 0;
	let line = Promise.resolve();
	const holdBack = (ms: number) => {
		notBefore = Math.max(notBefore, clock.now() + ms);
	};
	const start = async () => {
		for (let wait = notBefore - clock.now(); wait > 0 && !stop.aborted; wait = notBefore - clock.now())
			await clock.sleep(wait, stop);
		if (stop.aborted) return false;
		started++;
		if (batchInterval > 0 && started % batchSize === 0) holdBack(batchInterval);
		return true;
	};
	return {
		holdBack,
		async turn() {
			const mine = line.then(start);
			line = mine.then(async (starts) => {
				if (starts) await clock.sleep(0, stop);
			});
			return await mine;
		},
	};
}
