/** The search for the newest case, as pure steps: which time to ask for next. */

import { versionTime } from '../../api/integration/cases';
import { MAX_TIME_MS } from '../../api/limits';
import { isRecord } from '../../api/text';
import type { CasePage } from '../../api/types';

/**
 * A search for the end of the feed, request by request: the API returns the oldest cases after a time and offers no way to
 * ask for the newest, and n8n's clock may differ from the server's by minutes. Times are Unix ms.
 */
export interface Search {
	/** The `since_timestamp` to ask next; undefined once the end is near enough to read on from `from`. */
	ask: number | undefined;
	/** The latest `since_timestamp` that returned cases; 0 where none did. */
	from: number;
	/** The newest time of a case that was seen; 0 where there is no case. */
	newest: number;
	/** A time from which on the server returns nothing. */
	emptyFrom: number;
	/** The size of the next step, in ms. */
	step: number;
	requests: number;
}

const FIRST_STEP_MS = 60_000;
const STEP_FACTOR = 16;
/** The search ends this many ms before the end; the rest is read page by page. */
const NEAR_MS = 60_000;
/** More than any search takes. A server that ignores `since_timestamp` would otherwise never end it. */
const MAX_REQUESTS = 60;

/** Starts a search near a time (Unix ms) that need not be exact. */
export function beginSearch(now: number): Search {
	return {
		ask: now - FIRST_STEP_MS,
		from: 0,
		newest: 0,
		emptyFrom: MAX_TIME_MS,
		step: FIRST_STEP_MS,
		requests: 0,
	};
}

/** Adds the page that was fetched with `search.ask`, and says what to ask next. */
export function narrowSearch(search: Search, page: CasePage): Search {
	const { ask } = search;
	if (ask === undefined) return search;
	const step = search.step * STEP_FACTOR;
	const requests = search.requests + 1;
	if (page.cases.length === 0) {
		const emptyFrom = Math.min(search.emptyFrom, ask);
		const before = search.newest > 0 ? middle(search.newest, emptyFrom) : jumpBack(ask, step);
		return { ...search, emptyFrom, step, requests, ask: requests < MAX_REQUESTS ? before : undefined };
	}
	const onPage = page.cases.reduce((time, record) => Math.max(time, versionTime(record)), 0);
	const newest = Math.max(search.newest, onPage);
	const found = { ...search, from: ask, newest, step, requests };
	// A server that returns cases from before `since_timestamp` cannot be searched.
	if (!page.hasMore || onPage < ask || requests >= MAX_REQUESTS) return { ...found, ask: undefined };
	return {
		...found,
		ask: search.emptyFrom === MAX_TIME_MS ? newest + step : middle(newest, search.emptyFrom),
	};
}

/** Parses the search that an earlier poll has stored, or whatever else is found there. */
export function parseSearch(data: unknown): Search | undefined {
	if (!isRecord(data)) return undefined;
	const { ask, from, newest, emptyFrom, step, requests } = data;
	const numbers = [ask, from, newest, emptyFrom, step, requests];
	return numbers.every((it) => typeof it === 'number' && Number.isFinite(it))
		? (data as unknown as Search)
		: undefined;
}

/** Undefined where the whole past has been asked for already. */
function jumpBack(ask: number, step: number): number | undefined {
	return ask <= 1 ? undefined : Math.max(1, ask - step);
}

function middle(from: number, to: number): number | undefined {
	return to - from <= NEAR_MS ? undefined : Math.floor((from + to) / 2);
}
