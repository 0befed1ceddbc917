/** What happened to a case: a comparison of the case with its snapshot. */

import { createHash } from 'node:crypto';

import { versionTime } from '../../api/integration/cases';
import { isRecord } from '../../api/text';
import type { OneTalkCase } from '../../api/types';

/** The values of the parameter "Trigger On", the most specific first: an item's `event` is the first that is selected. */
export const CASE_EVENTS = [
	'caseCreated',
	'caseClosed',
	'caseReopened',
	'caseMarkedAsJunk',
	'caseUnmarkedAsJunk',
	'caseAgentChanged',
	'caseRemarkChanged',
	'caseContactChanged',
	'caseUpdated',
] as const;

export type CaseEvent = (typeof CASE_EVENTS)[number];

/** The fields that differ, with the old and the new value. */
export type Changes = Record<string, { old: Watched; new: Watched }>;

/** What happened to a case, as far as it can be known. */
export interface CaseDiff {
	/** All events that apply, in the order of `CASE_EVENTS`. */
	events: CaseEvent[];
	/** The watched fields that differ; empty where the case is new, or its former state is not known. */
	changes: Changes;
	/** Set where the case is not new and there is no snapshot of it. */
	previous?: 'unknown';
}

type Watched = string | boolean | null;

/** One case as it was when it was last seen: its ID, the time of that version (Unix ms), then the watched fields. */
export type Snapshot = [id: string, time: number, ...fields: Watched[]];

interface WatchedField {
	name: string;
	of: (record: OneTalkCase) => Watched;
	/** The event of a change to this value. */
	event: (value: Watched) => CaseEvent;
}

const flag = (name: string, on: CaseEvent, off: CaseEvent): WatchedField => ({
	name,
	of: (record) => (typeof record[name] === 'boolean' ? record[name] : null),
	event: (value) => (value === true ? on : off),
});

const contactField = (name: string, key: string): WatchedField => ({
	name,
	of: ({ contact }) => textIn(contact, key),
	event: () => 'caseContactChanged',
});

/** The fields that are compared, in the order in which a snapshot holds them. */
const WATCHED: WatchedField[] = [
	flag('isClosed', 'caseClosed', 'caseReopened'),
	flag('isJunk', 'caseMarkedAsJunk', 'caseUnmarkedAsJunk'),
	{ name: 'agentEmail', of: ({ agent }) => textIn(agent, 'email'), event: () => 'caseAgentChanged' },
	{ name: 'agentRemark', of: (record) => textIn(record, 'agentRemark'), event: () => 'caseRemarkChanged' },
	contactField('contactId', 'id'),
	contactField('contactFullName', 'fullName'),
	contactField('contactAlias', 'alias'),
	contactField('contactEmail', 'email'),
	contactField('contactPhone', 'phone'),
	contactField('contactAgentRemark', 'agentRemark'),
];

/**
 * What happened to a case, compared with its snapshot. Nothing is guessed: without a snapshot, only what the case is now
 * counts, closed or junk.
 *
 * @param isNew whether it was created since the feed was last read to its end, and not seen before
 */
export function compareCase(record: OneTalkCase, before: Snapshot | undefined, isNew: boolean): CaseDiff {
	const known = !isNew && before !== undefined && before[1] <= versionTime(record);
	const changes = known ? changesOf(record, before) : {};
	const found = new Set<CaseEvent>([isNew ? 'caseCreated' : 'caseUpdated']);
	for (const { name, of, event } of WATCHED) {
		const isSo = !known && of(record) === true;
		if (name in changes || isSo) found.add(event(of(record)));
	}
	return {
		events: CASE_EVENTS.filter((event) => found.has(event)),
		changes,
		...(known || isNew ? {} : { previous: 'unknown' }),
	};
}

/** What to remember of a case. */
export function snapshotOf(record: OneTalkCase): Snapshot {
	return [record.id, versionTime(record), ...WATCHED.map(({ of }) => brief(of(record)))];
}

/** A field that is missing on one side is not compared. */
function changesOf(record: OneTalkCase, [, , ...before]: Snapshot): Changes {
	const changes: Changes = {};
	WATCHED.forEach(({ name, of }, place) => {
		const old = before[place] ?? null;
		const now = of(record);
		if (old !== null && now !== null && old !== brief(now)) changes[name] = { old, new: now };
	});
	return changes;
}

/** The API leaves out the text where nobody is assigned or nothing is written: that is an empty text. */
function textIn(holder: unknown, key: string): string {
	const value = isRecord(holder) ? holder[key] : undefined;
	return typeof value === 'string' ? value : '';
}

const MAX_REMEMBERED_LENGTH = 100;

/** A long text is kept as its beginning and a hash of the whole. */
function brief(value: Watched): Watched {
	if (typeof value !== 'string' || value.length <= MAX_REMEMBERED_LENGTH) return value;
	const hash = createHash('sha256').update(value).digest('base64url').slice(0, 8);
	return `${value.slice(0, MAX_REMEMBERED_LENGTH)}… (${hash})`;
}
