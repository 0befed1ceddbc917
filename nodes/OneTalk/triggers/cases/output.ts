/** The items that a poll emits. */

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { byTime } from '../../api/integration/cases';
import type { OneTalkCase } from '../../api/types';
import type { CaseChange } from './feed';
import { eventFor, type Settings } from './settings';

/** What n8n takes from a poll: one branch of items. */
export type PollOutput = INodeExecutionData[][];

/** One item a change, oldest first; null where there is none. */
export function outputOf(settings: Settings, changes: CaseChange[]): PollOutput | null {
	const items = [...changes]
		.sort((a, b) => byTime(a.record, b.record))
		.map((change) => ({ json: itemOf(settings, change) }));
	return items.length === 0 ? null : [items];
}

/** `event` and `events` first, then the case as the API gives it, then `changes` and `previous`. */
function itemOf({ events, isoTimes }: Settings, change: CaseChange): IDataObject {
	const { record, ...diff } = change;
	const own = { event: eventFor(events, change), events: diff.events };
	// Twice: the first gives the place, the second wins over a field of the same name in the case.
	return { ...own, ...record, ...(isoTimes ? isoTimesOf(record) : {}), ...own, ...diff };
}

/** The times of a case as ISO 8601 in UTC; null for one that is not set (0). */
function isoTimesOf({ createdTime, updatedTime }: OneTalkCase): IDataObject {
	const iso = (time: number | null | undefined) => (time ? new Date(time).toISOString() : null);
	return { createdTimeIso: iso(createdTime), updatedTimeIso: iso(updatedTime) };
}
