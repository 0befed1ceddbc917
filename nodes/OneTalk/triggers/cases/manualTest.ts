/** What "Fetch Test Event" shows: one real case, without touching the state of the trigger. */

import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { connect } from '../../api/client';
import { byTime } from '../../api/integration/cases';
import { integration } from '../../api/integration/service';
import { applyPage, beginPass, type CaseChange } from './feed';
import { feedAccess, fetchEnd, fetchPage, type FeedAccess } from './fetchFeed';
import { outputOf, type PollOutput } from './output';
import type { PageBudget } from './pageBudget';
import { eventLabel } from './properties';
import { sampleEvent } from './sampleEvent';
import { eventFor, filtersWithoutMatch, parseSettings, type Settings } from './settings';

/**
 * The newest real case that matches the filters. If no selected event has happened to it, it is shown as the first selected
 * event, and says so. The state is neither used nor written.
 *
 * @throws NodeOperationError where no case matches, with what to do: a made-up case would teach the workflow wrong fields
 */
export async function fetchTestCase(context: IPollFunctions, budget: PageBudget): Promise<PollOutput | null> {
	const settings = parseSettings(context, Date.now());
	const { client } = await connect(context, integration);
	const newest = await fetchNewest(feedAccess(client, budget), settings.matchesFilters);
	const change = eventOf(newest, settings) ?? shownAs(newest, settings);
	if (change === undefined) throw nothingToShow(context, newest);
	return outputOf(settings, [change]);
}

/** The newest case to which a selected event has happened, as far as the API shows it. */
function eventOf({ changes, allNew }: Newest, { events, matchesFilters }: Settings): CaseChange | undefined {
	const isWanted = (change: CaseChange) =>
		eventFor(events, change) !== undefined && matchesFilters(change.record);
	return changes.filter(isWanted).pop() ?? allNew.filter(isWanted).pop();
}

/** The newest case that matches the filters, shown as the first selected event. */
function shownAs({ allNew }: Newest, { events, matchesFilters }: Settings): CaseChange | undefined {
	const found = allNew.filter(({ record }) => matchesFilters(record)).pop();
	return found && sampleEvent(found.record, events[0], eventLabel(events[0]));
}

function nothingToShow(context: IPollFunctions, { allNew, anyCase, finished }: Newest): NodeOperationError {
	const [message, description] = !anyCase
		? NO_CASE
		: allNew.length === 0
			? NO_TIME
			: noMatch(context, allNew, finished);
	return new NodeOperationError(context.getNode(), message, { description, level: 'info' });
}

const NO_CASE = [
	'There is no case in OneTalk yet',
	'OneTalk works, it only has nothing to show. Send a message to your channel, or open a case, and test again.',
];

const NO_TIME = [
	'The newest cases were not found in time',
	'OneTalk works, but there was too little time to find its newest cases. Test again.',
];

function noMatch(context: IPollFunctions, allNew: CaseChange[], finished: boolean): string[] {
	const names = filtersWithoutMatch(
		context,
		allNew.map(({ record }) => record),
	).map((label) => `"${label}"`);
	const which =
		names.length > 0
			? `None of them matches ${names.join(' or ')}.`
			: 'Each filter matches some, but no case matches all.';
	return [
		`None of the newest ${allNew.length} cases matches the filters`,
		`OneTalk works. ${which}${finished ? '' : ' There was no time to look at older cases.'} For a test, remove the filter; add it again before you publish.`,
	];
}

/** The newest cases, compared as in a feed that starts right before them, and as in one that knows no case. */
interface Newest {
	/** Oldest first. */
	changes: CaseChange[];
	allNew: CaseChange[];
	/** Whether there is any case at all, as far as there was time to look. */
	anyCase: boolean;
	/** Whether there was time to go back far enough. */
	finished: boolean;
}

/** How far before the newest case to start, in ms; 16 times as far each time that no case matches. */
const FIRST_DISTANCE_MS = 60_000;
const DISTANCE_FACTOR = 16;

/**
 * Fetches the newest cases by the same code as a poll, without any state. Where none matches, it looks further back.
 *
 * @throws {PollFailure} at the first answer that is not a success
 */
async function fetchNewest(access: FeedAccess, matches: Settings['matchesFilters']): Promise<Newest> {
	const { search } = await fetchEnd(access);
	const finished = search.ask === undefined;
	const anyCase = search.newest > 0 || !finished;
	let newest: Newest = { changes: [], allNew: [], anyCase, finished };
	let { from } = search;
	for (let distance = FIRST_DISTANCE_MS; newest.finished; distance *= DISTANCE_FACTOR) {
		const found = { ...(await fetchFrom(access, from)), anyCase };
		if (found.finished || newest.allNew.length === 0) newest = found;
		if (!found.finished || newest.allNew.some(({ record }) => matches(record)) || from <= 1) break;
		from = Math.max(1, Math.min(from, search.newest) - distance);
	}
	return newest;
}

async function fetchFrom(access: FeedAccess, from: number): Promise<Omit<Newest, 'anyCase'>> {
	const start = { lastTimestamp: from, since: from, seenFrom: 0, seen: [], snapshots: [] };
	const pass = beginPass({ ...start, level: from }, access.now());
	const fromNothing = beginPass({ ...start, level: 0 }, access.now());
	const selection = { isWanted: () => true, maxCases: Infinity };
	while (pass.since !== undefined && access.takePage()) {
		const page = await fetchPage(access.client, pass.since);
		applyPage(pass, page, selection);
		applyPage(fromNothing, page, selection);
	}
	const sorted = (changes: CaseChange[]) => changes.sort((a, b) => byTime(a.record, b.record));
	return {
		changes: sorted(pass.changes),
		allNew: sorted(fromNothing.changes),
		finished: pass.since === undefined,
	};
}
