/** Case versions, and how the case list is fetched page by page. */

import {
	byTime,
	casesSince,
	nextPage,
	versionKey,
	versionTime,
	type NextPage,
} from '../../../../nodes/OneTalk/api/integration/cases';
import type { CasePage, OneTalkCase } from '../../../../nodes/OneTalk/api/types';
import { caseAt, serverOf, type FeedResult } from '../../../support/feedModel';

describe('the version of a case', () => {
	it.each<[string, OneTalkCase, number]>([
		['is its updatedTime', { id: 'A', createdTime: 5, updatedTime: 9 }, 9],
		['is its createdTime where it was never updated', { id: 'A', createdTime: 5, updatedTime: 0 }, 5],
		['is its createdTime where updatedTime is null', { id: 'A', createdTime: 5, updatedTime: null }, 5],
		['is 0 where it has no time', { id: 'A' }, 0],
	])('%s', (_sentence, record, time) => {
		expect(versionTime(record)).toBe(time);
		expect(versionKey(record)).toBe(`A@${time}`);
	});
});

it('cases are sorted by their last change, oldest first, then by ID', () => {
	const cases = [caseAt(3, 'A'), caseAt(1, 'C'), caseAt(1, 'B')];
	expect(cases.sort(byTime).map(({ id }) => id)).toEqual(['B', 'C', 'A']);
});

describe('the request for a page', () => {
	it('is the documented one', () => {
		expect(casesSince(1640367001000)).toEqual({
			method: 'GET',
			path: '/inbox/case/get_updated_list',
			query: { since_timestamp: 1640367001000, limit: 100 },
			expects: 'cases',
		});
	});

	it.each([0, -5])('never asks since %d, which could be mistaken for a missing time', (since) => {
		expect(casesSince(since).query).toEqual({ since_timestamp: 1, limit: 100 });
	});
});

describe('where the next page starts', () => {
	const page = (times: number[], more: Partial<CasePage> = {}): CasePage => ({
		cases: times.map((time, index) => caseAt(time, `C${index}`)),
		hasMore: true,
		lastTimestamp: Math.max(...times),
		...more,
	});

	it.each<[string, CasePage, number, NextPage | undefined]>([
		['nowhere after an empty page', { cases: [], hasMore: true, lastTimestamp: 99 }, 10, undefined],
		[
			'nowhere after a page that is not full and says there is no more',
			page([11, 12], { hasMore: false }),
			10,
			undefined,
		],
		[
			'on after a full page, even if it says there is no more',
			page([11, 12, 13], { hasMore: false }),
			10,
			{ since: 12 },
		],
		['on after a page that is not full but says there is more', page([11, 15]), 10, { since: 14 }],
		['just before the newest millisecond, which may be incomplete', page([11, 14, 20]), 10, { since: 19 }],
		['from the newest of an unsorted page', page([20, 14, 11]), 10, { since: 19 }],
		[
			'regardless of a lastTimestamp that is ahead of the rows',
			page([11, 14, 20], { lastTimestamp: 500 }),
			10,
			{ since: 19 },
		],
		[
			'regardless of a lastTimestamp that is missing',
			page([11, 14, 20], { lastTimestamp: 0 }),
			10,
			{ since: 19 },
		],
		['at the next millisecond where the page did not get past it', page([10, 11, 11]), 10, { since: 11 }],
		[
			'after a millisecond that fills a page, with a warning (exclusive)',
			page([11, 11, 11]),
			10,
			{ since: 11, crowded: 11 },
		],
		[
			'after a millisecond that fills a page, with a warning (inclusive)',
			page([10, 10, 10]),
			10,
			{ since: 11, crowded: 10 },
		],
		['nowhere where a page is older than what was asked for', page([3, 4, 5]), 10, undefined],
		[
			'by lastTimestamp where the rows hide the time they are sorted by',
			page([3, 4, 5], { lastTimestamp: 20 }),
			10,
			{ since: 19 },
		],
	])('%s', (_sentence, given, since, next) => {
		const found = nextPage(given, since, 3);
		expect(found && { ...found }).toEqual(next);
	});
});

/** Fetches all pages from a time. A fetch that does not end fails the test. */
function readAll(server: (since: number) => CasePage, from: number) {
	const found = new Set<string>();
	const crowded: number[] = [];
	let since = from;
	for (let requests = 1; requests <= 500; requests++) {
		const page = server(since);
		page.cases.forEach(({ id }) => found.add(id));
		const next = nextPage(page, since, 100);
		if (next?.crowded !== undefined) crowded.push(next.crowded);
		if (next === undefined) return { found: [...found].sort(), crowded };
		expect(next.since).toBeGreaterThan(since);
		since = next.since;
	}
	throw new Error('The reading does not end');
}

describe('fetching page by page finds every case', () => {
	/** In Unix ms. Many cases share a time, and those cross the boundaries of pages. */
	const times = Array.from({ length: 60 }, (_, index) => 1_640_367_001_000 + Math.floor(index / 4) * 7);
	const cases = times.map((time, index) => caseAt(time, `C${String(index).padStart(2, '0')}`));

	it.each<[string, Partial<FeedResult>]>([
		['inclusive', {}],
		['exclusive', { inclusive: false }],
		['inclusive, pages of 5', { pageSize: 5 }],
		['exclusive, pages of 5', { pageSize: 5, inclusive: false }],
		['inclusive, rows newest first', { pageSize: 5, order: 'newest first' }],
		['exclusive, rows newest first', { pageSize: 5, order: 'newest first', inclusive: false }],
		['without lastTimestamp', { pageSize: 5, lastTimestamp: 'nothing' }],
		['lastTimestamp as the time now', { pageSize: 5, lastTimestamp: 'the time now' }],
		['pages as small as the largest tie', { pageSize: 4 }],
		['exclusive pages as small as the largest tie', { pageSize: 4, inclusive: false }],
	])('%s', (_sentence, reading) => {
		const { found } = readAll(serverOf(cases, reading), times[0] - 1);
		expect(found).toEqual(cases.map(({ id }) => id));
	});

	it.each([true, false])('on a server that never sets hasMore (inclusive: %s)', (inclusive) => {
		const many = Array.from({ length: 250 }, (_, index) => caseAt(5000 + Math.floor(index / 3), `C${index}`));
		const { found } = readAll(serverOf(many, { inclusive, tellsMore: false }), 4999);
		expect(found).toHaveLength(250);
	});

	it.each([true, false])(
		'and skips to the next millisecond where one millisecond has more cases than a page (inclusive: %s)',
		(inclusive) => {
			const crowd = Array.from({ length: 120 }, (_, index) => caseAt(7000, `T${index}`));
			const server = serverOf([caseAt(6000, 'BEFORE'), ...crowd, caseAt(8000, 'AFTER')], { inclusive });
			const { found, crowded } = readAll(server, 5999);
			expect(found).toEqual(expect.arrayContaining(['BEFORE', 'AFTER']));
			expect(found).toHaveLength(102);
			expect(crowded).toContain(7000);
		},
	);
});

it('ends on a server that answers every request with the same page', () => {
	const same: CasePage = { cases: [caseAt(50, 'A')], hasMore: true, lastTimestamp: 50 };
	expect(readAll(() => same, 10).found).toEqual(['A']);
});

it('accepts more cases from a server than it asked for', () => {
	const cases = Array.from({ length: 200_000 }, (_, index) => caseAt(index + 1));
	expect(nextPage({ cases, hasMore: false, lastTimestamp: 200_000 }, 0, 100)).toEqual({ since: 199_999 });
});
