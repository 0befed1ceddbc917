import type { IDataObject } from 'n8n-workflow';

import { MAX_TIME_MS } from '../../api/limits';
import type { Snapshot } from './events';

/** The layout of what is stored. A later layout is read like one that is not known: only `lastTimestamp` is believed. */
export const LAYOUT = 1;

/**
 * What the trigger remembers between polls, in n8n's node static data. Times are Unix ms of the server, but for
 * `passStarted`, of which only differences on n8n's clock are used.
 */
export interface FeedState {
	/** The newest time the feed has been read up to. */
	lastTimestamp: number;
	/** Where the next poll starts to read. */
	since: number;
	/** What the feed had reached when it was last level with the server: a case created after it is new to the feed. */
	level: number;
	/** From this time on everything the server showed has been read, and is in `seen`; older versions are never emitted. */
	seenFrom: number;
	/** When the current pass over the feed began, where a poll had to leave the rest to the next one. */
	passStarted?: number;
	/** Set while the very first pass is not level with the server: what it finds is old. */
	quiet?: boolean;
	/** Versions that have been emitted: `id@time`, oldest first. */
	seen: string[];
	/** Cases as they last were, the one seen last at the end. */
	known: Snapshot[];
}

/**
 * Reads what an earlier poll has left. Where only `lastTimestamp` can be read, the feed goes on right after it. Undefined
 * where there is nothing usable: the trigger then starts anew.
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
		known: parseSnapshots(stored.known),
		...(isTime(passStarted) ? { passStarted } : {}),
		...(quiet === true ? { quiet } : {}),
	};
}

/** A feed that goes on right after a time (Unix ms) and knows nothing of what was before. */
export function stateAt(time: number): FeedState {
	return { lastTimestamp: time, since: time, level: time, seenFrom: time + 1, seen: [], known: [] };
}

/** What is remembered of cases; what cannot be read is forgotten. */
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

/** As in answers: a time beyond the year 5000 is none. */
function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < MAX_TIME_MS;
}
