/** The state that the trigger stores, and what it makes of a damaged one. */

import type { IDataObject } from 'n8n-workflow';

import { LAYOUT, parseState } from '../../../../nodes/OneTalk/triggers/cases/state';

const STATE = {
	lastTimestamp: 500,
	since: 399,
	level: 500,
	seenFrom: 400,
	seen: ['A@450', 'B@500'],
	snapshots: [['A', 450, false, null, 'a@example.com']],
};
const ONLY_THE_CURSOR = {
	lastTimestamp: 500,
	since: 500,
	level: 500,
	seenFrom: 501,
	seen: [],
	snapshots: [],
};

describe('the state that an earlier poll stored', () => {
	it.each<[string, IDataObject, object | undefined]>([
		['is read as it was written', STATE, STATE],
		['has a pass that was left unfinished', { ...STATE, passStarted: 7 }, { ...STATE, passStarted: 7 }],
		['has no such pass where it is undefined', { ...STATE, passStarted: undefined }, STATE],
		['is none before the first poll', {}, undefined],
		['is none without lastTimestamp', { ...STATE, lastTimestamp: undefined }, undefined],
		['is none with a lastTimestamp that is text', { ...STATE, lastTimestamp: '500' }, undefined],
		['is none with a negative lastTimestamp', { ...STATE, lastTimestamp: -1 }, undefined],
		['is none with a lastTimestamp that is not finite', { ...STATE, lastTimestamp: Infinity }, undefined],
		['goes on after lastTimestamp where that is all there is', { lastTimestamp: 500 }, ONLY_THE_CURSOR],
		[
			'goes on after lastTimestamp where the seen versions are broken',
			{ ...STATE, seen: [1, 2] },
			ONLY_THE_CURSOR,
		],
		['goes on after lastTimestamp where since is broken', { ...STATE, since: null }, ONLY_THE_CURSOR],
		[
			'stands on 0 where the server had no case yet',
			{ lastTimestamp: 0, since: 0, level: 0, seenFrom: 0, seen: [] },
			{ lastTimestamp: 0, since: 0, level: 0, seenFrom: 0, seen: [], snapshots: [] },
		],
		[
			'goes on after lastTimestamp where the rest does not fit to it',
			{ ...STATE, since: STATE.lastTimestamp + 5_000 },
			ONLY_THE_CURSOR,
		],
		['is none where its time is no time in milliseconds', { ...STATE, lastTimestamp: 1e300 }, undefined],
		['is read in its layout', { ...STATE, layout: LAYOUT }, STATE],
		['goes on after lastTimestamp in a layout that is not known', { ...STATE, layout: 2 }, ONLY_THE_CURSOR],
		[
			'knows the cases that can be read',
			{ ...STATE, snapshots: [...STATE.snapshots, ['B'], ['C', 'x'], ['D', 5, { e: 1 }], 7] },
			STATE,
		],
		['knows no case where the memory is broken', { ...STATE, snapshots: 'all' }, { ...STATE, snapshots: [] }],
		['leaves out keys of others', { ...STATE, other: 1 }, STATE],
	])('%s', (_sentence, data, state) => {
		expect(parseState(data)).toEqual(state);
	});
});

it('survives being stored as JSON', () => {
	const stored = JSON.parse(JSON.stringify({ ...STATE, passStarted: undefined })) as IDataObject;
	expect(parseState(stored)).toEqual(STATE);
});
