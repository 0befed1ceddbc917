/** Case: Get Many with filters. */

import type { OneTalkCase, OneTalkRequest } from '../../../../nodes/OneTalk/api/types';
import { InvalidInput } from '../../../../nodes/OneTalk/input/invalid';
import { getMany } from '../../../../nodes/OneTalk/operations/case/getMany';
import { caseAt, serverOf } from '../../../support/feedModel';

const FIRST = 1_640_367_001_000;

const requestOf = (change: object) =>
	getMany.request(
		{ since: FIRST, returnAll: false, limit: 50, ...change },
		{ timezone: 'Asia/Jakarta', row: {} },
	);

/** Every third case is closed. */
const cases: OneTalkCase[] = Array.from({ length: 260 }, (_, index) => ({
	...caseAt(FIRST + 1 + index * 10, `C${String(index).padStart(3, '0')}`),
	isClosed: index % 3 === 0,
}));
const closed = cases.filter(({ isClosed }) => isClosed).map(({ id }) => id);

/** Does what the batch does: sends requests until there is no next one. */
function collect(change: object) {
	const server = serverOf(cases, {});
	const first = requestOf(change);
	const pages = [];
	for (let request: OneTalkRequest | undefined = first; request !== undefined; ) {
		const { since_timestamp: since, limit } = request.query as { since_timestamp: number; limit: number };
		pages.push({ ...server(since, limit) });
		request = getMany.next?.(request as typeof first, pages);
	}
	return { ids: getMany.rows(pages, first).map(({ id }) => id), requests: pages.length };
}

it('Return All gives every case that matches, once', () => {
	expect(collect({ filters: { status: 'closed' }, returnAll: true }).ids).toEqual(closed);
});

it.each([1, 34, 50, 80, 500])('a limit of %d counts the cases that match', (limit) => {
	expect(collect({ filters: { status: 'closed' }, limit }).ids).toEqual(closed.slice(0, limit));
});

it('fetches full pages, and no further than the limit needs', () => {
	expect(requestOf({ filters: { status: 'closed' }, limit: 1 }).query).toMatchObject({ limit: 100 });
	expect(collect({ filters: { status: 'closed' }, limit: 10 }).requests).toBe(1);
});

it.each([{}, undefined, null, ''])('%j is no filter', (filters) => {
	expect(collect({ filters, limit: 3 })).toEqual({ ids: cases.slice(0, 3).map(({ id }) => id), requests: 1 });
});

it.each<[string, object, string]>([
	['a filter that cannot be used', { filters: { status: 'half open' } }, 'status'],
	['filters that are a list', { filters: ['open'] }, 'filters'],
])('%s is refused by name', (_what, change, parameter) => {
	expect(() => requestOf(change)).toThrow(expect.objectContaining({ parameter }) as InvalidInput);
});

it('says what to write for the last 24 hours where no time is given', () => {
	expect(() => requestOf({ since: '' })).toThrow(
		expect.objectContaining({
			parameter: 'since',
			hint: expect.stringContaining('{{ $now.minus({ hours: 24 }) }}') as string,
		}) as InvalidInput,
	);
});
