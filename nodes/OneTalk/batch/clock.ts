import { sleep } from 'n8n-workflow';

/** Time as the runner needs it; a test may bring its own. */
export interface Clock {
	/** In ms. */
	now(): number;
	/** Waits so many ms; ends early, without an error, when the signal says so. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The real time. n8n's `sleep` rejects when it is cancelled, older versions wait to the end. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => await sleep(ms, signal).catch(() => {}),
};
