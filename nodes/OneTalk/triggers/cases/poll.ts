import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import { byTime } from '../../api/integration/cases';
import { connect } from '../../api/client';
import type { Failure } from '../../api/types';
import { asNodeError, PollFailure } from './failures';
import type { CaseChange } from './feed';
import { enter } from './pollTurns';
import { fetchFeed, fetchNewest, type Sample, type Stored } from './fetchFeed';
import { eventFor, parseSettings, type Settings } from './settings';
import { LAYOUT } from './state';

/** One poll asks for at most this many pages; the rest follows at the next poll. */
const MAX_PAGES = 50;
/** The share of n8n's time for a poll that is used for asking: the last answer may take as long as a request may. */
const BUDGET_SHARE = 0.25;
/** What an n8n that names no budget is taken to allow, and the most that is used of a larger one, in ms. */
const MAX_BUDGET_MS = 120_000;
/** A manual test shows at most this many cases. */
const SAMPLE_SIZE = 10;

/** A manual test neither waits for the trigger's own polls nor counts as one. */
const NO_TURN = { first: false, maxPages: MAX_PAGES, leave: () => {} };

type Output = INodeExecutionData[][];

/** How much one poll may read. */
interface Limit {
	/** How many pages it has asked for. */
	pages: () => number;
	takePage: () => boolean;
}

/**
 * One poll: new versions of cases since the last one, or null. The state is written once, at the end, so that what a
 * poll emits and what it remembers stand or fall together.
 *
 * @throws NodeApiError where OneTalk did not give the cases; the state then stays. The first poll in a process survives
 * what passes by itself, since n8n would give the trigger up for good.
 */
export async function pollCases(context: IPollFunctions): Promise<Output | null> {
	const manual = context.getMode() === 'manual';
	const turn = manual ? NO_TURN : enter(context, MAX_PAGES);
	if (turn === undefined) return null;
	let limit: Limit | undefined;
	try {
		limit = readingLimit(context, turn.maxPages);
		const items = await (manual ? sample : poll)(context, limit);
		turn.leave(MAX_PAGES);
		return items;
	} catch (error) {
		// A poll that failed after some pages gets further with fewer, since its state stays where it was.
		const pages = limit?.pages() ?? 0;
		turn.leave(pages > 1 ? Math.floor(pages / 2) : turn.maxPages);
		if (!turn.first || !(error instanceof PollFailure) || !passes(context, error.failure))
			throw asNodeError(context, error);
		const { message, hint } = error.failure;
		context.logger.warn(`${context.getNode().name}: ${message}. The next poll tries again. ${hint}`);
		return null;
	}
}

async function poll(context: IPollFunctions, limit: Limit): Promise<Output | null> {
	const settings = parseSettings(context, Date.now());
	const { client, account } = await connect(context);
	const stored = context.getWorkflowStaticData('node');
	const before = JSON.stringify(stored);
	const means = { client, now: () => Date.now(), takePage: limit.takePage };
	const startAt = typeof stored.startAt === 'number' ? stored.startAt : settings.startAt;
	const reading = fetchFeed(means, stored, { ...settings, startAt, account });
	// Where the first poll cannot read, the next one still starts where it would have.
	const keepStart = () => {
		if (startAt !== undefined && Object.keys(stored).length === 0) stored.startAt = startAt;
	};
	reading.catch(keepStart);
	const { state, news, crowded, otherAccount } = await reading;

	if (otherAccount) warn(context, 'another OneTalk account than before is asked; the trigger starts anew');
	warnOfCrowds(context, crowded);
	tellBacklog(context, state, news);
	const after: IDataObject = { ...state, layout: LAYOUT, account };
	if (JSON.stringify(after) !== before) {
		Object.keys(stored).forEach((key) => delete stored[key]);
		Object.assign(stored, after);
	}
	return output(settings, news);
}

/**
 * Real cases, the newest ones that fit; the state is neither used nor written.
 *
 * @throws NodeOperationError where there is none, with what to do: a made-up case would teach the workflow wrong fields
 */
