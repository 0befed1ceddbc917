import { byTime, nextPage, versionKey, versionTime } from '../api/cases';
import { LARGEST_PAGE } from '../api/limits';
import type { CasePage, OneTalkCase } from '../api/types';
import type { FeedState } from './state';

/** The values of the parameter "Trigger On". */
export type CaseEvent = 'caseCreated' | 'caseUpdated';

/** A version of a case that the feed has not shown before. */
export interface News {
	record: OneTalkCase;
	event: CaseEvent;
}

/** A reading of the feed from where the last poll stopped, page by page. It belongs to one poll and grows in place. */
export interface Pass {
	readonly state: FeedState;
	/** When it began, in ms on n8n's clock. */
	started: number;
	/** What to ask next; undefined once the feed is level with the server. */
	since: number | undefined;
	/** The newest time read so far. */
	edge: number;
	/** Versions emitted before or found now, in the order in which they were found. */
	seen: Set<string>;
	/** The IDs of the cases in `seen`. */
	ids: Set<string>;
	news: News[];
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
}

/**
 * How many versions are remembered: more than change within any sensible look-back, at about 27 bytes each. Where more
 * change, the look-back is shortened to those that are remembered, so that nothing is ever repeated.
 */
export const MOST_SEEN = 10_000;

/** Begins to read where the state says, at a time in ms on n8n's clock. */
export function beginPass(state: FeedState, now: number): Pass {
	return {
		state,
		started: state.passStarted ?? now,
		since: state.since,
		edge: state.lastTimestamp,
		seen: new Set(state.seen),
		ids: new Set(state.seen.map(idOf)),
		news: [],
		crowded: [],
	};
}

/** Takes in the page that was asked with `pass.since`. */
export function readPage(pass: Pass, page: CasePage): void {
	if (pass.since === undefined) return;
	const { state, seen, ids, news, crowded } = pass;
	for (const record of [...page.cases].sort(byTime)) {
		const key = versionKey(record);
		pass.edge = Math.max(pass.edge, versionTime(record));
		if (versionTime(record) < state.knownFrom || seen.has(key)) continue;
		news.push({ record, event: eventOf(record, ids, state) });
		seen.add(key);
		ids.add(record.id);
	}
	const next = nextPage(page, pass.since, LARGEST_PAGE);
	if (next?.crowded !== undefined && next.crowded > state.lastTimestamp) crowded.push(next.crowded);
	pass.since = next?.since;
}

/**
 * Ends a pass, level with the server or not: what to remember. `now` is in ms on n8n's clock, `lookBack` in ms.
 *
 * The next reading starts the look-back before the newest time read, and as much earlier as this pass took: a version
 * that was hidden when its page was read may be that much older than the newest one.
 */
export function endPass(pass: Pass, now: number, lookBack: number): FeedState {
	const { state, edge, news, since, started } = pass;
	const level = since === undefined;
	const unchanged = news.length === 0 && edge === state.lastTimestamp && state.passStarted === undefined;
	if (level && unchanged && !state.quiet) return state;

	const took = Math.max(0, now - started);
	const windowFrom = level ? Math.max(0, edge - lookBack - took) : state.knownFrom;
	const versions = [...pass.seen]
		.filter((version) => timeOf(version) >= windowFrom)
		.sort((a, b) => timeOf(a) - timeOf(b));
	const seen = versions.slice(-MOST_SEEN);
	// A millisecond of which only some versions are remembered is not known any more.
	const forgotten =
		versions.length > seen.length ? timeOf(versions[versions.length - seen.length - 1]) + 1 : 0;
	const knownFrom = Math.max(state.knownFrom, windowFrom, forgotten);
	const start = Math.max(0, knownFrom - 1);
	return level
		? { lastTimestamp: edge, since: start, level: edge, knownFrom, seen }
		: { ...state, lastTimestamp: edge, since, knownFrom, passStarted: started, seen };
}

/**
 * New is a case that was not seen before and was created after the feed was last level with the server (or after the
 * oldest version that is remembered, where that is later), also if it was updated meanwhile.
 */
function eventOf(
	{ id, createdTime }: OneTalkCase,
	ids: Set<string>,
	{ level, knownFrom }: FeedState,
): CaseEvent {
	return !ids.has(id) && (createdTime ?? 0) > Math.max(level, knownFrom - 1) ? 'caseCreated' : 'caseUpdated';
}

function timeOf(version: string): number {
	return Number(version.slice(version.lastIndexOf('@') + 1));
}

function idOf(version: string): string {
	return version.slice(0, version.lastIndexOf('@'));
}
