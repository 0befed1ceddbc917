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
	/** Nothing was sent: an equal call may be made. */
	release(item: number): void;
	/** Whether what is recalled was found by another call of an agent, and not by this one. */
	acrossCalls: boolean;
	/** Before a request goes out: from now on it may have been sent, whatever becomes of this process. */
	begin(item: number, request: OneTalkRequest): void;
	/** After the answer: taken, provably not taken, or unknown. */
	settle(item: number, answer: Answer): void;
	/** From now on, an equal request is a new one: the node has got beyond this one, and n8n can't run it again for it. */
	forget(item: number, request: OneTalkRequest): void;
	/** Forgets this run's messages, once n8n can't run the node again for it. */
	close(): void;
}

const INTERRUPTED: Failure = {
	kind: 'broken',
	message: 'The request was made, and its answer is not known',
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

/** The same for an agent's tool: each call is a run of its own, so equal calls of one execution are told by their content. */
export function openToolLedger(context: IExecuteFunctions, service: Service): Ledger {
	return toolLedgerIn(context.getContext('node') as LedgerStore, service.credential);
}

/**
 * The ledger of one run of the node.
 *
 * @param service tells apart requests of two services that look the same
 */
export function ledgerIn(store: LedgerStore, run: string, service: string): Ledger {
	const entries = ((store.oneTalkLedger ??= {})[run] ??= {});
	return {
		acrossCalls: false,
		recall(item, request) {
			const entry = entries[item];
			return entry?.hash === fingerprint(service, request) ? answerOf(entry) : undefined;
		},
		begin(item, request) {
			entries[item] = { hash: fingerprint(service, request) };
		},
		settle: (item, answer) => settle(entries, String(item), answer),
		release() {},
		forget: (item) => void delete entries[item],
		close() {
			delete store.oneTalkLedger?.[run];
		},
	};
}

/** The ledger of all calls of a tool in one execution. A call is reserved when it is looked up: its equal may come meanwhile. */
export function toolLedgerIn(store: LedgerStore, service: string): Ledger {
	const entries = ((store.oneTalkLedger ??= {}).tool ??= {});
	const hashes = new Map<number, string>();
	return {
		acrossCalls: true,
		recall(item, request) {
			const hash = fingerprint(service, request);
			const entry = entries[hash];
			if (entry !== undefined) return answerOf(entry);
			entries[hash] = { hash };
			hashes.set(item, hash);
			return undefined;
		},
		begin(item) {
			const hash = hashes.get(item);
			if (hash !== undefined) entries[hash] = { hash };
		},
		settle(item, answer) {
			settle(entries, hashes.get(item), answer);
			hashes.delete(item);
		},
		release(item) {
			const hash = hashes.get(item);
			if (hash !== undefined) delete entries[hash];
			hashes.delete(item);
		},
		forget: (_, request) => void delete entries[fingerprint(service, request)],
		close() {},
	};
}

function fingerprint(service: string, { path, body, identity }: OneTalkRequest): string {
	return createHash('sha256')
		.update(JSON.stringify([service, path, identity ?? body]))
		.digest('base64url')
		.slice(0, 16);
}

function answerOf({ data, unknown }: Entry): Answer {
	return data ? { ok: true, data } : { ok: false, failure: unknown ?? INTERRUPTED };
}

function settle(entries: Record<string, Entry | undefined>, key: string | undefined, answer: Answer): void {
	const entry = key === undefined ? undefined : entries[key];
	if (key === undefined || entry === undefined) return;
	if (answer.ok) entry.data = answer.data;
	else if (answer.failure.kind === 'broken') entry.unknown = answer.failure;
	else delete entries[key];
}
