/** Runs the requests of a batch: in order, several at a time, and nothing twice. */

import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../api/client';
import type { OneTalkRequest } from '../api/types';
import type { Operation } from '../operations/operation';
import type { Batching } from '../operations/options';
import type { Clock } from './clock';
import { runInLanes } from './lanes';
import type { Ledger } from './ledger';
import type { OnceKeys, StuckJobs } from './onceKeys';
import { createOutageWatch } from './outage';
import { mayBeSent, type Job, type Outcome } from './outcome';
import { createPace } from './pace';
import { requestWithRetries } from './retry';
import { automaticSpeed, fixedSpeed } from './speed';
import { keyFailure, untried } from './untried';

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

/** What became of a batch. */
export interface BatchResult {
	/** Each job's outcome by its place in `jobs`; undefined for one that was not tried. */
	outcomes: Array<Outcome | undefined>;
	/** Rows that were not sent, but whose keys stay taken. */
	stuckKeys?: StuckJobs;
}

/** What the runner has to know of an operation. */
export type RunnerOperation = Pick<Operation, 'repeatable' | 'lane' | 'next' | 'rows'>;

/**
 * Runs jobs in item order, several at a time, those of one lane one after the other. What was sent or may have been sent is
 * not sent again; what OneTalk provably did not take is tried again, and slows all of them down. Unless the batch continues
 * on failures, no row is started after a new one; requests in flight are completed. What would stop every row alike is not
 * asked for again: the rows after it are reported as not tried.
 */
export async function runJobs(
	operation: RunnerOperation,
	jobs: Job[],
	{ batching, continueOnFail }: RunnerOptions,
	deps: RunnerDeps,
): Promise<BatchResult> {
	const { onceKeys, clock, ledger, signal } = deps;
	const stop = new AbortController();
	const cancel = () => stop.abort();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel);
	const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
	const outage = createOutageWatch();
	const speed = batching.batchSize === undefined ? automaticSpeed(clock) : fixedSpeed(batching.batchSize);
	const pace = createPace(clock, batching, speed, stop.signal);
	const outcomes = jobs.map((job) => recallOutcome(operation, job, ledger));
	const open = jobs.flatMap((_, index) => (outcomes[index] === undefined ? [index] : []));

	/** All pages of one item; undefined where the batch was stopped before the first. */
	const fetchOutcome = async (index: number): Promise<Outcome | undefined> => {
		const { item, request } = jobs[index];
		const pages: IDataObject[] = [];
		const begin = () => {
			onceKeys?.begin(index);
			ledger?.begin(item, request);
		};
		for (let next: OneTalkRequest | undefined = request; next !== undefined; ) {
			const answer = await requestWithRetries(next, {
				client: deps.client,
				clock,
				pace,
				outage,
				speed,
				repeatable: operation.repeatable,
				begin,
			});
			if (answer === undefined) return undefined;
			ledger?.settle(item, answer);
			if (!answer.ok) return { status: 'failed', failure: answer.failure };
			pages.push(answer.data);
			next = operation.next?.(next, pages);
		}
		return { status: 'done', rows: operation.rows(pages, request) };
	};

	/** Takes the row's key, and makes its requests. */
	const outcomeOf = async (index: number): Promise<Outcome | undefined> => {
		const claim = await onceKeys?.claim(index, stopped);
		switch (claim?.status) {
			case 'taken':
				return { status: 'skipped', reason: claim.reason };
			case 'failed':
				return { status: 'failed', failure: keyFailure(claim.reason) };
			case 'stopped':
				return undefined;
			default:
				return await fetchOutcome(index);
		}
	};

	const run = async (index: number) => {
		const outcome = await outcomeOf(index);
		outcomes[index] = outcome;
		onceKeys?.settle(index, mayBeSent(outcome));
		if (!mayBeSent(outcome)) ledger?.release(jobs[index].item);
		if (outcome?.status !== 'failed') return;
		outage.rowFailed(outcome.failure);
		if (!continueOnFail || outage.failure()) stop.abort();
	};

	outcomes.forEach((outcome, index) => outcome && onceKeys?.settle(index, mayBeSent(outcome)));
	let stuckKeys: StuckJobs | undefined;
	try {
		await runInLanes({
			count: open.length,
			laneOf: (place) => operation.lane(jobs[open[place]].request),
			width: speed.width,
			task: async (place) => await run(open[place]),
			stopped: () => stop.signal.aborted,
		});
	} finally {
		signal?.removeEventListener('abort', cancel);
		open.forEach((index) => outcomes[index] === undefined && ledger?.release(jobs[index].item));
		stuckKeys = await onceKeys?.close();
	}
	const failure = outage.failure();
	const tellOpenRows = continueOnFail && failure !== undefined && !signal?.aborted;
	return {
		outcomes: tellOpenRows
			? outcomes.map((outcome) => outcome ?? { status: 'failed', failure: untried(failure) })
			: outcomes,
		stuckKeys,
	};
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
		? { status: 'done', rows: operation.rows([known.data], request), repeated: ledger?.acrossCalls }
		: { status: 'failed', failure: known.failure };
}
