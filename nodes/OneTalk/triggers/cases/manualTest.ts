/** What "Fetch Test Event" shows: real cases, without touching the state of the trigger. */

import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { connect } from '../../api/client';
import { integration } from '../../api/integration/service';
import { applyPage, beginPass, type CaseChange, type PollSelection } from './feed';
import { fetchEnd, fetchPage, type FeedAccess } from './fetchFeed';
import { outputOf, type PollOutput } from './output';
import type { PageBudget } from './pageBudget';
import { parseSettings } from './settings';

/** A manual test shows at most this many cases. */
const SAMPLE_SIZE = 10;

/**
 * Real cases, the newest ones that fit; the state is neither used nor written.
 *
 * @throws NodeOperationError where there is none, with what to do: a made-up case would teach the workflow wrong fields
 */
export async function fetchTestCases(
	context: IPollFunctions,
	{ takePage }: PageBudget,
): Promise<PollOutput | null> {
	const settings = parseSettings(context, Date.now());
	const { client } = await connect(context, integration);
	const found = await fetchNewest(
		{ client, now: () => Date.now(), takePage },
		settings.isWanted,
		SAMPLE_SIZE,
	);
	const items = outputOf(settings, found.changes) ?? outputOf(settings, found.allNew);
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

/** Cases for a manual test, compared as in a feed that starts right before them, and as in one that knows no case. */
interface Sample {
	changes: CaseChange[];
	allNew: CaseChange[];
	/** Whether there is any case at all. */
	anyCase: boolean;
	/** Whether there was time to see the newest cases. */
	finished: boolean;
}

/** How far before the newest case a sample starts, in ms; 16 times as far each time that it has too few cases. */
const FIRST_DISTANCE_MS = 60_000;
const DISTANCE_FACTOR = 16;

/**
 * Fetches the newest cases of the feed that are wanted, by the same code as a poll, without any state. Where they are fewer
 * than enough, it looks further back.
 *
 * @throws {PollFailure} at the first answer that is not a success
 */
async function fetchNewest(
	access: FeedAccess,
	isWanted: PollSelection['isWanted'],
	enough: number,
): Promise<Sample> {
	const { search } = await fetchEnd(access);
	const anyCase = search.newest > 0;
	let sample: Found = { changes: [], allNew: [], finished: search.ask === undefined };
	let { from } = search;
	for (let back = FIRST_DISTANCE_MS; sample.finished; back *= DISTANCE_FACTOR) {
		const found = await fetchSample(access, isWanted, from);
		if (found.finished || sample.allNew.length === 0) sample = found;
		if (!found.finished || sample.allNew.length >= enough || from <= 1) break;
		from = Math.max(1, Math.min(from, search.newest) - back);
	}
	return { ...sample, anyCase };
}

type Found = Omit<Sample, 'anyCase'>;

async function fetchSample(
	access: FeedAccess,
	isWanted: PollSelection['isWanted'],
	from: number,
): Promise<Found> {
	const start = { lastTimestamp: from, since: from, seenFrom: 0, seen: [], snapshots: [] };
	const pass = beginPass({ ...start, level: from }, access.now());
	const fromNothing = beginPass({ ...start, level: 0 }, access.now());
	const selection = { isWanted, maxCases: Infinity };
	while (pass.since !== undefined && access.takePage()) {
		const page = await fetchPage(access.client, pass.since);
		applyPage(pass, page, selection);
		applyPage(fromNothing, page, selection);
	}
	return {
		changes: pass.changes,
		allNew: fromNothing.changes,
		finished: pass.since === undefined,
	};
}
