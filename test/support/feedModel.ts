/** A model of OneTalk’s case list over a plain list of cases, for unit tests. */

import { versionTime } from '../../nodes/OneTalk/api/integration/cases';
import type { CasePage, OneTalkCase } from '../../nodes/OneTalk/api/types';

/** One interpretation of what the documentation of `get_updated_list` leaves open. */
export interface FeedResult {
	/** Whether a case changed at `since_timestamp` itself is shown. */
	inclusive: boolean;
	/** The maximum number of cases on a page, whatever the request asks for. */
	pageSize: number;
	/** The order of the rows of a page. */
	order: 'oldest first' | 'newest first';
	/** What `lastTimestamp` holds. */
	lastTimestamp: 'the newest time' | 'nothing' | 'the time now';
	/** Whether `hasMore` is ever true. */
	tellsMore: boolean;
}

export const PLAIN: FeedResult = {
	inclusive: true,
	pageSize: 100,
	order: 'oldest first',
	lastTimestamp: 'the newest time',
	tellsMore: true,
};

/** A case that was never updated, from its time in Unix ms. */
export function caseAt(time: number, id = `CASE${time}`): OneTalkCase {
	return { id, createdTime: time, updatedTime: 0 };
}

/** A small model of the server over a list of cases: answers one request. */
export function serverOf(cases: OneTalkCase[], reading: Partial<FeedResult> = {}) {
	const { inclusive, pageSize, order, lastTimestamp, tellsMore } = { ...PLAIN, ...reading };
	const sorted = [...cases].sort((a, b) => versionTime(a) - versionTime(b));
	const end = Math.max(0, ...cases.map(versionTime));
	return (since: number, limit = 100): CasePage => {
		const after = sorted.filter((it) => versionTime(it) > since || (inclusive && versionTime(it) === since));
		const page = after.slice(0, Math.min(limit, pageSize));
		const last = {
			'the newest time': Math.max(0, ...page.map(versionTime)),
			nothing: 0,
			'the time now': end,
		};
		return {
			cases: order === 'oldest first' ? page : page.reverse(),
			hasMore: tellsMore && after.length > page.length,
			lastTimestamp: last[lastTimestamp],
		};
	};
}
