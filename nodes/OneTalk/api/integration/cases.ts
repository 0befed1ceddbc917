/** The list of updated cases: its request, its paging, and the order of case versions. */

import { MAX_PAGE_SIZE } from '../limits';
import type { CasePage, OneTalkCase, OneTalkRequest } from '../types';

/** When a case was last changed, in Unix ms: `updatedTime`, or `createdTime` where it was never updated (0). */
export function versionTime({ updatedTime, createdTime }: OneTalkCase): number {
	return updatedTime || createdTime || 0;
}

/** The key of one version of one case. */
export function versionKey(record: OneTalkCase): string {
	return `${record.id}@${versionTime(record)}`;
}

/** Oldest change first; equal times by ID, so that the order never depends on the server's. */
export function byTime(a: OneTalkCase, b: OneTalkCase): number {
	return versionTime(a) - versionTime(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The request for one page of cases changed since a time in Unix ms. A time of 0 could be taken for a missing one. */
export function casesSince(since: number, limit = MAX_PAGE_SIZE): OneTalkRequest {
	return {
		method: 'GET',
		path: '/inbox/case/get_updated_list',
		query: { since_timestamp: Math.max(1, since), limit },
		expects: 'cases',
	};
}

/** Where to continue after a page. */
export interface NextPage {
	/** The `since_timestamp` to ask next, in Unix ms. */
	since: number;
	/**
	 * Set where a page was full of cases changed in one millisecond (Unix ms): the API offers no way to see whether
	 * there are more of them.
	 */
	crowded?: number;
}

/**
 * Where to continue after a page, or undefined at the end.
 *
 * Whether `since_timestamp` is inclusive, what order the rows have and what `lastTimestamp` holds is not documented.
 * This is right in every case: it asks again for the newest millisecond of the page, since its cases may have been cut
 * at the page's edge (readers drop what they have seen), and each request asks for a later time than the one before.
 * A page that holds only cases from before the time asked for is the last one: that server would return pages without end.
 *
 * @param since what the page was asked with, in Unix ms
 * @param limit how many cases it was asked for
 */
export function nextPage(page: CasePage, since: number, limit: number): NextPage | undefined {
	const { cases, hasMore, lastTimestamp } = page;
	if (cases.length === 0 || (!hasMore && cases.length < limit)) return undefined;

	const times = cases.map(versionTime);
	const newest = times.reduce((a, b) => Math.max(a, b));
	// Where the server sorts by a time that it does not show, trust lastTimestamp instead.
	const edge = newest > since ? newest : lastTimestamp;
	if (newest < since && edge <= since) return undefined;
	if (edge - 1 > since) return { since: edge - 1 };
	// The page did not get past the next millisecond. Rows before it prove that the edge was asked inclusively.
	const crowded = times.every((time) => time === newest) ? newest : undefined;
	return edge > since ? { since: edge, crowded } : { since: since + 1, crowded };
}
