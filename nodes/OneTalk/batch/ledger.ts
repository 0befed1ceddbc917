/** What this node has sent in this execution, kept in the execution's data, so that a re-run sends nothing twice. */

import { createHash } from 'node:crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Service } from '../api/service';
import type { Answer, Failure, OneTalkRequest } from '../api/types';

/** What is remembered of a message: the answer's data if it was taken, or why nobody knows whether it was. */
interface Entry {
	/** Tells a changed row from the same one. */
	hash: string;
	data?: IDataObject;
	unknown?: Failure;
}

/** What this node has sent in this execution, item by item. */
export interface Ledger {
	/** The outcome of this very request, if it was sent or may have been. */
	recall(item: number, request: OneTalkRequest): Answer | undefined;
	/** Before a request goes out: from now on it may have been sent, whatever becomes of this process. */
	begin(item: number, request: OneTalkRequest): void;
	/** After the answer: taken, provably not taken, or unknown. */
	settle(item: number, answer: Answer): void;
	/** Forgets this run's messages, once n8n can't run the node again for it. */
	close(): void;
}

const INTERRUPTED: Failure = {
	kind: 'broken',
	message: 'The execution stopped while OneTalk was asked',
	hint: '',
};

/** Where ledgers are kept: a part of the execution's data, by run index and item. */
export interface LedgerStore {
	oneTalkLedger?: Record<string, Record<string, Entry | undefined>>;
}

/**
 * Opens the memory that keeps a message from being sent twice when n8n runs the node again in the same execution
 * (Retry On Fail, Retry Execution). n8n keeps a node's context in the execution's data, so it outlives the run and
 * reaches another worker. Rounds of a loop are told apart by the run index.
 */
export function openLedger(context: IExecuteFunctions, service: Service): Ledger {
	const run = String(context.getWorkflowDataProxy(0).$runIndex ?? 0);
	return ledgerIn(context.getContext('node') as LedgerStore, run, service.credential);
}

/**
 * The ledger of one run of the node.
 *
 * @param service tells apart requests of two services that look the same
 */
export function ledgerIn(store: LedgerStore, run: string, service: string): Ledger {
	const fingerprint = ({ path, body }: OneTalkRequest) =>
		createHash('sha256')
			.update(JSON.stringify([service, path, body]))
			.digest('base64url')
			.slice(0, 16);
	const entries = ((store.oneTalkLedger ??= {})[run] ??= {});

	return {
		recall(item, request) {
			const entry = entries[item];
			if (entry === undefined || entry.hash !== fingerprint(request)) return undefined;
			return entry.data
				? { ok: true, data: entry.data }
				: { ok: false, failure: entry.unknown ?? INTERRUPTED };
		},
		begin(item, request) {
			entries[item] = { hash: fingerprint(request) };
		},
		settle(item, answer) {
			const entry = entries[item];
			if (entry === undefined) return;
			if (answer.ok) entry.data = answer.data;
			else if (answer.failure.kind === 'broken') entry.unknown = answer.failure;
			else delete entries[item];
		},
		close() {
			delete store.oneTalkLedger?.[run];
		},
	};
}
