/** Fetches the feed from where the stored state says, and gives the changes to emit and the state to store. */

import type { IDataObject } from 'n8n-workflow';

import { casesSince } from '../../api/integration/cases';
import type { Client } from '../../api/client';
import { casePage } from '../../api/integration/envelope';
import { MAX_SNAPSHOTS } from '../../api/limits';
import type { CasePage } from '../../api/types';
import type { Snapshot } from './events';
import { PollFailure } from './failures';
import type { PageBudget } from './pageBudget';
import {
	beginPass,
	endPass,
	applyPage,
	remember,
	type CaseChange,
	type FeedPass,
	type PollSelection,
} from './feed';
import { beginSearch, narrowSearch, parseSearch, type Search } from './findEnd';
import { parseSnapshots, parseState, stateAt, type FeedState } from './state';

/** What is stored where no poll has worked yet: the start, and the setting that it was made from. */
export const START_KEYS = ['startAt', 'startFrom'];

/** What fetching may use. */
export interface FeedAccess {
	client: Client;
	/** n8n's clock, in ms; only differences of it matter. */
	now: () => number;
	/** Counts one more page, and says whether it may be fetched; the first always may. */
	takePage: () => boolean;
}

/** Fetching within the limits of one poll. */
export function feedAccess(client: Client, { takePage, timeoutMs }: PageBudget): FeedAccess {
	return {
		client: async (request) => await client(request, timeoutMs()),
		now: () => Date.now(),
		takePage,
	};
}

/** How the feed is fetched. */
export interface FeedSettings extends PollSelection {
	/** In ms. */
	lookBack: number;
	/** Where the feed starts at its first pass, Unix ms; left out: with what comes from now on. */
	startAt?: number;
	/** A fingerprint of the account. */
	account: string;
}

/** What to store: the state of the feed, or how far the search for its end has come. */
export type Stored = FeedState | EndOfFeed;

/** What was fetched. */
export interface FeedResult {
	state: Stored;
	/** What the poll emits, oldest page first. */
	changes: CaseChange[];
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
	/** Set where the stored state belongs to another account, and was not used. */
	otherAccount: boolean;
}

/**
 * Fetches what is new since the stored state. Without a state, the first pass only finds the end of the feed and has no
 * changes, unless the settings say where to start.
 *
 * @param stored what an earlier poll has stored, or whatever else is found there
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function fetchFeed(
	access: FeedAccess,
	stored: IDataObject,
	settings: FeedSettings,
): Promise<FeedResult> {
	const { lookBack, startAt, account } = settings;
	const otherAccount = !(await belongsTo(access.client, stored, account));
	const own = otherAccount ? {} : stored;
	const isFirst = Object.keys(own).every((key) => START_KEYS.includes(key));
	let start =
		parseState(own) ?? (startAt === undefined || !isFirst ? undefined : stateAt(Math.max(0, startAt - 1)));
	if (start === undefined) {
		const found = await fetchEnd(access, parseSearch(own.search), parseSnapshots(own.snapshots));
		if (found.search.ask !== undefined) return { state: found, changes: [], crowded: [], otherAccount };
		start = startingState(found, lookBack);
	}
	const pass = beginPass(start, access.now());
	await fetchPages(access, pass, settings);
	return {
		state: endPass(pass, access.now(), lookBack),
		changes: pass.changes,
		crowded: pass.crowded,
		otherAccount,
	};
}

/**
 * Whether a state belongs to this account. A new API key of the same account shows cases that are remembered; without that
 * proof another key's state is not used.
 */
async function belongsTo(client: Client, stored: IDataObject, account: string): Promise<boolean> {
	if (stored.account === undefined || stored.account === account) return true;
	const snapshots = parseSnapshots(stored.snapshots);
	if (snapshots.length === 0) return false;
	const ids = new Set(snapshots.map(([id]) => id));
	const oldest = snapshots.reduce((time, [, seenAt]) => Math.min(time, seenAt), Infinity);
	const page = await fetchPage(client, oldest - 1);
	return page.cases.some(({ id }) => ids.has(id));
}

/** Before the first pass everything the server shows existed before; only the look-back before its end has to be fetched. */
function startingState({ search: { newest }, snapshots }: EndOfFeed, lookBack: number): FeedState {
	const since = Math.max(0, newest - lookBack - 1);
	return {
		lastTimestamp: newest,
		since,
		level: newest,
		seenFrom: since === 0 ? 0 : since + 1,
		quiet: true,
		seen: [],
		snapshots,
	};
}

/** How far the search for the end of the feed has come, and the snapshots of the cases it met. */
export interface EndOfFeed {
	search: Search;
	snapshots: Snapshot[];
}

/** Searches for the end of the feed. Cases met on the way are kept as snapshots: if one changes next, it is known as it was. */
export async function fetchEnd(
	{ client, now, takePage }: FeedAccess,
	unfinished?: Search,
	stored: Snapshot[] = [],
): Promise<EndOfFeed> {
	const snapshots = new Map(stored.map((snapshot) => [snapshot[0], snapshot]));
	let search = unfinished ?? beginSearch(now());
	while (search.ask !== undefined && takePage()) {
		const page = await fetchPage(client, search.ask);
		page.cases.forEach((record) => remember(snapshots, record));
		search = narrowSearch(search, page);
	}
	return { search, snapshots: [...snapshots.values()].sort((a, b) => a[1] - b[1]).slice(-MAX_SNAPSHOTS) };
}

async function fetchPages(
	{ client, takePage }: FeedAccess,
	pass: FeedPass,
	selection: PollSelection,
): Promise<void> {
	while (pass.since !== undefined && !pass.full && takePage()) {
		applyPage(pass, await fetchPage(client, pass.since), selection);
	}
}

/** @throws {PollFailure} where the answer is not a success */
export async function fetchPage(client: Client, since: number): Promise<CasePage> {
	const answer = await client(casesSince(since));
	if (!answer.ok) throw new PollFailure(answer.failure);
	return casePage(answer.data);
}
