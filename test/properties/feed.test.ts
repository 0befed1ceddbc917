import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { versionKey } from '../../nodes/OneTalk/api/cases';
import type { News } from '../../nodes/OneTalk/trigger/feed';
import { PollFailure, readFeed } from '../../nodes/OneTalk/trigger/reading';
import { ModelServer, type Readings, type Version } from '../support/modelServer';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	LARGEST_PAGE: 5,
}));

const LOOK_BACK_MS = 60_000;
const START = 1_700_000_000_000;
const RUNS = 3_000;

/** What happens to the server and the trigger, one after the other. */
type Step =
	| { does: 'create'; lag: number }
	| { does: 'update'; which: number; lag: number }
	| { does: 'wait'; ms: number }
	| { does: 'poll'; failAt?: number; fate: 'kept' | 'discarded'; pages: number };

const readings: fc.Arbitrary<Readings> = fc
	.record({
		inclusive: fc.boolean(),
		order: fc.constantFrom<Readings['order'][]>('ascending', 'descending', 'shuffled'),
		pageLimit: fc.constantFrom(3, 5),
		hasMore: fc.constantFrom<Readings['hasMore'][]>('rows', 'later'),
		emptyLastTimestamp: fc.constantFrom<Readings['emptyLastTimestamp'][]>(
			'zero',
			'null',
			'since',
			'now',
			'missing',
		),
		neverUpdated: fc.constantFrom<Readings['neverUpdated'][]>('zero', 'created'),
	})
	// A server that gives less than was asked for, and calls that all there is, shows the rest to nobody.
	.filter(({ pageLimit, hasMore }) => hasMore === 'rows' || pageLimit === 5);

const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: LOOK_BACK_MS }));
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ does: fc.constant('create' as const), lag }) },
	{ weight: 5, arbitrary: fc.record({ does: fc.constant('update' as const), which: fc.nat(), lag }) },
	{
		weight: 4,
		arbitrary: fc.record({
			does: fc.constant('wait' as const),
			ms: fc.constantFrom(1, 2, 500, 20_000, 60_000, 7_200_000),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			does: fc.constant('poll' as const),
			failAt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
			fate: fc.constantFrom('kept' as const, 'kept' as const, 'kept' as const, 'discarded' as const),
			pages: fc.constantFrom(1, 1, 2, 50),
		}),
	},
);

/** How often each situation came about: a property that never meets one proves nothing about it. */
const seen: Record<string, number> = {
	'poll failed': 0,
	'poll discarded': 0,
	'poll cut short': 0,
	update: 0,
	'update with lag': 0,
	'change while a page is read': 0,
};
const count = (situation: string) => {
	seen[situation] = (seen[situation] ?? 0) + 1;
};

/** The trigger as n8n runs it: what a poll emits and the state it writes stand or fall together. */
class ModelTrigger {
	stored = '{}';
	emitted: News[] = [];
	level = false;

	constructor(
		private readonly server: ModelServer,
		private readonly clockOffset: number,
	) {}

	async poll(pages: number, fate: 'kept' | 'discarded'): Promise<boolean> {
		let read = 0;
		const means = {
			client: this.server.client,
			now: () => this.server.clock + this.clockOffset,
			mayRead: () => read++ < pages,
		};
		try {
			const { state, news } = await readFeed(means, JSON.parse(this.stored) as IDataObject, LOOK_BACK_MS);
			if (fate === 'discarded') {
				count('poll discarded');
				return false;
			}
			this.stored = JSON.stringify(state);
			this.emitted.push(...news);
			this.level = !('search' in state) && state.passStarted === undefined;
			if (!this.level) count('poll cut short');
			return true;
		} catch (error) {
			if (!(error instanceof PollFailure)) fail(error);
			count('poll failed');
			return false;
		}
	}
}

function fail(error: unknown): never {
	throw new Error(String(error), { cause: error });
}

/** No more cases in one millisecond than a page can show: the rest could not be read by anyone. */
function room(server: ModelServer): boolean {
	return server.versions.filter(({ time }) => time === server.clock).length < server.readings.pageLimit;
}

function key({ id, time }: Version): string {
	return `${id}@${time}`;
}

/** Cases that nobody can take for old ones: created after the first poll, shown at once, alone in their millisecond. */
function plainlyNew({ versions }: ModelServer, { emitted }: ModelTrigger, began: number): string[] {
	return emitted
		.map(({ record }) => record.id)
		.filter((id) => {
			const own = versions.filter((version) => version.id === id);
			const { createdTime } = own[0];
			const others = versions.filter(({ time }) => time === createdTime).length > 1;
			return createdTime > began && !others && own.every(({ time, visibleAt }) => time === visibleAt);
		});
}

