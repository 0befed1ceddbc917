/** The cases: their versions, and how the settings change the case list. */

import type { Settings } from '../../../simulator/server.cts';
import { invalidInput, useSimulator, type CaseList } from '../harness.cts';

const api = useSimulator();
const START = 1_700_000_000_000;

function idsOf({ cases }: CaseList): string[] {
	return cases.map(({ id }) => id);
}

/** Creates a case at START plus each time (milliseconds) and returns their IDs. */
function createAt(...times: number[]): string[] {
	return times.map((time) => {
		api.sim.setClock(START + time);
		return api.sim.createCase().id;
	});
}

test.each([
	[true, [0, 1, 2]],
	[false, [1, 2]],
])(
	'inclusive %p: whether the list includes a case at since_timestamp itself',
	async (inclusive, expected) => {
		api.sim.configure({ inclusive });
		const ids = createAt(10, 20, 30);
		expect(idsOf(await api.list(START + 10))).toEqual(expected.map((i) => ids[i]));
	},
);

test('a page has the oldest cases, whether there are more, and its newest time', async () => {
	const ids = createAt(10, 20, 30);
	expect(await api.list(START, 2)).toMatchObject({
		cases: [{ id: ids[0] }, { id: ids[1] }],
		hasMore: true,
		lastTimestamp: START + 20,
	});
	expect(await api.list(START + 20, 2)).toMatchObject({
		cases: [{ id: ids[1] }, { id: ids[2] }],
		hasMore: false,
		lastTimestamp: START + 30,
	});
});

test('order descending reverses a page, and changes neither its choice of cases nor its newest time', async () => {
	const ids = createAt(10, 20, 30);
	api.sim.configure({ order: 'descending' });
	expect(await api.list(START, 2)).toMatchObject({
		cases: [{ id: ids[1] }, { id: ids[0] }],
		lastTimestamp: START + 20,
	});
});

test('shuffled pages hold the same cases, differ from each other, and repeat with the seed', async () => {
	api.sim.bulk(50);
	api.sim.configure({ order: 'shuffled', seed: 7 });
	const first = idsOf(await api.list(0));
	const second = idsOf(await api.list(0));
	expect(second).not.toEqual(first);
	expect(second.toSorted()).toEqual(first.toSorted());
	api.sim.configure({ seed: 7 });
	expect(idsOf(await api.list(0))).toEqual(first);
});

test('pageLimit makes a page smaller than the requested limit', async () => {
	api.sim.bulk(10);
	api.sim.configure({ pageLimit: 3 });
	expect((await api.list(0, 8)).cases).toHaveLength(3);
	expect((await api.list(0, 2)).cases).toHaveLength(2);
});

test('pages that follow lastTimestamp have every case once if the list is exclusive', async () => {
	api.sim.configure({ inclusive: false, pageLimit: 30 });
	const ids = api.sim.bulk(100).map(({ id }) => id);
	const seen: string[] = [];
	let data: CaseList = { cases: [], hasMore: true, lastTimestamp: 0 };
	while (data.hasMore) {
		data = await api.list(data.lastTimestamp);
		seen.push(...idsOf(data));
	}
	expect(seen).toEqual(ids);
});

test('each case is listed once, in its latest version', async () => {
	const [first, second] = createAt(10, 20);
	api.sim.setClock(START + 30);
	api.sim.updateCase(first, { agentRemark: 'changed' });
	expect((await api.list(0)).cases).toMatchObject([{ id: second }, { id: first, agentRemark: 'changed' }]);
	expect(api.sim.versions).toEqual([
		{ id: first, time: START + 10 },
		{ id: second, time: START + 20 },
		{ id: first, time: START + 30 },
	]);
});

test('a second change within a millisecond, or after the clock was set back, gets a later updatedTime', () => {
	const [id] = createAt(10);
	expect(api.sim.updateCase(id, {}).updatedTime).toBe(START + 11);
	api.sim.setClock(START);
	expect(api.sim.updateCase(id, {}).updatedTime).toBe(START + 12);
});