async function sample(context: IPollFunctions, { takePage }: Limit): Promise<Output | null> {
	const settings = parseSettings(context, Date.now());
	const { client } = await connect(context);
	const means = { client, now: () => Date.now(), takePage };
	const found = await fetchNewest(means, settings.isWanted, SAMPLE_SIZE);
	const items = output(settings, found.news) ?? output(settings, found.allNew);
	if (items === null) throw nothingToShow(context, found);
	return [items[0].slice(-SAMPLE_SIZE)];
}

function nothingToShow(context: IPollFunctions, { anyCase, finished }: Sample): NodeOperationError {
	const [message, description] = !finished ? TOO_SLOW : anyCase ? NONE_FITS : NO_CASE;
	return new NodeOperationError(context.getNode(), message, { description, level: 'info' });
}

const NO_CASE = [
	'There is no case in OneTalk yet',
	'OneTalk works, it only has nothing to show. Send a message to your channel, or open a case, and test again.',
];
const NONE_FITS = [
	'None of the newest cases fits "Trigger On" and "Filters"',
	'OneTalk works. For a test, choose "Case Created" and "Case Updated" and leave the filters empty: a test sees how cases are now, not what changed. Put your choice back before you publish.',
];
const TOO_SLOW = [
	'No case that fits was found in time',
	'OneTalk works, but there was too little time to read further. Test again, or choose "Case Created" and "Case Updated" and leave the filters empty for the test.',
];

/**
 * Whether the first poll of a process lets a failure pass. Where a person publishes the workflow, only what passes by
 * itself; where n8n starts it, also what something between it and OneTalk says.
 */
function passes(context: IPollFunctions, { lasting, code = '' }: Failure): boolean {
	if (!lasting) return true;
	const byPerson = ['activate', 'create', 'update'].includes(context.getActivationMode());
	const saidByOneTalk = /^(\d|HTTP 401|$)/u.test(code);
	return !byPerson && !saidByOneTalk;
}

/** One request is always made, so that every poll that works gets on. */
function readingLimit(context: IPollFunctions, maxPages: number): Limit {
	// Older n8n does not know the budget.
	const { getPollBudgetMs } = context as { getPollBudgetMs?: () => number };
	const budget = Math.min(getPollBudgetMs?.call(context) ?? MAX_BUDGET_MS, MAX_BUDGET_MS);
	const end = Date.now() + budget * BUDGET_SHARE;
	let pages = 0;
	return {
		pages: () => pages,
		takePage: () => pages++ === 0 || (pages <= maxPages && Date.now() < end),
	};
}

/** Oldest first. */
function output({ events }: Settings, news: CaseChange[]): Output | null {
	const items = [...news]
		.sort((a, b) => byTime(a.record, b.record))
		.map((one) => {
			const { record, ...happening } = one;
			return { json: { ...record, event: eventFor(events, one), ...happening } };
		});
	return items.length === 0 ? null : [items];
}

function tellBacklog(context: IPollFunctions, state: Stored, { length }: CaseChange[]): void {
	if ('search' in state || state.quiet) {
		say(
			context,
			'still looking for the newest case, and starts with what comes after it. The next poll goes on',
		);
		return;
	}
	const { lastTimestamp, passStarted } = state;
	if (passStarted === undefined) return;
	const minutes = Math.max(0, Math.round((Date.now() - lastTimestamp) / 60_000));
	say(
		context,
		`${length} cases now, read up to ${new Date(lastTimestamp).toISOString()}, about ${minutes} minutes behind. The next poll goes on from there`,
	);
}

function say(context: IPollFunctions, what: string): void {
	context.logger.info(`${context.getNode().name}: ${what}.`);
}

function warn(context: IPollFunctions, what: string): void {
	context.logger.warn(`${context.getNode().name}: ${what}.`);
}

function warnOfCrowds(context: IPollFunctions, crowded: number[]): void {
	for (const time of new Set(crowded)) {
		warn(
			context,
			`as many cases as fit a page were changed in the same millisecond (${new Date(time).toISOString()}). OneTalk cannot show whether there are more; the trigger goes on after them`,
		);
	}
}
