/** Checks what has to be true of the feed when a story is over. */

import { versionKey } from '../../nodes/OneTalk/api/integration/cases';
import type { CaseEvent } from '../../nodes/OneTalk/triggers/cases/events';
import type { CaseChange } from '../../nodes/OneTalk/triggers/cases/feed';
import { key, type World } from './feedWorld';
import type { Version, Watched } from './modelServer';
import type { Situations } from './situations.cts';

/** Fails if a case version was lost or repeated, or if its reported events and changes are wrong. */
export function checkWorld(world: World, situations: Situations): void {
	const taken = world.taken.map(({ record }) => versionKey(record));
	expect(new Set(taken).size).toBe(taken.length);
	expect([...world.due].filter((version) => !taken.includes(version))).toEqual([]);
	expect(world.emitted).toEqual(world.taken.filter((news) => world.isWanted(news)));

	const ids = new Set(world.taken.map(({ record }) => record.id));
	const created = world.taken
		.filter(({ events }) => events.includes('caseCreated'))
		.map(({ record }) => record.id);
	expect(new Set(created).size).toBe(created.length);
	expect([...ids].filter((id) => world.isPlainlyNew(id) && !created.includes(id))).toEqual([]);
	// With a tiny memory the trigger may have forgotten that it has processed a case.
	if (world.setup.known > 1_000 && world.setup.seen === undefined) expect(world.wronglyNew).toEqual([]);
	checkHappenings(world, situations);
}

/** The changed fields, by the names that the trigger uses. */
function difference(before: Watched, after: Watched): CaseChange['changes'] {
	const names = Object.entries({ fullName: 'contactFullName' });
	const changes: CaseChange['changes'] = {};
	for (const field of Object.keys(after) as Array<keyof Watched>) {
		const name = names.find(([own]) => own === field)?.[1] ?? field;
		if (before[field] !== after[field]) changes[name] = { old: before[field], new: after[field] };
	}
	return changes;
}

/** The events that must be reported for a version, given its reported changes. */
function eventsOf({ changes, previous, events }: CaseChange, { isClosed, isJunk }: Watched): Set<CaseEvent> {
	const isNew = events.includes('caseCreated');
	const told = new Set<CaseEvent>([isNew ? 'caseCreated' : 'caseUpdated']);
	const bare = isNew || previous === 'unknown';
	if (bare ? isClosed : changes.isClosed?.new === true) told.add('caseClosed');
	if (bare ? isJunk : changes.isJunk?.new === true) told.add('caseMarkedAsJunk');
	if (changes.isClosed?.new === false) told.add('caseReopened');
	if (changes.isJunk?.new === false) told.add('caseUnmarkedAsJunk');
	if (changes.agentEmail) told.add('caseAgentChanged');
	if (changes.agentRemark) told.add('caseRemarkChanged');
	if (changes.contactFullName) told.add('caseContactChanged');
	return told;
}

/**
 * The reported changes of each version must be the difference to a version that the trigger can have seen. What is wrong is
 * collected and compared once, since a call of `expect` for each version takes more time than the feed.
 */
function checkHappenings(world: World, situations: Situations): void {
	const wrongEvents: unknown[] = [];
	const wrongChanges: unknown[] = [];
	const forgotten: unknown[] = [];
	const last = new Map<string, number>();
	for (const news of world.taken) {
		const { record, events, changes, previous } = news;
		const versions = world.versionsOf(record.id);
		const now = versions.find((version) => key(version) === versionKey(record)) as Version;
		const lastTime = last.get(record.id);
		const due = eventsOf(news, now.watched);
		if (new Set([...events, ...due]).size !== due.size || new Set(events).size !== due.size) {
			wrongEvents.push({ version: versionKey(record), events, due: [...due] });
		}
		if (events.includes('caseCreated') || previous === 'unknown') {
			if (Object.keys(changes).length > 0) wrongChanges.push({ version: versionKey(record), changes });
			situations.count(previous === 'unknown' ? 'previous unknown' : 'created');
		} else {
			const could = versions.filter(({ time }) => time < now.time && time >= (lastTime ?? 0));
			const told = could.some(({ watched }) => isSame(difference(watched, now.watched), changes));
			if (!told) wrongChanges.push({ version: versionKey(record), changes });
			situations.count(Object.keys(changes).length > 0 ? 'changes told' : 'no watched change');
			events.forEach((event) => situations.count(event));
		}
		const remembered = world.setup.known > 1_000 && !world.disturbed;
		if (remembered && lastTime !== undefined && lastTime < now.time && previous !== undefined) {
			forgotten.push({ version: versionKey(record), previous });
		}
		last.set(record.id, Math.max(lastTime ?? 0, now.time));
	}
	expect({ wrongEvents, wrongChanges, forgotten }).toEqual({
		wrongEvents: [],
		wrongChanges: [],
		forgotten: [],
	});
}

function isSame(a: CaseChange['changes'], b: CaseChange['changes']): boolean {
	const sorted = (changes: CaseChange['changes']) => JSON.stringify(Object.entries(changes).sort());
	return sorted(a) === sorted(b);
}
