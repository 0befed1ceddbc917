import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../api/client';
import { FIRST_WAIT_MS, MAX_WAIT_MS, MAX_REPEATS, MAX_RETRY_TIME_MS } from '../api/limits';
import type { Answer, Failure, OneTalkRequest } from '../api/types';
import type { OnceKeys } from './onceKeys';
import type { Batching } from '../operations/options';
import type { Clock } from './clock';
import { runInLanes } from './lanes';
import type { Ledger } from './ledger';
import type { Operation } from '../operations/operation';
import { createPace, type Pace } from './pace';

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
export type Outcome = { rows: IDataObject[] } | { failure: Failure } | { skipped: string };

/** What the runner works with. */
export interface Means {
	client: Client;
	clock: Clock;
	/** Left out where the same request twice does no harm. */
	ledger?: Ledger;
	/** Left out where no item has a key. */
	onceKeys?: OnceKeys;
	/** Says when the execution is cancelled. */
	signal?: AbortSignal;
}

/**
 * Runs jobs in item order, several at a time, those of one lane one after the other. What was sent or may have been is
 * not sent again; what OneTalk provably did not take is tried again, and slows all of them down. Unless the batch goes
 * on, nothing new is started after a failure; what is under way comes to its end.
 *
 * @returns each job's outcome by its place in `jobs`; undefined for one that was not tried
 */
export async function runJobs(
	operation: Pick<Operation, 'repeatable' | 'lane' | 'next' | 'rows'>,
	jobs: Job[],
	{ batching, continueOnFail }: { batching: Batching; continueOnFail: boolean },
	means: Means,
): Promise<Array<Outcome | undefined>> {
	const { onceKeys, clock, ledger, signal } = means;
	const stop = new AbortController();
	const cancel = () => stop.abort();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel);
	const stopped = () => stop.signal.aborted;
	const pace = createPace(clock, batching, stop.signal);

	const outcomes = jobs.map(({ item, request }): Outcome | undefined => {
		const known = ledger?.recall(item, request);
		if (known === undefined) return undefined;
		return known.ok ? { rows: operation.rows([known.data], request) } : { failure: known.failure };
	});
	const open = jobs.flatMap((_, index) => (outcomes[index] === undefined ? [index] : []));
	const failed = (outcome: Outcome | undefined) => outcome !== undefined && 'failure' in outcome;
	if (!continueOnFail && outcomes.some(failed)) stop.abort();

	/** Asks for all pages of one item; undefined where the batch was stopped before the first. */
	const outcomeOf = async ({ item, request }: Job): Promise<Outcome | undefined> => {
		const pages: IDataObject[] = [];
		for (let next: OneTalkRequest | undefined = request; next !== undefined; ) {
			const answer = await requestWithRetries(next, operation.repeatable, pace, means, () =>
				ledger?.begin(item, request),
			);
			if (answer === undefined) return undefined;
			ledger?.settle(item, answer);
			if (!answer.ok) return { failure: answer.failure };
			pages.push(answer.data);
			next = operation.next?.(next, pages);
		}
		return { rows: operation.rows(pages, request) };
	};

	const run = async (index: number) => {
		const skipped = await onceKeys?.claim(index);
		const outcome = skipped === undefined ? await outcomeOf(jobs[index]) : { skipped };
		outcomes[index] = outcome;
		if (outcome === undefined || !('failure' in outcome)) return;
		if (outcome.failure.kind !== 'broken') onceKeys?.free(index);
		if (!continueOnFail) stop.abort();
	};

	try {
		const laneOf = (place: number) => operation.lane(jobs[open[place]].request);
		await runInLanes(
			open.length,
			laneOf,
			batching.batchSize,
			async (place) => await run(open[place]),
			stopped,
		);
	} finally {
		signal?.removeEventListener('abort', cancel);
		open.forEach((index) => outcomes[index] === undefined && onceKeys?.free(index));
		await onceKeys?.close();
	}
	return outcomes;
}

/**
 * Makes a request, and makes it again where that cannot do harm: OneTalk provably did not take it (429, no connection),
 * or the call has the same effect if repeated. A send whose fate is not known is never repeated.
 *
 * @returns undefined where the batch was stopped before the first try
 */
async function requestWithRetries(
	request: OneTalkRequest,
	repeatable: boolean,
	pace: Pace,
	{ client, clock }: Means,
	begin: () => void,
): Promise<Answer | undefined> {
	let answer: Answer | undefined;
	const started = clock.now();
	for (let repeats = 0; await pace.turn(); repeats++) {
		begin();
		answer = await client(request);
		if (answer.ok || repeats === MAX_REPEATS || !mayRepeat(answer.failure, repeatable)) return answer;
		const wait = waitMs(answer.failure, repeats);
		if (wait > MAX_WAIT_MS || clock.now() - started + wait > MAX_RETRY_TIME_MS) return answer;
		pace.holdBack(wait);
	}
	return answer;
}

function mayRepeat({ kind, lasting, code, httpStatus }: Failure, repeatable: boolean): boolean {
	if (lasting) return false;
	if (kind === 'busy' || kind === 'unreachable') return true;
	// An answer in the wrong shape has a status but no code, and will be the same again.
	return repeatable && kind === 'broken' && (httpStatus === undefined || code !== undefined);
}

/** What the server asks for, else exponential; with up to a quarter more so that many do not return at once. */
function waitMs({ retryAfterMs }: Failure, repeats: number): number {
	const wait = retryAfterMs ?? FIRST_WAIT_MS * 2 ** repeats;
	return Math.round(wait * (1 + Math.random() / 4));
}
