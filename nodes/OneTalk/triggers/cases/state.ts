/** What the trigger keeps between polls, and how it is parsed when it is read back. */

import type { IDataObject } from 'n8n-workflow';

import { MAX_TIME_MS } from '../../api/limits';
import type { Snapshot } from './events';

/** The layout of what is stored. Of any other layout only `lastTimestamp` is used. */
export const LAYOUT = 1;

/**
 * What the trigger remembers between polls, in n8n's node static data. Times are Unix ms of the server, but for
 * `passStarted`, of which only differences on n8n's clock are used.
 */
export interface FeedState {
	/** The newest time the feed has been read up to. */
	lastTimestamp: number;
	/** The time from which the next poll asks. */
	since: number;
	/** The time up to which everything had been read when a poll last reached the end: a case created after it is new. */
	level: number;
	/** From this time on everything the server showed has been read, and is in `seen`; older versions are never emitted. */
	seenFrom: number;
	/** When the current pass over the feed began, where a poll had to leave the rest to the next one. */
	passStarted?: number;
	/** Set until the very first pass has reached the end: what it finds existed before. */
	quiet?: boolean;
	/** Versions that have been emitted: `id@time`, oldest first. */
	seen: string[];
	/** Cases as they last were, to tell what changed; the one seen last is at the end. */
	snapshots: Snapshot[];
}

/**
 * Parses what an earlier poll has stored. Where only `lastTimestamp` is usable, the feed continues right after it. Undefined
 * where nothing is usable: the trigger then starts again.
 */
export function parseState(stored: IDataObject): FeedState | undefined {
	const { layout = LAYOUT, lastTimestamp, since, level, seenFrom, passStarted, quiet, seen } = stored;
	if (!isTime(lastTimestamp)) return undefined;
	const sound = [since, level, seenFrom].every((time) => isTime(time) && time <= lastTimestamp + 1);
	if (layout !== LAYOUT || !sound || !isTexts(seen)) return stateAt(lastTimestamp);
	return {
		lastTimestamp,
		since: since as number,
		level: level as number,
		seenFrom: seenFrom as number,
		seen,
		snapshots: parseSnapshots(stored.snapshots),
		...(isTime(passStarted) ? { passStarted } : {}),
		...(quiet === true ? { quiet } : {}),
	};
}

/** A feed that starts right after a time (Unix ms) and knows nothing of what was before. */
export function stateAt(time: number): FeedState {
	return { lastTimestamp: time, since: time, level: time, seenFrom: time + 1, seen: [], snapshots: [] };
}

/** The stored snapshots; those that cannot be used are dropped. */
export function parseSnapshots(data: unknown): Snapshot[] {
	return Array.isArray(data) ? data.filter(isSnapshot) : [];
}

function isSnapshot(value: unknown): value is Snapshot {
	if (!Array.isArray(value)) return false;
	const [id, time, ...fields] = value as unknown[];
	const isPlain = (field: unknown) => field === null || ['string', 'boolean'].includes(typeof field);
	return typeof id === 'string' && isTime(time) && fields.every(isPlain);
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((it) => typeof it === 'string');
}

/** As in answers: a time beyond the year 5000 is not a time in ms. */
function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < MAX_TIME_MS;
}
