/** Takes keys from n8n's key store ahead of the rows that need them, and gives back those for which nothing was sent. */

import type { KeyStore } from './keyStore';

/** The keys of one run of the node. */
export interface HeldKeys {
	/**
	 * Takes a key for a row that comes next. Never throws.
	 *
	 * @param stopped resolves when the batch is stopped
	 */
	take(key: string, stopped: Promise<unknown>): Promise<Taking>;
	/** A request for the key goes out, or went out in an earlier run. */
	begin(key: string): void;
	/** Nothing was sent for the key after all. */
	giveBack(key: string): void;
	/** Stores what was given back. Never throws. */
	close(): Promise<StuckKeys | undefined>;
}

/** How the taking of a key ended. */
export type Taking =
	/** This run holds it. */
	| { status: 'held' }
	/** It was in the store before this run. */
	| { status: 'taken' }
	/** n8n's store does not work, for the given reason. */
	| { status: 'failed'; reason: string }
	/** The batch was stopped while the key had to wait. */
	| { status: 'stopped' };

/** Keys that stay in the store though nothing was sent for them. */
export interface StuckKeys {
	keys: string[];
	/** What n8n's store says. */
	reason: string;
}

/**
 * How many keys are held at most whose request has not gone out. n8n reads and writes its whole store for each call, so
 * many are taken at once; if n8n is killed, as many rows are left with their key taken though nothing was sent.
 */
export const MAX_KEYS_AHEAD = 50;

/**
 * What is known of a key; nothing where it was not asked for.
 * - `ahead`: recorded by this run, its request has not gone out
 * - `begun`: its request has gone out
 * - `taken`: it was in the store before
 * - `unused`: recorded by this run, and nothing was sent
 * - `doubtful`: the store failed while the key was recorded, so it may be in the store
 */
type Status = 'ahead' | 'begun' | 'taken' | 'unused' | 'doubtful';

const DOUBTFUL =
	'the key store failed a moment ago, so it is not known whether a message was sent for this key before';

/** @param keys all keys of the run, in the order in which they are needed, each once */
export function createHeldKeys(keys: string[], store: KeyStore): HeldKeys {
	const statuses = new Map<string, Status>();
	let next = 0;
	let ahead = 0;
	let onRoom = () => {};
	let removeError = '';
	let queue: Promise<unknown> = Promise.resolve();

	const mark = (key: string, status: Status) => {
		if (statuses.get(key) === 'ahead') ahead--;
		if (status === 'ahead') ahead++;
		statuses.set(key, status);
		if (ahead < MAX_KEYS_AHEAD) onRoom();
	};

	const removeUnused = async () => {
		const unused = keys.filter((key) => statuses.get(key) === 'unused');
		if (unused.length === 0) return;
		try {
			await store.remove(unused);
			unused.forEach((key) => statuses.delete(key));
		} catch (error) {
			removeError = messageOf(error);
		}
	};

	/** Whether there is room for one more key; false once the batch is stopped. */
	const waitForRoom = async (stopped: Promise<unknown>) => {
		while (ahead >= MAX_KEYS_AHEAD) {
			const room = new Promise<true>((resolve) => (onRoom = () => resolve(true)));
			if ((await Promise.race([room, stopped])) !== true) return false;
		}
		return true;
	};

	/** Records a key, and with it as many of the next rows as there is room for. Gives the store's error. */
	const record = async (key: string) => {
		const chunk = [key];
		for (; next < keys.length && chunk.length < MAX_KEYS_AHEAD - ahead; next++)
			if (keys[next] !== key && !statuses.has(keys[next])) chunk.push(keys[next]);
		const doubtful = new Set(chunk.filter((one) => statuses.get(one) === 'doubtful'));
		chunk.forEach((one) => mark(one, 'ahead'));
		try {
			const before = await store.record(chunk);
			before.forEach((one) => mark(one, doubtful.has(one) ? 'doubtful' : 'taken'));
			return DOUBTFUL;
		} catch (error) {
			chunk.forEach((one) => mark(one, 'doubtful'));
			return messageOf(error);
		}
	};

	const take: HeldKeys['take'] = async (key, stopped) => {
		const status = statuses.get(key);
		if (status === 'taken') return { status };
		if (status === 'ahead' || status === 'begun') return { status: 'held' };
		if (status !== 'unused') await removeUnused();
		if (!(await waitForRoom(stopped))) return { status: 'stopped' };
		if (status === 'unused') {
			mark(key, 'ahead');
			return { status: 'held' };
		}
		const reason = await record(key);
		const found = statuses.get(key);
		if (found === 'doubtful') return { status: 'failed', reason };
		return { status: found === 'taken' ? 'taken' : 'held' };
	};

	return {
		async take(key, stopped) {
			const mine = queue.then(async () => await take(key, stopped));
			queue = mine.catch(() => {});
			return await mine;
		},
		begin: (key) => mark(key, 'begun'),
		giveBack(key) {
			const status = statuses.get(key);
			if (status === 'ahead' || status === 'begun') mark(key, 'unused');
		},
		async close() {
			await queue;
			statuses.forEach((status, key) => status === 'ahead' && mark(key, 'unused'));
			await removeUnused();
			const stuck = keys.filter((key) => statuses.get(key) === 'unused');
			return stuck.length > 0 ? { keys: stuck, reason: removeError } : undefined;
		},
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
