import { LATEST_TIME } from '../api/limits';
import { isRecord } from '../api/text';

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
	knownFrom: number;
	/** When the current pass over the feed began, where a poll had to leave the rest to the next one. */
	passStarted?: number;
	/** Set while the very first pass is not level with the server: what it finds is old. */
	quiet?: boolean;
	/** Versions that have been emitted: `id@time`, oldest first. */
	seen: string[];
}

/**
 * Reads what an earlier poll has left. Where only `lastTimestamp` can be read, the feed goes on right after it. Undefined
 * where there is nothing usable: the trigger then starts anew.
 */
export function readState(data: unknown): FeedState | undefined {
	if (!isRecord(data) || !isTime(data.lastTimestamp)) return undefined;
	const { lastTimestamp, since, level, knownFrom, passStarted, quiet, seen } = data;
	const sound = [since, level, knownFrom].every((time) => isTime(time) && time <= lastTimestamp + 1);
	if (!sound || !isTexts(seen)) {
		return {
			lastTimestamp,
			since: lastTimestamp,
			level: lastTimestamp,
			knownFrom: lastTimestamp + 1,
			seen: [],
		};
	}
	return {
		lastTimestamp,
		since: since as number,
		level: level as number,
		knownFrom: knownFrom as number,
		seen,
		...(isTime(passStarted) ? { passStarted } : {}),
		...(quiet === true ? { quiet } : {}),
	};
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((it) => typeof it === 'string');
}

/** As in answers: a time beyond the year 5000 is none. */
function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < LATEST_TIME;
}
