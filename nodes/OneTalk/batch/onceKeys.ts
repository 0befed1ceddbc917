/** Send Only Once per Key: which row of a run may be sent for a key. */

import { createHeldKeys } from './heldKeys';
import type { KeyStore } from './keyStore';

/** Whether a row may be sent for its key. */
export type Claim =
	| { status: 'granted' }
	/** A message was sent for it, or may have been. */
	| { status: 'taken'; reason: string }
	/** n8n's key store does not work. */
	| { status: 'failed'; reason: string }
	| { status: 'stopped' };

/** Keys for which a message is sent only once, across executions. A job is named by its place in the batch. */
export interface OnceKeys {
	/**
	 * Takes the key of a job. It waits for the jobs before it that have the same key.
	 *
	 * @param stopped resolves when the batch is stopped, so that nobody is kept waiting
	 */
	claim(job: number, stopped: Promise<unknown>): Promise<Claim>;
	/** The job's request goes out. */
	begin(job: number): void;
	/** What became of a job: where nothing was sent, its key is given back. */
	settle(job: number, mayBeSent: boolean): void;
	/** Stores what was given back; tells of the jobs whose keys stay taken, since n8n's store does not work. */
	close(): Promise<StuckJobs | undefined>;
}

/** Jobs for which nothing was sent, but whose keys stay taken. */
export interface StuckJobs {
	jobs: number[];
	/** What n8n's store says. */
	reason: string;
}

const BY_ANOTHER_ROW = 'Another row of this run has the same key.';
const BEFORE = 'A message was sent, or may have been sent, for this key before.';

/** @param keys the key of each job, undefined for a job without one: it never waits */
export function createOnceKeys(keys: Array<string | undefined>, store: KeyStore): OnceKeys {
	const jobsOf = new Map<string, number[]>();
	keys.forEach((key, job) => {
		if (key === undefined) return;
		const jobs = jobsOf.get(key);
		if (jobs === undefined) jobsOf.set(key, [job]);
		else jobs.push(job);
	});
	const held = createHeldKeys([...jobsOf.keys()], store);
	/** Keys for which this run has sent a message, or may have. */
	const used = new Set<string>();
	const settled = new Set<number>();
	const waiting = new Map<number, () => void>();

	/** Waits until the job before this one with the same key is settled. False once the batch is stopped. */
	const waitForTurn = async (key: string, job: number, stopped: Promise<unknown>) => {
		const jobs = jobsOf.get(key) ?? [];
		const earlier = jobs[jobs.indexOf(job) - 1];
		if (earlier === undefined || settled.has(earlier)) return true;
		const turn = new Promise<true>((resolve) => waiting.set(earlier, () => resolve(true)));
		return (await Promise.race([turn, stopped])) === true;
	};

	return {
		async claim(job, stopped) {
			const key = keys[job];
			if (key === undefined) return { status: 'granted' };
			if (!(await waitForTurn(key, job, stopped))) return { status: 'stopped' };
			if (used.has(key)) return { status: 'taken', reason: BY_ANOTHER_ROW };
			const taking = await held.take(key, stopped);
			if (taking.status === 'held') return { status: 'granted' };
			return taking.status === 'taken' ? { ...taking, reason: BEFORE } : taking;
		},
		begin(job) {
			const key = keys[job];
			if (key !== undefined) held.begin(key);
		},
		settle(job, mayBeSent) {
			const key = keys[job];
			if (key === undefined) return;
			if (mayBeSent) {
				used.add(key);
				held.begin(key);
			} else if (!used.has(key)) held.giveBack(key);
			settled.add(job);
			waiting.get(job)?.();
		},
		async close() {
			const stuck = await held.close();
			const jobs = stuck?.keys.flatMap((key) => jobsOf.get(key) ?? []) ?? [];
			return stuck && { jobs: jobs.sort((a, b) => a - b), reason: stuck.reason };
		},
	};
}
