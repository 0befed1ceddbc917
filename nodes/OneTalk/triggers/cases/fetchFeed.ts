import type { IDataObject } from 'n8n-workflow';

import { casesSince } from '../../api/integration/cases';
import type { Client } from '../../api/client';
import { casePage } from '../../api/integration/envelope';
import { MAX_SNAPSHOTS } from '../../api/limits';
import type { CasePage } from '../../api/types';
import type { Snapshot } from './events';
import { PollFailure } from './failures';
import { beginPass, endPass, applyPage, remember, type CaseChange, type FeedPass, type PollSelection } from './feed';
import { beginSearch, narrowSearch, parseSearch, type Search } from './findEnd';
import { parseSnapshots, parseState, stateAt, type FeedState } from './state';

/** What a reading may use. */
export interface Means {
	client: Client;
	/** n8n's clock, in ms; only differences of it decide about anything. */
	now: () => number;
	/** Whether one more page may be asked for; the first may always. */
	takePage: () => boolean;
}

/** How the feed is to be read. */
export interface FeedSettings extends PollSelection {
	/** In ms. */
	lookBack: number;
	/** Where the feed begins at its first reading, Unix ms; left out: with what comes from now on. */
	startAt?: number;
	/** A fingerprint of the account that is asked. */
	account: string;
}

/** What to store: where the feed stands, or how far the search for its end has come. */
export type Stored = FeedState | { search: Search; known: Snapshot[] };

/** What a reading found. */
export interface FeedResult {
	state: Stored;
	/** What the poll puts out, oldest page first. */
	news: CaseChange[];
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
	/** Set where the stored state was another account's, and was not used. */
	otherAccount: boolean;
}

/**
 * Reads what is new since the stored state. Without one, the first pass only learns where the feed stands, and has no
 * news, unless the settings say where to start.
 *
 * @param stored what an earlier reading left, or whatever else is found there
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function fetchFeed(means: Means, stored: IDataObject, settings: FeedSettings): Promise<FeedResult> {
	const { lookBack, startAt, account } = settings;
	const otherAccount = !(await isOf(means.client, stored, account));
	const own = otherAccount ? {} : stored;
	const isFirst = Object.keys(own).every((key) => key === 'startAt');
	let start =
		parseState(own) ?? (startAt === undefined || !isFirst ? undefined : stateAt(Math.max(0, startAt - 1)));
	if (start === undefined) {
		const { search, known } = await findEnd(means, parseSearch(own.search), parseSnapshots(own.known));
		if (search.ask !== undefined) return { state: { search, known }, news: [], crowded: [], otherAccount };
		start = startingState(search, known, lookBack);
	}
	const pass = beginPass(start, means.now());
	await fetchPages(means, pass, settings);
	return {
		state: endPass(pass, means.now(), lookBack),
		news: pass.news,
		crowded: pass.crowded,
		otherAccount,
	};
}

/** What was found for a sample: labelled as for a feed that stood right before it, and as for one that knows no case. */
export interface Sample {
	news: CaseChange[];
	allNew: CaseChange[];
	/** Whether there is any case, whatever is wanted. */
	anyCase: boolean;
	/** Whether there was time to see the newest cases. */
	finished: boolean;
}

/** How much further back a sample looks each time that it has too few cases. */
const FURTHER = 16;
const FIRST_SAMPLE_MS = 60_000;

/**
 * Reads the newest cases of the feed that are wanted, found and labelled by the same code; needs and makes no state. Where
 * they are fewer than enough, it looks further back.
 *
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function fetchNewest(
	means: Means,
	isWanted: PollSelection['isWanted'],
	enough: number,
): Promise<Sample> {
	const { search } = await findEnd(means);
	const anyCase = search.newest > 0;
	let sample: Found = { news: [], allNew: [], finished: search.ask === undefined };
	let { from } = search;
	for (let back = FIRST_SAMPLE_MS; sample.finished; back *= FURTHER) {
		const found = await fetchSample(means, isWanted, from);
		if (found.finished || sample.allNew.length === 0) sample = found;
		if (!found.finished || sample.allNew.length >= enough || from <= 1) break;
		from = Math.max(1, Math.min(from, search.newest) - back);
	}
	return { ...sample, anyCase };
}

type Found = Omit<Sample, 'anyCase'>;

async function fetchSample(means: Means, isWanted: PollSelection['isWanted'], from: number): Promise<Found> {
	const start = { lastTimestamp: from, since: from, seenFrom: 0, seen: [], known: [] };
	const pass = beginPass({ ...start, level: from }, means.now());
	const fromNothing = beginPass({ ...start, level: 0 }, means.now());
	const selection = { isWanted, maxCases: Infinity };
	while (pass.since !== undefined && means.takePage()) {
		const page = await fetchPage(means.client, pass.since);
		applyPage(pass, page, selection);
		applyPage(fromNothing, page, selection);
	}
	return {
		news: pass.news,
		allNew: fromNothing.news,
		finished: pass.since === undefined,
	};
}

/**
 * Whether a state belongs to the account that is asked. A new API key of the same account shows cases that are remembered;
 * without such a proof another key's state is not used.
 */
async function isOf(client: Client, stored: IDataObject, account: string): Promise<boolean> {
	if (stored.account === undefined || stored.account === account) return true;
	const known = parseSnapshots(stored.known);
	if (known.length === 0) return false;
	const ids = new Set(known.map(([id]) => id));
	const oldest = known.reduce((time, [, seenAt]) => Math.min(time, seenAt), Infinity);
	const page = await fetchPage(client, oldest - 1);
	return page.cases.some(({ id }) => ids.has(id));
}

/** Before the first pass everything the server shows is old; only the look-back before its end need be known. */
function startingState({ newest }: Search, known: Snapshot[], lookBack: number): FeedState {
	const since = Math.max(0, newest - lookBack - 1);
	return {
		lastTimestamp: newest,
		since,
		level: newest,
		seenFrom: since === 0 ? 0 : since + 1,
		quiet: true,
		seen: [],
		known,
	};
}

/** The cases that a search comes by are remembered: one that changes next is then known as it was. */
async function findEnd(
	{ client, now, takePage }: Means,
	left?: Search,
	remembered: Snapshot[] = [],
): Promise<{ search: Search; known: Snapshot[] }> {
	const known = new Map(remembered.map((snapshot) => [snapshot[0], snapshot]));
	let search = left ?? beginSearch(now());
	while (search.ask !== undefined && takePage()) {
		const page = await fetchPage(client, search.ask);
		page.cases.forEach((record) => remember(known, record));
		search = narrowSearch(search, page);
	}
	return { search, known: [...known.values()].sort((a, b) => a[1] - b[1]).slice(-MAX_SNAPSHOTS) };
}

async function fetchPages({ client, takePage }: Means, pass: FeedPass, selection: PollSelection): Promise<void> {
	while (pass.since !== undefined && !pass.full && takePage()) {
		applyPage(pass, await fetchPage(client, pass.since), selection);
	}
}

async function fetchPage(client: Client, since: number): Promise<CasePage> {
	const answer = await client(casesSince(since));
	if (!answer.ok) throw new PollFailure(answer.failure);
	return casePage(answer.data);
}
