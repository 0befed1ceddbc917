import type { Clock } from './clock';

/** How fast a batch goes. */
export interface Batching {
	/** How many requests may be under way at once, and how many are started before a pause. */
	batchSize: number;
	/** The pause after so many, in ms. */
	batchInterval: number;
}

/** What holds all requests of a batch back together. */
export interface Pace {
	/** Waits until one more request may start. False once the batch is stopped. */
	turn(): Promise<boolean>;
	/** Lets nothing start for so many ms. */
	holdBack(ms: number): void;
}

export function createPace(clock: Clock, { batchSize, batchInterval }: Batching, stop: AbortSignal): Pace {
	let started = 0;
	let notBefore = 0;
	/** All wait for the same moment together. */
	let pause: Promise<void> | undefined;
	const holdBack = (ms: number) => {
		notBefore = Math.max(notBefore, clock.now() + ms);
	};
	return {
		holdBack,
		async turn() {
			for (let wait = notBefore - clock.now(); wait > 0 && !stop.aborted; wait = notBefore - clock.now()) {
				pause ??= clock.sleep(wait, stop).then(() => (pause = undefined));
				await pause;
			}
			if (stop.aborted) return false;
			started++;
			if (batchInterval > 0 && started % batchSize === 0) holdBack(batchInterval);
			return true;
		},
	};
}