async function play(
	model: Readings,
	clockOffset: number,
	seed: number,
	before: Step[],
	steps: Step[],
	meanwhile: Step[],
	latency: number,
	firstPages: number,
) {
	let random = seed;
	const shuffle = (size: number) => {
		const order = Array.from({ length: size }, (_, index) => index);
		for (let index = size - 1; index > 0; index--) {
			random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
			const other = random % (index + 1);
			[order[index], order[other]] = [order[other], order[index]];
		}
		return order;
	};
	const server = new ModelServer(model, START, shuffle);
	const trigger = new ModelTrigger(server, clockOffset);
	const due = new Set<string>();
	const old = new Set<string>();

	const change = (taken: Step) => {
		if (taken.does === 'wait') server.clock += taken.ms;
		if ((taken.does !== 'create' && taken.does !== 'update') || !room(server)) return;
		const known = [...new Set(server.versions.map(({ id }) => id))];
		const time = server.clock;
		if (taken.does === 'create' || known.length === 0) {
			server.versions.push({ id: `c${known.length}`, createdTime: time, time, visibleAt: time + taken.lag });
			return;
		}
		const id = known[taken.which % known.length];
		const versions = server.versions.filter((version) => version.id === id);
		if (versions.some((version) => version.time === time)) return;
		server.versions.push({ id, createdTime: versions[0].createdTime, time, visibleAt: time + taken.lag });
		count(taken.lag > 0 ? 'update with lag' : 'update');
	};

	before.forEach(change);
	server.clock += 1;
	server.shown().forEach((version) => old.add(key(version)));
	do {
		await trigger.poll(firstPages, 'kept');
		// What comes while the first pass lasts may be taken for old.
		if (!trigger.level) server.shown().forEach((version) => old.add(key(version)));
	} while (!trigger.level);
	expect(trigger.emitted).toEqual([]);
	const began = server.clock;

	const pending = [...meanwhile];
	server.meanwhile = () => {
		server.clock += latency;
		const taken = pending.shift();
		if (taken === undefined || taken.does === 'poll') return;
		change(taken);
		count('change while a page is read');
	};

	// What the API shows while a pass over the feed lasts has to come; what it shows behind the pass comes with the next.
	let shownSincePassBegan: Set<string> | undefined;
	const pollOnce = async (pages: number, fate: 'kept' | 'discarded') => {
		const shown = server.shown();
		shownSincePassBegan ??= new Set(shown.map(key));
		if (!(await trigger.poll(pages, fate)) || !trigger.level) return;
		const still = new Set(server.shown().map(key));
		for (const version of shown.map(key)) {
			if (shownSincePassBegan.has(version) && still.has(version) && !old.has(version)) due.add(version);
		}
		shownSincePassBegan = undefined;
	};
	for (const taken of steps) {
		change(taken);
		if (taken.does !== 'poll') continue;
		server.failing = taken.failAt === undefined ? new Set() : new Set([server.requests + taken.failAt]);
		await pollOnce(taken.pages, taken.fate);
	}
	server.failing.clear();
	server.clock += LOOK_BACK_MS + 1;
	do await pollOnce(50, 'kept');
	while (!trigger.level);
	await pollOnce(50, 'kept');

	const emitted = trigger.emitted.map(({ record }) => versionKey(record));
	const created = trigger.emitted
		.filter(({ event }) => event === 'caseCreated')
		.map(({ record }) => record.id);
	return { due, old, emitted, created, plainlyNew: plainlyNew(server, trigger, began) };
}

describe('The feed', () => {
	it('loses nothing and repeats nothing, whatever the API’s readings, faults, lags and lost polls', async () => {
		await fc.assert(
			fc.asyncProperty(
				readings,
				fc.integer({ min: -600_000, max: 600_000 }),
				fc.nat(),
				fc.array(step, { maxLength: 20 }),
				fc.array(step, { maxLength: 80, size: 'max' }),
				fc.array(step, { maxLength: 20 }),
				fc.constantFrom(7, 7, 300, 4_000),
				fc.constantFrom(2, 50, 50),
				async (model, clockOffset, seed, before, steps, meanwhile, latency, firstPages) => {
					const { due, old, emitted, created, plainlyNew } = await play(
						model,
						clockOffset,
						seed,
						before,
						steps,
						meanwhile,
						latency,
						firstPages,
					);
					expect(new Set(emitted).size).toBe(emitted.length);
					expect(emitted.filter((version) => old.has(version))).toEqual([]);
					expect([...due].filter((version) => !emitted.includes(version))).toEqual([]);
					expect(new Set(created).size).toBe(created.length);
					expect(plainlyNew.filter((id) => !created.includes(id))).toEqual([]);
				},
			),
			{ numRuns: RUNS },
		);
		for (const situation of [
			'poll failed',
			'poll discarded',
			'poll cut short',
			'update',
			'update with lag',
		]) {
			expect([situation, seen[situation] > 100]).toEqual([situation, true]);
		}
	}, 120_000);
});
