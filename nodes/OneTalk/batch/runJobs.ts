/** Runs the requests of a batch: in order, several at a time, and nothing twice. */

import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../api/client';
import type { Failure, OneTalkRequest } from '../api/types';
import type { Operation } from '../operations/operation';
import type { Batching } from '../operations/options';
import type { Clock } from './clock';
import { runInLanes } from './lanes';
import type { Ledger } from './ledger';
import type { OnceKeys } from './onceKeys';
import { createPace } from './pace';
import { requestWithRetries } from './retry';

/** One request to make for one item. */
export interface Job {
	/** The item's index in the input. */
	item: number;
	request: OneTalkRequest;
	/** Send only once for this key. */
	onceKey?: string;
	/** The finished message, where it is wanted in the output. */
	preview?: string;
}

/** What became of one item. */
export type Outcome =
	| { status: 'done'; rows: IDataObject[] }
	| { status: 'failed'; failure: Failure }
	| { status: 'skipped'; reason: string };

/** What the batch is run with. */
export interface RunnerDeps {
	client: Client;
	clock: Clock;
	/** Left out where the same request twice does no harm. */
	ledger?: Ledger;
	/** Left out where no item has a key. */
	onceKeys?: OnceKeys;
	/** Aborted when the execution is cancelled. */
	signal?: AbortSignal;
}

/** How the batch is run. */
export interface RunnerOptions {
	batching: Batching;
	/** Whether rows are still started after a failure. */
	continueOnFail: boolean;
}

/** What the runner has to know of an operation. */
export type RunnerOperation = Pick<Operation, 'repeatable' | 'lane' | 'next' | 'rows'>;

/**
 * Runs jobs in item order, several at a time, those of one lane one after the other. What was sent or may have been sent is
 * not sent again; what OneTalk provably did not take is tried again, and slows all of them down. Unless the batch continues
 * on failures, no row is started after one; requests in flight are completed.
 *
 * @returns each job's outcome by its place in `jobs`; undefined for one that was not tried
 */
export async function runJobs(
	operation: RunnerOperation,
	jobs: Job[],
	{ batching, continueOnFail }: RunnerOptions,
	deps: RunnerDeps,
): Promise<Array<Outcome | undefined>> {
	const { onceKeys, clock, ledger, signal } = deps;
	const stop = new AbortController();
	const cancel = () => stop.abort();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel);
	const pace = createPace(clock, batching, stop.signal);
	const outcomes = jobs.map((job) => recallOutcome(operation, job, ledger));
	const open = jobs.flatMap((_, index) => (outcomes[index] === undefined ? [index] : []));
	if (!continueOnFail && outcomes.some((outcome) => outcome?.status === 'failed')) stop.abort();

	/** All pages of one item; undefined where the batch was stopped before the first. */
	const fetchOutcome = async ({ item, request }: Job): Promise<Outcome | undefined> => {
		const pages: IDataObject[] = [];
		for (let next: OneTalkRequest | undefined = request; next !== undefined; ) {
			const answer = await requestWithRetries(next, {
				client: deps.client,
				clock,
				pace,
				repeatable: operation.repeatable,
				begin: () => ledger?.begin(item, request),
			});
			if (answer === undefined) return undefined;
			ledger?.settle(item, answer);
			if (!answer.ok) return { status: 'failed', failure: answer.failure };
			pages.push(answer.data);
			next = operation.next?.(next, pages);
		}
		return { status: 'done', rows: operation.rows(pages, request) };
	};

	const run = async (index: number) => {
		const reason = await onceKeys?.claim(index);
		const outcome =
			reason === undefined ? await fetchOutcome(jobs[index]) : { status: 'skipped' as const, reason };
		outcomes[index] = outcome;
		if (outcome?.status !== 'failed') return;
		if (outcome.failure.kind !== 'broken') onceKeys?.free(index);
		if (!continueOnFail) stop.abort();
	};

	try {
		await runInLanes({
			count: open.length,
			laneOf: (place) => operation.lane(jobs[open[place]].request),
			width: batching.batchSize,
			task: async (place) => await run(open[place]),
			stopped: () => stop.signal.aborted,
		});
	} finally {
		signal?.removeEventListener('abort', cancel);
		open.forEach((index) => outcomes[index] === undefined && onceKeys?.free(index));
		await onceKeys?.close();
	}
	return outcomes;
}

/** What an earlier run of the node in the same execution has found for this very request. */
function recallOutcome(
	operation: RunnerOperation,
	{ item, request }: Job,
	ledger: Ledger | undefined,
): Outcome | undefined {
	const known = ledger?.recall(item, request);
	if (known === undefined) return undefined;
	return known.ok
		? { status: 'done', rows: operation.rows([known.data], request) }
		: { status: 'failed', failure: known.failure };
}
