import { byTime, nextPage, versionKey, versionTime } from '../../api/integration/cases';
import { MAX_PAGE_SIZE, MAX_SNAPSHOTS, MAX_SEEN_VERSIONS } from '../../api/limits';
import type { CasePage, OneTalkCase } from '../../api/types';
import { compareCase, snapshotOf, type CaseDiff, type Snapshot } from './events';
import type { FeedState } from './state';

/** A version of a case that the feed has not shown before. */
export interface CaseChange extends CaseDiff {
	record: OneTalkCase;
}

/** What a reading takes in for its poll. */
export interface PollSelection {
	/** Whether the poll puts it out; what it does not is read and remembered all the same. */
	isWanted: (news: CaseChange) => boolean;
	/** How many cases one poll puts out at most. */
	maxCases: number;
}

/** A reading of the feed from where the last poll stopped, page by page. It belongs to one poll and grows in place. */
export interface FeedPass {
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
	/** Cases as they last were, by ID, the one seen last at the end. */
	known: Map<string, Snapshot>;
	/** What the poll puts out. */
	news: CaseChange[];
	/** Set once the poll has as much as it may put out. */
	full: boolean;
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
}

/** How far n8n's clock may be from the server's without the name of an event being wrong, in ms. */
const CLOCK_DOUBT_MS = 3_600_000;

/** Begins to read where the state says, at a time in ms on n8n's clock. */
export function beginPass(state: FeedState, now: number): FeedPass {
	return {
		state,
		started: state.passStarted ?? now,
		since: state.since,
		edge: state.lastTimestamp,
		seen: new Set(state.seen),
		ids: new Set(state.seen.map(idOf)),
		known: new Map(state.known.map((snapshot) => [snapshot[0], snapshot])),
		news: [],
		full: false,
		crowded: [],
	};
}

/** Takes in the page that was asked with `pass.since`, up to what the poll may put out. */
export function applyPage(pass: FeedPass, page: CasePage, { isWanted, maxCases }: PollSelection): void {
	const { state, seen, ids, known, news, crowded } = pass;
	if (pass.since === undefined) return;
	for (const record of [...page.cases].sort(byTime)) {
		const time = versionTime(record);
		const version = versionKey(record);
		if (time >= state.seenFrom && !seen.has(version)) {
			const found = { record, ...compareCase(record, known.get(record.id), isNew(pass, record)) };
			if (!state.quiet && isWanted(found)) {
				if (news.length >= maxCases) {
					pass.full = true;
					pass.since = Math.max(pass.since, Math.min(time - 1, pass.edge));
					return;
				}
				news.push(found);
			}
			seen.add(version);
			ids.add(record.id);
			remember(known, record);
		}
		pass.edge = Math.max(pass.edge, time);
	}
	const next = nextPage(page, pass.since, MAX_PAGE_SIZE);
	if (next?.crowded !== undefined && next.crowded > state.lastTimestamp) crowded.push(next.crowded);
	pass.since = next?.since;
	// The next page may be all news, and to cut it would mean to ask for it again.
	pass.full = maxCases - news.length < Math.min(MAX_PAGE_SIZE, maxCases / 2);
}

/**
 * Ends a pass, level with the server or not: what to remember. `now` is in ms on n8n's clock, `lookBack` in ms.
 *
 * The next reading starts the look-back before the newest time read, and as much earlier as this pass took: a version
 * that was hidden when its page was read may be that much older than the newest one.
 */
export function endPass(pass: FeedPass, now: number, lookBack: number): FeedState {
	const { state, edge, since, started } = pass;
	const level = since === undefined;
	const unchanged =
		pass.seen.size === state.seen.length && edge === state.lastTimestamp && state.passStarted === undefined;
	if (level && unchanged && !state.quiet) return state;

	const took = Math.max(0, now - started);
	const windowFrom = level ? Math.max(0, edge - lookBack - took) : state.seenFrom;
	const versions = [...pass.seen]
		.filter((version) => timeOf(version) >= windowFrom)
		.sort((a, b) => timeOf(a) - timeOf(b));
	const seen = versions.slice(-MAX_SEEN_VERSIONS);
	// A millisecond of which only some versions are remembered is not known any more.
	const forgotten =
		versions.length > seen.length ? timeOf(versions[versions.length - seen.length - 1]) + 1 : 0;
	const seenFrom = Math.max(state.seenFrom, windowFrom, forgotten);
	const known = [...pass.known.values()].slice(-MAX_SNAPSHOTS);
	const start = Math.max(0, seenFrom - 1);
	return level
		? { lastTimestamp: edge, since: start, level: edge, seenFrom, seen, known }
		: { ...state, lastTimestamp: edge, since, seenFrom, passStarted: started, seen, known };
}

/** Puts a case as it is now at the end of what is known; an older version than the one that is known changes nothing. */
export function remember(known: Map<string, Snapshot>, record: OneTalkCase): void {
	const before = known.get(record.id);
	if (before !== undefined && before[1] > versionTime(record)) return;
	known.delete(record.id);
	known.set(record.id, snapshotOf(record));
}

/**
 * New is a case that was not seen before and was created after the feed was last level with the server, also if it was
 * updated meanwhile. Where so much was read since that it may have been seen and forgotten, it is new if it was created
 * after what is forgotten, or if this version is from before the reading began.
 */
function isNew({ ids, known, started, state }: FeedPass, record: OneTalkCase): boolean {
	const created = record.createdTime ?? 0;
	if (ids.has(record.id) || known.has(record.id) || created <= state.level) return false;
	return created >= state.seenFrom || versionTime(record) < started - CLOCK_DOUBT_MS;
}

function timeOf(version: string): number {
	return Number(version.slice(version.lastIndexOf('@') + 1));
}

function idOf(version: string): string {
	return version.slice(0, version.lastIndexOf('@'));
}