test('with a visibility lag, a change shows late, and the previous version until then', async () => {
	api.sim.configure({ visibilityLagMs: 100 });
	const [id] = createAt(0);
	expect((await api.list(0)).cases).toEqual([]);
	api.sim.setClock(START + 99);
	expect((await api.list(0)).cases).toEqual([]);
	api.sim.setClock(START + 100);
	expect(idsOf(await api.list(0))).toEqual([id]);
	api.sim.updateCase(id, { isJunk: true });
	expect((await api.list(0)).cases).toMatchObject([{ isJunk: false, updatedTime: START }]);
	api.sim.setClock(START + 200);
	expect((await api.list(0)).cases).toMatchObject([{ isJunk: true, updatedTime: START + 100 }]);
});

const emptyListTimes: Array<[setting: Settings['emptyLastTimestamp'], expected: number | null | undefined]> =
	[
		['zero', 0],
		['null', null],
		['since', START + 5],
		['now', START],
		['missing', undefined],
	];
test.each(emptyListTimes)('emptyLastTimestamp %s', async (emptyLastTimestamp, expected) => {
	api.sim.setClock(START);
	api.sim.configure({ emptyLastTimestamp });
	const data = await api.list(START + 5);
	expect(data).toEqual({
		cases: [],
		hasMore: false,
		...(expected === undefined ? {} : { lastTimestamp: expected }),
	});
	expect('lastTimestamp' in data).toBe(expected !== undefined);
});

test('emptyCases null: null instead of an empty list', async () => {
	api.sim.configure({ emptyCases: 'null' });
	expect((await api.list(0)).cases).toBeNull();
});

test('newCaseUpdatedTime zero: the list uses createdTime until the first change', async () => {
	api.sim.configure({ newCaseUpdatedTime: 'zero' });
	createAt(10);
	expect(await api.list(START)).toMatchObject({ cases: [{ updatedTime: 0 }], lastTimestamp: START + 10 });
	expect(api.sim.versions[0].time).toBe(START + 10);
});

test('bulk gives each new case a later millisecond of its own, or all the same one', () => {
	api.sim.setClock(START);
	const before = api.sim.createCase().createdTime;
	const times = api.sim.bulk(50).map(({ createdTime }) => createdTime);
	expect(new Set(times).size).toBe(50);
	expect(Math.min(...times)).toBeGreaterThan(before);
	expect(new Set(api.sim.bulk(50, { sameMillisecond: true }).map(({ createdTime }) => createdTime))).toEqual(
		new Set([START]),
	);
	expect(new Set(api.sim.cases.map(({ id }) => id)).size).toBe(101);
});

test('clockOffsetMs moves the clock, and setClock freezes it at the exact time', () => {
	api.sim.configure({ clockOffsetMs: -3_600_000 });
	expect(Math.abs(api.sim.now() - (Date.now() - 3_600_000))).toBeLessThan(1_000);
	api.sim.setClock(START);
	expect(api.sim.now()).toBe(START);
	api.sim.setClock(null);
	expect(api.sim.now()).toBeGreaterThan(START);
	expect(() => api.sim.setClock(-1)).toThrow('The clock takes Unix milliseconds');
});

test('a returned case cannot be changed directly', () => {
	const shown = api.sim.createCase();
	expect(() => {
		shown.isJunk = true;
	}).toThrow();
});

test('refuses invalid input', () => {
	expect(() => api.sim.updateCase('FFFFFFFFFF', {})).toThrow('There is no case "FFFFFFFFFF"');
	expect(() => api.sim.createCase(invalidInput({ phone: '628' }))).toThrow('A case has no "phone" to set');
	expect(() => api.sim.createCase({ contact: { phone: '+62' } })).toThrow('country code');
	expect(() => api.sim.createCase(invalidInput({ isClosed: 'no' }))).toThrow(
		'"isClosed" of a case must be a boolean',
	);
});
