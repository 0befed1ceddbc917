import type { IDataObject } from 'n8n-workflow';

import { casesSince } from '../api/cases';
import type { Client } from '../api/client';
import { casePage } from '../api/envelope';
import type { CasePage, Failure } from '../api/types';
import { beginPass, endPass, readPage, type News, type Pass } from './feed';
import { beginSearch, narrow, readSearch, type Search } from './search';
import { readState, type FeedState } from './state';

/** The server's answer was a failure; it carries what is known of it. */
export class PollFailure extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

/** What a reading may use. */
export interface Means {
	client: Client;
	/** n8n's clock, in ms; only differences of it decide about anything. */
	now: () => number;
	/** Whether one more page may be asked for; the first may always. */
	mayRead: () => boolean;
}

/** What a reading found. */
export interface Reading {
	/** What to store: where the feed stands, or how far the search for its end has come. */
	state: FeedState | { search: Search };
	/** Oldest page first. */
	news: News[];
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
}

/**
 * Reads what is new since the stored state. The first pass only learns where the feed stands: it has no news.
 *
 * @param stored what an earlier reading left, or whatever else is found there
 * @param lookBack in ms
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function readFeed(means: Means, stored: IDataObject, lookBack: number): Promise<Reading> {
	let start = readState(stored);
	if (start === undefined) {
		const search = await findEnd(means, readSearch(stored.search));
		if (search.ask !== undefined) return { state: { search }, news: [], crowded: [] };
		start = startingState(search, lookBack);
	}
	const pass = beginPass(start, means.now());
	await readOn(means, pass);
	const state = endPass(pass, means.now(), lookBack);
	return { state, news: start.quiet ? [] : pass.news, crowded: pass.crowded };
}

/**
 * Reads the newest cases of the feed, found and labelled by the same code; needs and makes no state. They are labelled as
 * for a feed that stood right before them, and as for one that knows no case at all.
 *
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function readNewest(means: Means): Promise<{ news: News[]; allNew: News[] }> {
	const { from } = await findEnd(means);
	const start = { lastTimestamp: from, since: from, knownFrom: 0, seen: [] };
	const pass = beginPass({ ...start, level: from }, means.now());
	const fromNothing = beginPass({ ...start, level: 0 }, means.now());
	while (pass.since !== undefined && means.mayRead()) {
		const page = await getPage(means.client, pass.since);
		readPage(pass, page);
		readPage(fromNothing, page);
	}
	return { news: pass.news, allNew: fromNothing.news };
}

/** Before the first pass everything the server shows is old; only the look-back before its end need be known. */
function startingState({ newest }: Search, lookBack: number): FeedState {
	const since = Math.max(0, newest - lookBack - 1);
	return {
		lastTimestamp: newest,
		since,
		level: newest,
		knownFrom: since === 0 ? 0 : since + 1,
		quiet: true,
		seen: [],
	};
}

async function findEnd({ client, now, mayRead }: Means, left?: Search): Promise<Search> {
	let search = left ?? beginSearch(now());
	while (search.ask !== undefined && mayRead()) search = narrow(search, await getPage(client, search.ask));
	return search;
}

async function readOn({ client, mayRead }: Means, pass: Pass): Promise<void> {
	while (pass.since !== undefined && mayRead()) readPage(pass, await getPage(client, pass.since));
}

async function getPage(client: Client, since: number): Promise<CasePage> {
	const answer = await client(casesSince(since));
	if (!answer.ok) throw new PollFailure(answer.failure);
	return casePage(answer.data);
}
