import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import { byTime } from '../api/cases';
import { connect } from '../api/client';
import { isRecord, withCode } from '../api/text';
import type { CaseEvent, News } from './feed';
import { enter } from './process';
import { PollFailure, readFeed, readNewest, type Means } from './reading';

/** One poll asks for at most this many pages; the rest follows at the next poll. */
const MOST_PAGES = 50;
/** The share of n8n's time for a poll that is used for asking: the last answer may take as long as a request may. */
const BUDGET_SHARE = 0.25;
/** What an n8n that names no budget is taken to allow, and the most that is used of a larger one, in ms. */
const LARGEST_BUDGET_MS = 120_000;
/** A manual test shows at most this many cases. */
const SAMPLE_SIZE = 10;

/** What a poll that comes to its end leaves behind of an unfinished one. */
const NOTHING_UNDER_WAY: IDataObject = { passStarted: undefined, quiet: undefined, search: undefined };

/** A manual test neither waits for the trigger's own polls nor counts as one. */
const NO_TURN = { first: false, mostPages: MOST_PAGES, leave: () => {} };

/**
 * One poll: new versions of cases since the last one, or null. The state is written once, at the end, so that what a
 * poll emits and what it remembers stand or fall together.
 *
 * @throws NodeApiError where OneTalk did not give the cases; the state then stays. The first poll in a process survives
 * what passes by itself, since n8n would give the trigger up for good.
 */
export async function pollCases(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const manual = context.getMode() === 'manual';
	const turn = manual ? NO_TURN : enter(context, MOST_PAGES);
	if (turn === undefined) return null;
	const limit = readingLimit(context, turn.mostPages);
	try {
		const items = await (manual ? sample : poll)(context, limit.mayRead);
		turn.leave(MOST_PAGES);
		return items;
	} catch (error) {
		// A poll that failed after some pages gets further with fewer, since its state stays where it was.
		turn.leave(limit.pages() > 1 ? Math.floor(limit.pages() / 2) : turn.mostPages);
		const survives = turn.first && error instanceof PollFailure && !error.failure.lasting;
		if (!survives) throw asNodeError(context, error);
		const { message, hint } = error.failure;
		context.logger.warn(`${context.getNode().name}: ${message}. The next poll tries again. ${hint}`);
		return null;
	}
}

async function poll(context: IPollFunctions, mayRead: () => boolean): Promise<INodeExecutionData[][] | null> {
	const stored = context.getWorkflowStaticData('node');
	const before = JSON.stringify(stored);
	const { state, news, crowded } = await readFeed(
		await meansOf(context, mayRead),
		stored,
		lookBackMs(context),
	);
	warnOfCrowds(context, crowded);
	const after: IDataObject = { ...stored, ...NOTHING_UNDER_WAY, ...state };
	if (JSON.stringify(after) !== before) Object.assign(stored, after);
	return output(context, news);
}

/** Real cases, the newest ones; the state is neither used nor written. */
async function sample(
	context: IPollFunctions,
	mayRead: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const { news, allNew } = await readNewest(await meansOf(context, mayRead));
	const items = output(context, news) ?? output(context, allNew);
	return items && [items[0].slice(-SAMPLE_SIZE)];
}

async function meansOf(context: IPollFunctions, mayRead: () => boolean): Promise<Means> {
	return { client: await connect(context), now: () => Date.now(), mayRead };
}

/** One request is always made, so that every poll that works gets on. */
function readingLimit(context: IPollFunctions, mostPages: number) {
	// Older n8n does not know the budget.
	const { getPollBudgetMs } = context as { getPollBudgetMs?: () => number };
	const budget = Math.min(getPollBudgetMs?.call(context) ?? LARGEST_BUDGET_MS, LARGEST_BUDGET_MS);
	const end = Date.now() + budget * BUDGET_SHARE;
	let pages = 0;
	return {
		pages: () => pages,
		mayRead: () => pages++ === 0 || (pages <= mostPages && Date.now() < end),
	};
}

function lookBackMs(context: IPollFunctions): number {
	const options: unknown = context.getNodeParameter('options', {});
	const seconds = isRecord(options) ? Number(options.lookBackSeconds ?? 60) : 60;
	return (Number.isFinite(seconds) && seconds >= 0 ? seconds : 60) * 1000;
}

function output(context: IPollFunctions, news: News[]): INodeExecutionData[][] | null {
	const events = context.getNodeParameter('events', ['caseCreated', 'caseUpdated']) as CaseEvent[];
	const items = news
		.filter(({ event }) => events.includes(event))
		.sort((a, b) => byTime(a.record, b.record))
		.map(({ record, event }) => ({ json: { ...record, event } }));
	return items.length === 0 ? null : [items];
}

function warnOfCrowds(context: IPollFunctions, crowded: number[]): void {
	for (const time of new Set(crowded)) {
		context.logger.warn(
			`${context.getNode().name}: as many cases as fit a page were changed in the same millisecond (${new Date(time).toISOString()}). OneTalk cannot show whether there are more; the trigger goes on after them.`,
		);
	}
}

function asNodeError(context: IPollFunctions, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	if (!(error instanceof PollFailure)) {
		const { message } = error as { message?: string };
		return new NodeOperationError(context.getNode(), message ?? String(error));
	}
	const { hint, httpStatus } = error.failure;
	const message = withCode(error.failure);
	const httpCode = httpStatus === undefined ? undefined : String(httpStatus);
	return new NodeApiError(context.getNode(), { message }, { message, description: hint, httpCode });
}
