/** Send Only Once per Key: keys for which a message was sent, kept by n8n across executions. */

import type { IExecuteFunctions } from 'n8n-workflow';

/** Keys for which a message is sent only once, across executions. */
export interface OnceKeys {
	/** Takes the key of a job. Gives the reason where it is taken already, undefined where the job may be sent. */
	claim(index: number): Promise<string | undefined>;
	/** Gives a key back, since nothing was sent for it. */
	free(index: number): void;
	/** Stores what was given back. */
	close(): Promise<void>;
}

/** n8n's store of keys that have been seen, for this node. */
export interface KeyStore {
	/** Records keys, and tells which of them were there before. */
	record(keys: string[]): Promise<string[]>;
	remove(keys: string[]): Promise<void>;
}

/**
 * n8n reads and writes the whole store for each call, so keys are taken this many at a time. If n8n is killed, at most as
 * many rows are left with their key taken though nothing was sent.
 */
const MAX_KEYS_AHEAD = 50;

/** How many keys are remembered, at about 27 bytes each in n8n's database; the oldest are forgotten first. */
const MAX_KEYS = 100_000;

/** Takes and gives back keys in the order of the jobs; a job without a key never waits. */
export function createOnceKeys(keys: Array<string | undefined>, store: KeyStore): OnceKeys {
	const firstWith = new Map<string, number>();
	keys.forEach((key, index) => {
		if (key !== undefined && !firstWith.has(key)) firstWith.set(key, index);
	});
	const taken = new Set<number>();
	let freed: string[] = [];
	let claimedTo = 0;
	let queue = Promise.resolve();

	const giveBack = async () => {
		const given = freed;
		freed = [];
		if (given.length > 0) await store.remove(given);
	};
	const claimMore = async () => {
		await giveBack();
		const chunk = new Map<string, number>();
		for (; claimedTo < keys.length && chunk.size < MAX_KEYS_AHEAD; claimedTo++) {
			const key = keys[claimedTo];
			if (key !== undefined && firstWith.get(key) === claimedTo) chunk.set(key, claimedTo);
		}
		if (chunk.size === 0) return;
		for (const key of await store.record([...chunk.keys()])) taken.add(chunk.get(key) as number);
	};

	return {
		async claim(index) {
			const key = keys[index];
			if (key === undefined) return undefined;
			const first = firstWith.get(key);
			if (first !== index) return 'Another row of this run has the same key.';
			queue = queue.then(async () => {
				while (claimedTo <= index) await claimMore();
			});
			await queue;
			return taken.has(index) ? 'A message was sent, or may have been sent, for this key before.' : undefined;
		},
		free(index) {
			const key = keys[index];
			if (key !== undefined && !taken.has(index) && firstWith.get(key) === index && index < claimedTo)
				freed.push(key);
		},
		async close() {
			await queue;
			await giveBack();
		},
	};
}

/**
 * The store behind n8n's Remove Duplicates node, kept in n8n's database for this node of this workflow.
 *
 * Two executions at the same time can both find a key untaken: n8n reads the store and writes it back without a lock.
 */
export function keyStoreOf({ helpers }: IExecuteFunctions): KeyStore {
	const options = { mode: 'entries' as const, maxEntries: MAX_KEYS };
	return {
		record: async (keys) =>
			(await helpers.checkProcessedAndRecord(keys, 'node', options)).processed.map(String),
		remove: async (keys) => await helpers.removeProcessed(keys, 'node', options),
	};
}
