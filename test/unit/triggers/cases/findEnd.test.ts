/** The search for the end of the feed. */

import { versionTime } from '../../../../nodes/OneTalk/api/integration/cases';
import type { CasePage } from '../../../../nodes/OneTalk/api/types';
import { beginSearch, narrowSearch } from '../../../../nodes/OneTalk/triggers/cases/findEnd';
import { caseAt, serverOf, type FeedResult } from '../../../support/feedModel';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NOW = 1_700_000_000_000;

/** Searches the end of a feed, as the trigger does. */
function search(ask: (since: number) => CasePage, clock: number) {
	let state = beginSearch(clock);
	let requests = 0;
	while (state.ask !== undefined) {
		requests++;
		if (requests > 100) throw new Error('The search does not end');
		state = narrowSearch(state, ask(Math.max(1, state.ask)));
	}
	return { ...state, requests };
}

function every(step: number, count: number, end: number) {
	return Array.from({ length: count }, (_, index) => caseAt(end - index * step, `C${index}`));
}

describe('the search finds the end of the feed', () => {
	it.each<[string, ReturnType<typeof every>, number, Partial<FeedResult>]>([
		['of one case a moment ago', [caseAt(NOW - 1000)], NOW, {}],
		['of one case long ago', [caseAt(NOW - 3000 * DAY)], NOW, {}],
		['of one case at the beginning of time', [caseAt(1)], NOW, {}],
		['of many cases', every(10_000, 3000, NOW), NOW, {}],
		['of many cases that ended days ago', every(10_000, 3000, NOW - 5 * DAY), NOW, {}],
		['with a clock 5 minutes slow', every(10_000, 3000, NOW), NOW - 5 * MINUTE, {}],
		['with a clock 5 minutes fast', every(10_000, 3000, NOW), NOW + 5 * MINUTE, {}],
		['with a clock a year slow', every(10_000, 3000, NOW), NOW - 365 * DAY, {}],
		['with a clock a year fast', every(10_000, 3000, NOW), NOW + 365 * DAY, {}],
		['with a clock that starts at 0', every(10_000, 3000, NOW), 0, {}],
		['of an exclusive server', every(10_000, 3000, NOW), NOW, { inclusive: false }],
		['of a server with pages of 3', every(10_000, 3000, NOW), NOW, { pageSize: 3 }],
		['of a server that shows the newest first', every(10_000, 3000, NOW), NOW, { order: 'newest first' }],
		['of a server without lastTimestamp', every(10_000, 3000, NOW), NOW, { lastTimestamp: 'nothing' }],
	])('%s', (_sentence, cases, clock, reading) => {
		const found = search(serverOf(cases, reading), clock);
		const end = Math.max(...cases.map(versionTime));
		const left = cases.filter((it) => versionTime(it) >= found.from);
		const { pageSize = 100 } = reading;

		expect(end - found.newest).toBeLessThanOrEqual(MINUTE);
		expect(found.newest).toBeLessThanOrEqual(end);
		expect(found.from).toBeLessThanOrEqual(found.newest);
		expect(left.length).toBeGreaterThan(0);
		expect(left.length).toBeLessThanOrEqual(5 * pageSize);
		expect(found.requests).toBeLessThanOrEqual(40);
	});
});

it('returns 0 if there is no case at any time', () => {
	const asked: number[] = [];
	const found = search((since) => {
		asked.push(since);
		return { cases: [], hasMore: false, lastTimestamp: 0 };
	}, NOW);
	expect(found).toMatchObject({ from: 0, newest: 0 });
	expect(Math.min(...asked)).toBe(1);
});

it('needs one request if the last minute fits on a page', () => {
	expect(search(serverOf([caseAt(NOW - 1000)]), NOW).requests).toBe(1);
});

it.each<[string, CasePage]>([
	['the same page', { cases: [caseAt(5)], hasMore: true, lastTimestamp: 5 }],
	['a page without times', { cases: [{ id: 'A' }], hasMore: true, lastTimestamp: 0 }],
	['an empty page that says there is more', { cases: [], hasMore: true, lastTimestamp: NOW }],
])('ends on a server that answers every request with %s', (_sentence, page) => {
	expect(search(() => page, NOW).requests).toBeLessThanOrEqual(60);
});

it('ignores pages once it has ended', () => {
	const ended = { ...beginSearch(NOW), ask: undefined };
	expect(narrowSearch(ended, { cases: [caseAt(9)], hasMore: false, lastTimestamp: 9 })).toBe(ended);
});
