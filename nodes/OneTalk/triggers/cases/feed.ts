/** One pass over the feed of cases: pure functions over (state, page) that find new versions and the next state. */

import { byTime, nextPage, versionKey, versionTime } from '../../api/integration/cases';
import { MAX_PAGE_SIZE, MAX_SNAPSHOTS, MAX_SEEN_VERSIONS } from '../../api/limits';
import type { CasePage, OneTalkCase } from '../../api/types';
import { compareCase, snapshotOf, type CaseDiff, type Snapshot } from './events';
import type { FeedState } from './state';

/** A version of a case that the trigger has not emitted before. */
export interface CaseChange extends CaseDiff {
	record: OneTalkCase;
}

/** Which changes a poll emits. */
export interface PollSelection {
	/** Whether the poll emits it. Cases that are not emitted are still recorded as seen. */
	isWanted: (change: CaseChange) => boolean;
	/** How many cases one poll emits at most. */
	maxCases: number;
}

/** A pass over the feed from where the last poll stopped, page by page. It belongs to one poll, and `applyPage` adds to it. */
export interface FeedPass {
	readonly state: FeedState;
	/** When it began, in ms on n8n's clock. */
	started: number;
	/** The `since_timestamp` to ask next; undefined once the pass has reached the end of the feed. */
	since: number | undefined;
	/** The newest time read so far. */
	edge: number;
	/** Versions seen before or found now, in the order in which they were found. */
	seen: Set<string>;
	/** The IDs of the cases in `seen`. */
	ids: Set<string>;
	/** Cases as they last were, by ID; the one seen last is at the end. */
	snapshots: Map<string, Snapshot>;
	/** What the poll emits. */
	changes: CaseChange[];
	/** Set once the poll has reached its limit. */
	full: boolean;
	/** Times (Unix ms) at which the API could not show whether there were more cases than a page holds. */
	crowded: number[];
}

/** How far n8n's clock may be from the server's without the name of an event being wrong, in ms. */
const CLOCK_DOUBT_MS = 3_600_000;

/** Starts a pass where the state says. `now` is in ms on n8n's clock. */
export function beginPass(state: FeedState, now: number): FeedPass {
	return {
		state,
		started: state.passStarted ?? now,
		since: state.since,
		edge: state.lastTimestamp,
		seen: new Set(state.seen),
		ids: new Set(state.seen.map(idOf)),
		snapshots: new Map(state.snapshots.map((snapshot) => [snapshot[0], snapshot])),
		changes: [],
		full: false,
		crowded: [],
	};
}

/** Adds the page that was asked with `pass.since` to the pass, up to the limit of the poll. */
export function applyPage(pass: FeedPass, page: CasePage, { isWanted, maxCases }: PollSelection): void {
	const { state, seen, ids, snapshots, changes, crowded } = pass;
	if (pass.since === undefined) return;
	for (const record of [...page.cases].sort(byTime)) {
		const time = versionTime(record);
		const version = versionKey(record);
		if (time >= state.seenFrom && !seen.has(version)) {
			const change = { record, ...compareCase(record, snapshots.get(record.id), isNew(pass, record)) };
			if (!state.quiet && isWanted(change)) {
				if (changes.length >= maxCases) {
					pass.full = true;
					pass.since = Math.max(pass.since, Math.min(time - 1, pass.edge));
					return;
				}
				changes.push(change);
			}
			seen.add(version);
			ids.add(record.id);
			remember(snapshots, record);
		}
		pass.edge = Math.max(pass.edge, time);
	}
	const next = nextPage(page, pass.since, MAX_PAGE_SIZE);
	if (next?.crowded !== undefined && next.crowded > state.lastTimestamp) crowded.push(next.crowded);
	pass.since = next?.since;
	// A page that passes the limit is cut, and the next poll has to ask for it again. So the poll also ends where the next
	// page may pass the limit, unless that would leave more than half of the limit unused.
	const nextPageMayOverflow = maxCases - changes.length < MAX_PAGE_SIZE;
	const halfIsUsed = maxCases - changes.length < maxCases / 2;
	pass.full = nextPageMayOverflow && halfIsUsed;
}

/**
 * The state after a pass, whether it has reached the end or not. `now` is in ms on n8n's clock, `lookBack` in ms.
 *
 * The next pass starts the look-back before the newest time read, and earlier by the time that this pass took: a version
 * that was not yet visible when its page was read may be that much older than the newest one.
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
	// A millisecond of which only some versions are remembered cannot be told apart any more.
	const forgotten =
		versions.length > seen.length ? timeOf(versions[versions.length - seen.length - 1]) + 1 : 0;
	const seenFrom = Math.max(state.seenFrom, windowFrom, forgotten);
	const snapshots = [...pass.snapshots.values()].slice(-MAX_SNAPSHOTS);
	const start = Math.max(0, seenFrom - 1);
	return level
		? { lastTimestamp: edge, since: start, level: edge, seenFrom, seen, snapshots }
		: { ...state, lastTimestamp: edge, since, seenFrom, passStarted: started, seen, snapshots };
}

/** Stores the snapshot of a case at the end; an older version than the stored one changes nothing. */
export function remember(snapshots: Map<string, Snapshot>, record: OneTalkCase): void {
	const before = snapshots.get(record.id);
	if (before !== undefined && before[1] > versionTime(record)) return;
	snapshots.delete(record.id);
	snapshots.set(record.id, snapshotOf(record));
}

/**
 * A case is new if it was not seen before and was created at or after the time from which all versions that were shown are
 * known, also if it was updated meanwhile or shows late. Where so much was read in this pass that it may have been seen and
 * forgotten, it is also new if this version is from before the pass began.
 */
function isNew({ ids, snapshots, started, state }: FeedPass, record: OneTalkCase): boolean {
	const created = record.createdTime ?? 0;
	if (ids.has(record.id) || snapshots.has(record.id)) return false;
	if (created >= state.seenFrom) return true;
	return created > state.level && versionTime(record) < started - CLOCK_DOUBT_MS;
}

function timeOf(version: string): number {
	return Number(version.slice(version.lastIndexOf('@') + 1));
}

function idOf(version: string): string {
	return version.slice(0, version.lastIndexOf('@'));
}
