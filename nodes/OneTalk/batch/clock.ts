/** Time, so that tests can bring their own. */

import { sleep } from 'n8n-workflow';

/** Time as a batch needs it. */
export interface Clock {
	/** In ms. */
	now(): number;
	/** Waits for the given time in ms; ends early, without an error, when the signal says so. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The real time. n8n's `sleep` rejects when it is cancelled, older versions wait to the end. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => await sleep(ms, signal).catch(() => {}),
};
