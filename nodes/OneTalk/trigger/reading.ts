import { casesSince } from '../api/cases';
import type { Client } from '../api/client';
import { casePage } from '../api/envelope';
import type { CasePage, Failure } from '../api/types';
import { beginPass, endPass, readPage, type News, type Pass } from './feed';
import { beginSearch, narrow } from './search';
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
	/** Whether one more page may be asked for, after so many. */
	mayRead: (pages: number) => boolean;
}

/** What a reading found. */
export interface Reading {
	state: FeedState;
	/** Oldest page first. */
	news: News[];
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
}

/**
 * Reads what is new since the stored state. The first reading only learns where the feed stands: it has no news.
 *
 * @param stored what an earlier reading left, or whatever else is found there
 * @param lookBack in ms
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function readFeed(means: Means, stored: unknown, lookBack: number): Promise<Reading> {
	const known = readState(stored);
	const pass = beginPass(known ?? (await startingState(means, lookBack)), means.now());
	await readOn(means, pass);
	return {
		state: endPass(pass, means.now(), lookBack),
		news: known === undefined ? [] : pass.news,
		crowded: pass.crowded,
	};
}

/**
 * Reads the newest cases of the feed, found and labelled by the same code; needs and makes no state.
 *
 * @throws {PollFailure} at the first answer that is not a success
 */
export async function readNewest(means: Means): Promise<News[]> {
	const { from } = await findEnd(means);
	const pass = beginPass(
		{ lastTimestamp: from, since: from, level: from, knownFrom: 0, seen: [] },
		means.now(),
	);
	await readOn(means, pass);
	return pass.news;
}

/** Before the first poll everything the server shows is old; only the look-back before its end need be known. */
async function startingState(means: Means, lookBack: number): Promise<FeedState> {
	const { newest } = await findEnd(means);
	const since = Math.max(0, newest - lookBack - 1);
	return { lastTimestamp: newest, since, level: newest, knownFrom: 0, seen: [] };
}

async function findEnd({ client, now }: Means): Promise<{ from: number; newest: number }> {
	let search = beginSearch(now());
	while (search.ask !== undefined) search = narrow(search, await getPage(client, search.ask));
	return search;
}

async function readOn({ client, mayRead }: Means, pass: Pass): Promise<void> {
	for (let pages = 0; pass.since !== undefined && mayRead(pages); pages++) {
		readPage(pass, await getPage(client, pass.since));
	}
}

async function getPage(client: Client, since: number): Promise<CasePage> {
	const answer = await client(casesSince(since));
	if (!answer.ok) throw new PollFailure(answer.failure);
	return casePage(answer.data);
}
