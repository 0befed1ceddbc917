/**
 * One poll of the trigger. Who calls whom:
 *
 *   pollCases            one poll at a time (pollTurns), errors for n8n (failures)
 *   ├─ manual run        manualTest: the newest real case, no state
 *   └─ production        poll: parses the settings, fetches, stores the state, emits
 *      ├─ settings       the node's parameters, with filters
 *      ├─ fetchFeed      the requests: is the state this account's, where to start, page after page
 *      │  ├─ state       what is stored between polls, parsed
 *      │  ├─ findEnd     no state yet: a search for the newest case, request by request
 *      │  └─ feed        pure: a pass over pages, which versions are new, the next state
 *      │     └─ events   pure: a case against its snapshot, what changed
 *      ├─ pageBudget     how many pages, and for how long
 *      └─ output         the items
 */

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { connect } from '../../api/client';
import { integration } from '../../api/integration/service';
import type { Failure } from '../../api/types';
import { asNodeError, PollFailure } from './failures';
import type { CaseChange } from './feed';
import { feedAccess, fetchFeed, START_KEYS, type Stored } from './fetchFeed';
import { fetchTestCase } from './manualTest';
import { outputOf, type PollOutput } from './output';
import { createPageBudget, MAX_PAGES, type PageBudget } from './pageBudget';
import { beginPollTurn } from './pollTurns';
import { parseSettings, type Settings } from './settings';
import { LAYOUT } from './state';

/** A manual test neither waits for the trigger's own polls nor counts as one. */
const NO_TURN = { first: false, maxPages: MAX_PAGES, leave: () => {} };

/**
 * One poll: new versions of cases since the last one, or null. The state is written once, at the end, so that what a
 * poll emits and what it remembers are either both kept or both lost.
 *
 * @throws NodeApiError where OneTalk did not give the cases; the state then stays as it was. The first poll in a process
 * survives transient failures, since n8n would otherwise stop the trigger permanently.
 */
export async function pollCases(context: IPollFunctions): Promise<PollOutput | null> {
	const manual = context.getMode() === 'manual';
	const turn = manual ? NO_TURN : beginPollTurn(context, MAX_PAGES);
	if (turn === undefined) return null;
	let budget: PageBudget | undefined;
	try {
		budget = createPageBudget(context, turn.maxPages);
		const items = await (manual ? fetchTestCase : poll)(context, budget);
		turn.leave(MAX_PAGES);
		return items;
	} catch (error) {
		// After a failure the next poll fetches fewer pages: the state stays, so it has to get through the same ones.
		const pages = budget?.pages() ?? 0;
		turn.leave(pages > 1 ? Math.floor(pages / 2) : turn.maxPages);
		if (!manual && error instanceof PollFailure) keepStart(context);
		if (!turn.first || !(error instanceof PollFailure) || !isSurvived(context, error.failure))
			throw asNodeError(context, error);
		const { message, hint } = error.failure;
		context.logger.warn(`${context.getNode().name}: ${message}. The next poll tries again. ${hint}`);
		return null;
	}
}

async function poll(context: IPollFunctions, budget: PageBudget): Promise<PollOutput | null> {
	const settings = parseSettings(context, Date.now());
	const { client, account } = await connect(context, integration);
	const access = feedAccess(client, budget);
	const stored = context.getWorkflowStaticData('node');
	const before = JSON.stringify(stored);
	const { state, changes, crowded, otherAccount } = await fetchFeed(access, stored, {
		...settings,
		startAt: storedStart(stored, settings) ?? settings.startAt,
		account,
	});

	if (otherAccount)
		warn(context, 'the credential belongs to another OneTalk account than before; the trigger starts again');
	warnOfCrowds(context, crowded);
	logBacklog(context, state, changes);
	const after: IDataObject = { ...state, layout: LAYOUT, account };
	if (JSON.stringify(after) !== before) {
		Object.keys(stored).forEach((key) => delete stored[key]);
		Object.assign(stored, after);
	}
	return outputOf(settings, changes);
}

/**
 * Where the first poll fails, the next one still starts where this one would have: hours and days back are not counted anew.
 * A start that is chosen later counts instead.
 */
function keepStart(context: IPollFunctions): void {
	const stored = context.getWorkflowStaticData('node');
	const { startAt, startFrom } = parseSettings(context, Date.now());
	const isFirst = Object.keys(stored).every((key) => START_KEYS.includes(key));
	if (startAt === undefined || !isFirst || stored.startFrom === startFrom) return;
	Object.assign(stored, { startAt, startFrom });
}

function storedStart(stored: IDataObject, { startFrom }: Settings): number | undefined {
	return stored.startFrom === startFrom && typeof stored.startAt === 'number' ? stored.startAt : undefined;
}

/**
 * Whether the first poll of a process survives a failure. Where a person publishes the workflow, only transient ones;
 * where n8n starts it, also answers that are not OneTalk's but of something between n8n and OneTalk.
 */
function isSurvived(context: IPollFunctions, { lasting, code = '' }: Failure): boolean {
	if (!lasting) return true;
	const byPerson = ['activate', 'create', 'update'].includes(context.getActivationMode());
	const saidByOneTalk = /^(\d|HTTP 401|$)/u.test(code);
	return !byPerson && !saidByOneTalk;
}

function logBacklog(context: IPollFunctions, state: Stored, { length }: CaseChange[]): void {
	if ('search' in state || state.quiet) {
		say(
			context,
			'still looking for the newest case, and starts with what comes after it. The next poll continues',
		);
		return;
	}
	const { lastTimestamp, passStarted } = state;
	if (passStarted === undefined) return;
	const minutes = Math.max(0, Math.round((Date.now() - lastTimestamp) / 60_000));
	say(
		context,
		`${length} cases now, read up to ${new Date(lastTimestamp).toISOString()}, about ${minutes} minutes behind. The next poll continues from there`,
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
			`more cases than fit a page may have been changed in the same millisecond (${new Date(time).toISOString()}). OneTalk's API cannot show the rest; the trigger continues after them`,
		);
	}
}
