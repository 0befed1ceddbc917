/** n8n's store of keys that have been seen, kept in its database for this node of this workflow. */

import type { IExecuteFunctions } from 'n8n-workflow';

/** Keys that outlive an execution. */
export interface KeyStore {
	/** Records keys, and tells which of them were there before. */
	record(keys: string[]): Promise<string[]>;
	remove(keys: string[]): Promise<void>;
}

/** How many keys are remembered, at about 27 bytes each in n8n's database; the oldest are forgotten first. */
const MAX_KEYS = 100_000;

/**
 * The store behind n8n's Remove Duplicates node.
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
