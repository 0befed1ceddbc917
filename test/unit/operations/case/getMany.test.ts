/** Case: Get Many. */

import { getMany } from '../../../../nodes/OneTalk/operations/case/getMany';
import type { OneTalkCase, OneTalkRequest } from '../../../../nodes/OneTalk/api/types';
import { caseAt, serverOf, type FeedResult } from '../../../support/feedModel';
import { refusal } from '../../../support/refusal';

const FIRST = 1_640_367_001_000;
const PARAMETERS = { since: FIRST, returnAll: false, limit: 50 };

const requestOf = (change: object) =>
	getMany.request({ ...PARAMETERS, ...change }, { timezone: 'Asia/Jakarta', row: {} });

describe('the first request', () => {
	it('is the one that the API page shows', () => {
		expect(requestOf({ limit: 100 })).toMatchObject({
			method: 'GET',
			path: '/inbox/case/get_updated_list',
			query: { since_timestamp: 1640367001000, limit: 100 },
			expects: 'cases',
			wanted: 100,
		});
	});

	it.each<[string, object, object]>([
		['asks for no more than is wanted', { limit: 3 }, { limit: 3 }],
		['asks for the largest page where more is wanted', { limit: 250 }, { limit: 100 }],
		['asks for the largest page where all is wanted', { returnAll: true, limit: 3 }, { limit: 100 }],
		['asks for 50 where the limit is missing', { limit: undefined }, { limit: 50 }],
		['takes a limit as text', { limit: '7' }, { limit: 7 }],
		['takes Return All as text', { returnAll: 'true' }, { limit: 100 }],
		[
			'reads a date without a zone in the zone of the workflow',
			{ since: '2026-01-31T09:00:00' },
			{ since_timestamp: 1769824800000 },
		],
		['takes Unix seconds', { since: 1640367001 }, { since_timestamp: 1640367001000 }],
		['takes Unix milliseconds as text', { since: '1640367001000' }, { since_timestamp: 1640367001000 }],
		[
			'asks since 1 for the beginning, since 0 could be taken for missing',
			{ since: 0 },
			{ since_timestamp: 1 },
		],
	])('%s', (_sentence, change, query) => {
		expect(requestOf(change).query).toMatchObject(query);
	});

	it.each<[string, object, string]>([
		['no time', { since: '' }, 'since'],
		['a number that may be a time in seconds or not', { since: 900000000 }, 'since'],
		['a limit of 0', { limit: 0 }, 'limit'],
		['a limit that is a word', { limit: 'all' }, 'limit'],
		['Return All that is neither', { returnAll: 'maybe' }, 'returnAll'],
	])('%s is refused', (_sentence, change, parameter) => {
		expect(refusal(() => requestOf(change)).parameter).toBe(parameter);
	});
});

/** Does what the batch does: sends requests until there is no next one. */
function collect(cases: OneTalkCase[], change: object, reading: Partial<FeedResult> = {}) {
	const server = serverOf(cases, reading);
	const first = requestOf(change);
	const pages = [];
	for (let request: OneTalkRequest | undefined = first; request !== undefined; ) {
		if (pages.length > 300) throw new Error('The reading does not end');
		const { since_timestamp: since, limit } = request.query as { since_timestamp: number; limit: number };
		pages.push({ ...server(since, limit) });
		request = getMany.next?.(request as typeof first, pages);
	}
	return { rows: getMany.rows(pages, first), requests: pages.length };
}

describe('paging', () => {
	const cases = Array.from({ length: 260 }, (_, index) =>
		caseAt(FIRST + 1 + Math.floor(index / 3) * 10, `C${String(index).padStart(3, '0')}`),
	);
	const ids = cases.map(({ id }) => id);

	it.each<[string, Partial<FeedResult>]>([
		['inclusive', {}],
		['exclusive', { inclusive: false }],
		['rows newest first', { order: 'newest first' }],
		['small pages', { pageSize: 7 }],
		['exclusive small pages', { pageSize: 7, inclusive: false }],
		['without lastTimestamp', { lastTimestamp: 'nothing' }],
		['without hasMore', { tellsMore: false }],
	])('Return All outputs every case once, oldest first: %s', (_sentence, reading) => {
		expect(collect(cases, { returnAll: true }, reading).rows.map(({ id }) => id)).toEqual(ids);
	});

	it.each<[number, Partial<FeedResult>]>([
		[1, {}],
		[50, {}],
		[100, { inclusive: false }],
		[101, {}],
		[150, { pageSize: 7 }],
		[250, { inclusive: false }],
		[1000, {}],
	])('a limit of %d outputs the oldest cases', (limit, reading) => {
		expect(collect(cases, { limit }, reading).rows.map(({ id }) => id)).toEqual(ids.slice(0, limit));
	});

	it('fetches no more pages than the limit needs', () => {
		expect(collect(cases, { limit: 100 }).requests).toBe(1);
		expect(collect(cases, { limit: 120 }).requests).toBe(2);
	});

	it('outputs nothing if there is no case', () => {
		expect(collect([], { returnAll: true })).toEqual({ rows: [], requests: 1 });
	});
});

describe('the rows', () => {
	const rows = (...pages: object[]) =>
		getMany.rows(
			pages.map((page) => ({ ...page })),
			requestOf({}),
		);

	it('are the unchanged cases, unknown fields included', () => {
		const record = { ...caseAt(FIRST), contact: { phone: '628123456789' }, labels: ['vip'] };
		expect(rows({ cases: [record] })).toEqual([record]);
	});

	it('contain a case that changed between two pages once, in its latest version', () => {
		const later = { id: 'A', createdTime: FIRST, updatedTime: FIRST + 90 };
		expect(rows({ cases: [caseAt(FIRST, 'A'), caseAt(FIRST + 5, 'B')] }, { cases: [later] })).toEqual([
			caseAt(FIRST + 5, 'B'),
			later,
		]);
		expect(rows({ cases: [later] }, { cases: [caseAt(FIRST, 'A')] })).toEqual([later]);
	});

	it('are empty if the list is null', () => {
		expect(rows({ cases: null })).toEqual([]);
	});
});

it('may be repeated, and does not wait for other calls', () => {
	expect(getMany.repeatable).toBe(true);
	expect(getMany.lane(requestOf({}))).toBeUndefined();
});
