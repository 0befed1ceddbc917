import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { versionKey } from '../../nodes/OneTalk/api/integration/cases';
import { CASE_EVENTS, type CaseEvent } from '../../nodes/OneTalk/triggers/cases/events';
import { PollFailure } from '../../nodes/OneTalk/triggers/cases/failures';
import type { CaseChange } from '../../nodes/OneTalk/triggers/cases/feed';
import { parseFilters } from '../../nodes/OneTalk/input/caseFilters';
import { fetchFeed } from '../../nodes/OneTalk/triggers/cases/fetchFeed';
import { parseSnapshots } from '../../nodes/OneTalk/triggers/cases/state';
import { ModelServer, type Readings, type Version, type Watched } from '../support/modelServer';
import { tell } from '../support/tell.cts';

const mockBounds = { seen: 10_000, known: 2_000 };
jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	MAX_PAGE_SIZE: 5,
	get MAX_SEEN_VERSIONS() {
		return mockBounds.seen;
	},
	get MAX_SNAPSHOTS() {
		return mockBounds.known;
	},
}));

const LOOK_BACK_MS = 60_000;
const START = 1_700_000_000_000;
const RUNS = 2_000;
/** The same stories every time; another number tells others. */
const SEED = 20_261_122;

const KINDS = ['message', 'status', 'junk', 'remark', 'agent', 'contact'] as const;
const SPOILS = [
	'only lastTimestamp',
	'a later layout',
	'garbage beside lastTimestamp',
	'no memory',
	'nonsense',
] as const;

/** What happens to the server and the trigger, one after the other. */
type Step =
	| { does: 'create'; lag: number }
	| { does: 'update'; which: number; lag: number; kind: (typeof KINDS)[number] }
	| { does: 'wait'; ms: number }
	| { does: 'spoil'; how: (typeof SPOILS)[number] }
	| { does: 'new key' }
	| { does: 'other account' }
	| { does: 'poll'; failAt?: number; fate: 'kept' | 'discarded'; pages: number };

/** How the trigger is set. */
interface Setup {
	events: CaseEvent[];
	filters: IDataObject;
	maxCases: number;
	/** How long before the first poll it starts, in ms; undefined: now. */
	startBack?: number;
	/** How many cases are remembered as they were. */
	known: number;
	/** How many versions are remembered as emitted; undefined: more than there are. */
	seen?: number;
}

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

const setup: fc.Arbitrary<Setup> = fc.record({
	events: fc.oneof(
		fc.constant<CaseEvent[]>(['caseCreated', 'caseUpdated']),
		fc.subarray([...CASE_EVENTS], { minLength: 1 }),
	),
	filters: fc.oneof(
		fc.constant({}),
		fc.record(
			{
				status: fc.constantFrom('open', 'closed'),
				junk: fc.constantFrom('exclude', 'only'),
				agentEmail: fc.constantFrom('a@example.com', 'a@example.com, unassigned', 'unassigned'),
			},
			{ requiredKeys: [] },
		),
	),
	maxCases: fc.constantFrom(1, 3, 7, 1_000),
	startBack: fc.option(fc.constantFrom(1, 30_000, 7_300_000, 90_000_000), { nil: undefined }),
	known: fc.constantFrom(1, 3, 2_000, 2_000),
	seen: fc.constant(undefined),
});

const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: LOOK_BACK_MS }));
const update = fc.record({
	does: fc.constant('update' as const),
	which: fc.nat(),
	lag,
	kind: fc.constantFrom(...KINDS),
});
const wait = fc.record({
	does: fc.constant('wait' as const),
	ms: fc.constantFrom(1, 2, 500, 20_000, 60_000, 7_200_000),
});
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 50, arbitrary: fc.record({ does: fc.constant('create' as const), lag }) },
	{ weight: 50, arbitrary: update },
	{ weight: 40, arbitrary: wait },
	{
		weight: 40,
		arbitrary: fc.record({
			does: fc.constant('poll' as const),
			failAt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
			fate: fc.constantFrom('kept' as const, 'kept' as const, 'kept' as const, 'discarded' as const),
			pages: fc.constantFrom(1, 1, 2, 50),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({ does: fc.constant('spoil' as const), how: fc.constantFrom(...SPOILS) }),
	},
	{ weight: 3, arbitrary: fc.constant<Step>({ does: 'new key' }) },
	{ weight: 1, arbitrary: fc.constant<Step>({ does: 'other account' }) },
);

/** How often each situation came about: a property that never meets one proves nothing about it. */
const met: Record<string, number> = {};
const count = (situation: string) => {
	met[situation] = (met[situation] ?? 0) + 1;
};

function fail(error: unknown): never {
	throw new Error(String(error), { cause: error });
}

const key = ({ id, time }: Version) => `${id}@${time}`;

/** A server, a trigger as n8n runs it, and what has to be true of the two. */
class World {
	server: ModelServer;

	/** The versions that must never come, those that must, and those that came, in order. */
	old = new Set<string>();
	due = new Set<string>();
	emitted: CaseChange[] = [];

	/** Everything the trigger took in, in order, wanted or not. */
	taken: CaseChange[] = [];

	/** Whether the trigger may have lost what it remembered. */
	disturbed = false;

	/** Of servers that are not asked any more. */
	private versions: Version[] = [];
	private stored: IDataObject = {};
	private account = 'account 1';
	private level = false;
	private polls = 0;
	/** What the server showed when the pass under way began. */
	private shownAtStart: Set<string> | undefined;
	/** Cases created up to here may be known to the trigger, or not; Unix ms. */
	private doubtUntil = 0;
	private readonly passes: (record: CaseChange['record']) => boolean;

	constructor(
		private readonly readings: Readings,
		private readonly clockOffset: number,
		private readonly shuffle: (count: number) => number[],
		private readonly setup: Setup,
	) {
		this.server = new ModelServer(readings, START, shuffle);
		this.passes = parseFilters(setup.filters, {}, 'UTC');
	}

	change(step: Step): void {
		const { server } = this;
		if (step.does === 'wait') server.clock += step.ms;
		if (step.does !== 'create' && step.does !== 'update') return;
		// No more cases in one millisecond than a page can show: the rest could not be read by anyone.
		if (server.versions.filter(({ time }) => time === server.clock).length >= this.readings.pageLimit) return;
		const lag = this.setup.seen === undefined ? step.lag : 0;
		const time = server.clock;
		const known = [...new Set(server.versions.map(({ id }) => id))];
		if (step.does === 'create' || known.length === 0) {
			const watched = { isClosed: false, isJunk: false, agentEmail: '', agentRemark: '', fullName: 'Budi' };
			const id = `${this.account}-${known.length}`;
			server.versions.push({ id, createdTime: time, time, visibleAt: time + lag, watched });
			return;
		}
		const id = known[step.which % known.length];
		const versions = server.versions.filter((version) => version.id === id);
		if (versions.some((version) => version.time >= time)) return;
		const before = versions[versions.length - 1].watched;
		const watched = { ...before, ...changed(step.kind, before, time) };
		server.versions.push({ id, createdTime: versions[0].createdTime, time, visibleAt: time + lag, watched });
		count(lag > 0 ? 'update with lag' : 'update');
	}

	/** The first polls of a trigger without a state, until it is level. It starts so many ms back; undefined: now. */
	async begin(pages: number, startBack: number | undefined): Promise<void> {
		this.old.clear();
		if (startBack === undefined) {
			this.takeForOld();
		} else {
			const from = this.server.clock - startBack;
			this.doubtUntil = from - 1;
			const before = this.server.versions.filter(({ time }) => time < from);
			before.forEach((version) => this.old.add(key(version)));
			count('start in the past');
		}
		this.level = false;
		this.shownAtStart = undefined;
		do {
			await this.pollOn(pages);
			// What comes while the first pass lasts may be taken for old.
			if (!this.level && startBack === undefined) this.takeForOld();
		} while (!this.level);
		if (startBack === undefined) this.doubtUntil = this.server.clock;
	}

	/** One of the polls that bring the feed level; that takes a bounded number of them. */
	private async pollOn(pages: number): Promise<void> {
		expect(++this.polls).toBeLessThan(1_000);
		await this.poll(pages, 'kept');
	}

	async poll(pages: number, fate: 'kept' | 'discarded'): Promise<void> {
		const { server, setup } = this;
		this.shownAtStart ??= new Set(server.shown().map(key));
		const found: CaseChange[] = [];
		let read = 0;
		let reading;
		try {
			const means = {
				client: server.client,
				now: () => server.clock + this.clockOffset,
				takePage: () => read++ < pages,
			};
			const isWanted = (news: CaseChange) => {
				found.push(news);
				return this.isWanted(news);
			};
			reading = await fetchFeed(means, this.stored, {
				isWanted,
				maxCases: setup.maxCases,
				lookBack: LOOK_BACK_MS,
				startAt: setup.startBack === undefined ? undefined : this.startAt(),
				account: this.account,
			});
		} catch (error) {
			if (!(error instanceof PollFailure)) fail(error);
			count('poll failed');
			return;
		}
		if (fate === 'discarded') {
			count('poll discarded');
			return;
		}
		const { state, changes: news } = reading;
		expect(news.length).toBeLessThanOrEqual(setup.maxCases);
		this.stored = JSON.parse(JSON.stringify({ ...state, account: this.account })) as IDataObject;
		this.emitted.push(...news);
		// What was wanted and is not among the news was over the limit: the poll left it to the next one.
		const taken = found.filter((one) => !this.isWanted(one) || news.includes(one));
		expect(taken.map(({ record }) => versionKey(record)).filter((version) => this.old.has(version))).toEqual(
			[],
		);
		this.taken.push(...taken);
		if (found.some((one) => this.isWanted(one) && !news.includes(one))) count('poll cut at its limit');
		this.level = !('search' in state) && state.passStarted === undefined;
		if (!this.level) {
			count('poll cut short');
			return;
		}
		const still = new Set(server.shown().map(key));
		for (const version of this.shownAtStart) {
			if (still.has(version) && !this.old.has(version)) this.due.add(version);
		}
		this.shownAtStart = undefined;
	}

	/** What was stored comes back damaged. */
	async spoil(how: (typeof SPOILS)[number], pages: number): Promise<void> {
		const { lastTimestamp } = this.stored;
		if (typeof lastTimestamp !== 'number') return;
		count(`state: ${how}`);
		this.disturbed = true;
		// What changes now does so after everything that has been read.
		this.server.clock += 1;
		if (how === 'no memory') {
			this.stored = { ...this.stored, snapshots: [1, ['x'], { id: 5 }] };
			return;
		}
		if (how === 'nonsense') {
			this.stored = { lastTimestamp: 'yesterday', seen: 7 };
			await this.undisturbed(async () => await this.begin(pages, undefined));
			return;
		}
		this.stored = {
			'only lastTimestamp': { lastTimestamp },
			'a later layout': { ...this.stored, layout: 99 },
			'garbage beside lastTimestamp': { ...this.stored, seen: [1, 2], since: 'x' },
		}[how];
		this.doubtUntil = lastTimestamp;
		this.shownAtStart = undefined;
		// What is not later than that is neither known nor asked for any more.
		const late = this.server.versions.filter(({ time }) => time <= lastTimestamp);
		late.forEach((version) => this.old.add(key(version)));
		this.taken.forEach(({ record }) => this.old.delete(versionKey(record)));
	}

	/** Another key of the same account, where OneTalk still shows a case that is remembered. */
	async changeKey(): Promise<void> {
		const known = parseSnapshots(this.stored.snapshots);
		const shown = new Set(this.server.shown().map(({ id }) => id));
		if (!known.some(([id]) => shown.has(id)) || shown.size > this.readings.pageLimit) return;
		count('new key, same account');
		this.account = `${this.account}'`;
		await this.undisturbed(async () => await this.poll(50, 'kept'));
	}

	async changeAccount(pages: number): Promise<void> {
		// A state that does not say whose it is, is taken for that of the account at hand.
		if (this.stored.account === undefined) return;
		count('other account');
		this.disturbed = true;
		this.versions.push(...this.server.versions);
		const { clock, failing, meanwhile } = this.server;
		this.account = `another ${this.account}`;
		this.server = new ModelServer(this.readings, clock, this.shuffle);
		Object.assign(this.server, { failing, meanwhile });
		for (let cases = 0; cases < 7; cases++) {
			this.change({ does: 'create', lag: 0 });
			this.server.clock += 10;
		}
		await this.undisturbed(async () => await this.begin(pages, this.setup.startBack));
	}

	isWanted({ events, record }: CaseChange): boolean {
		return this.setup.events.some((event) => events.includes(event)) && this.passes(record);
	}

	/** Whether nobody can take this case for an old one: created after what is in doubt, shown at once, alone in its ms. */
	isPlainlyNew(id: string): boolean {
		const own = this.server.versions.filter((version) => version.id === id);
		if (own.length === 0 || own[0].createdTime <= this.doubtUntil) return false;
		const others = this.server.versions.filter(({ time }) => time === own[0].createdTime).length > 1;
		return !others && own.every(({ time, visibleAt }) => time === visibleAt);
	}

	versionsOf(id: string): Version[] {
		return [...this.versions, ...this.server.versions].filter((version) => version.id === id);
	}

	/** All polls that are needed to be level, twice: then nothing that was shown is left. */
	async finish(): Promise<void> {
		this.server.failing.clear();
		this.server.clock += LOOK_BACK_MS + 1;
		for (let round = 0; round < 2; round++) {
			do await this.pollOn(50);
			while (!this.level);
		}
	}

	private startAt(): number {
		return this.doubtUntil + 1;
	}

	/** Nothing fails and nothing changes meanwhile. */
	private async undisturbed(work: () => Promise<void>): Promise<void> {
		const { failing, meanwhile } = this.server;
		Object.assign(this.server, { failing: new Set(), meanwhile: () => {} });
		await work();
		Object.assign(this.server, { failing, meanwhile });
	}

	private takeForOld(): void {
		const came = new Set(this.taken.map(({ record }) => versionKey(record)));
		this.server.shown().forEach((version) => came.has(key(version)) || this.old.add(key(version)));
	}
}

function changed(kind: (typeof KINDS)[number], before: Watched, time: number): Partial<Watched> {
	switch (kind) {
		case 'status':
			return { isClosed: !before.isClosed };
		case 'junk':
			return { isJunk: !before.isJunk };
		case 'remark':
			return { agentRemark: `Remark ${time}` };
		case 'agent':
			return { agentEmail: time % 2 === 0 ? 'a@example.com' : 'b@example.com' };
		case 'contact':
			return { fullName: `Budi ${time}` };
		default:
			return {};
	}
}

/** The fields that differ, as the trigger names them. */
function difference(before: Watched, after: Watched): CaseChange['changes'] {
	const names = Object.entries({ fullName: 'contactFullName' });
	const changes: CaseChange['changes'] = {};
	for (const field of Object.keys(after) as Array<keyof Watched>) {
		const name = names.find(([own]) => own === field)?.[1] ?? field;
		if (before[field] !== after[field]) changes[name] = { old: before[field], new: after[field] };
	}
	return changes;
}

/** What must be said of a version, given what is said to have changed. */
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

/** What the trigger says of each version is what happened since one that it can have seen. */
function checkHappenings(world: World): void {
	const last = new Map<string, number>();
	for (const news of world.taken) {
		const { record, events, changes, previous } = news;
		const versions = world.versionsOf(record.id);
		const now = versions.find((version) => key(version) === versionKey(record)) as Version;
		const lastTime = last.get(record.id);
		expect(new Set(events)).toEqual(eventsOf(news, now.watched));
		if (events.includes('caseCreated') || previous === 'unknown') {
			expect(changes).toEqual({});
			count(previous === 'unknown' ? 'previous unknown' : 'created');
		} else {
			const could = versions.filter(({ time }) => time < now.time && time >= (lastTime ?? 0));
			const told = could.some(({ watched }) => isSame(difference(watched, now.watched), changes));
			expect([versionKey(record), changes, told]).toEqual([versionKey(record), changes, true]);
			count(Object.keys(changes).length > 0 ? 'changes told' : 'no watched change');
			events.forEach((event) => count(event));
		}
		const remembered = mockBounds.known > 1_000 && !world.disturbed;
		if (remembered && lastTime !== undefined && lastTime < now.time) expect(previous).toBeUndefined();
		last.set(record.id, Math.max(lastTime ?? 0, now.time));
	}
}

function isSame(a: CaseChange['changes'], b: CaseChange['changes']): boolean {
	const sorted = (changes: CaseChange['changes']) => JSON.stringify(Object.entries(changes).sort());
	return sorted(a) === sorted(b);
}

interface Story {
	model: Readings;
	clockOffset: number;
	seed: number;
	before: Step[];
	steps: Step[];
	meanwhile: Step[];
	latency: number;
	firstPages: number;
	setup: Setup;
}

function story(setups: fc.Arbitrary<Setup>): fc.Arbitrary<Story> {
	return fc.record({
		model: readings,
		clockOffset: fc.integer({ min: -600_000, max: 600_000 }),
		seed: fc.nat(),
		before: fc.array(fc.oneof(update, wait, fc.record({ does: fc.constant('create' as const), lag })), {
			maxLength: 20,
		}),
		steps: fc.array(step, { maxLength: 80, size: 'max' }),
		meanwhile: fc.array(step, { maxLength: 20 }),
		latency: fc.constantFrom(7, 7, 300, 4_000),
		firstPages: fc.constantFrom(2, 50, 50),
		setup: setups,
	});
}

async function play({ model, clockOffset, seed, before, steps, meanwhile, ...rest }: Story): Promise<World> {
	const { latency, firstPages, setup: chosen } = rest;
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
	Object.assign(mockBounds, { known: chosen.known, seen: chosen.seen ?? 10_000 });
	const world = new World(model, clockOffset, shuffle, chosen);
	before.forEach((taken) => world.change(taken));
	world.server.clock += 1;
	await world.begin(firstPages, chosen.startBack);
	if (chosen.startBack === undefined) expect(world.taken).toEqual([]);

	const pending = [...meanwhile];
	world.server.meanwhile = () => {
		world.server.clock += latency;
		const taken = pending.shift();
		if (taken === undefined) return;
		world.change(taken);
		if (taken.does === 'create' || taken.does === 'update') count('change while a page is read');
	};
	for (const taken of steps) {
		world.change(taken);
		if (taken.does === 'spoil') await world.spoil(taken.how, firstPages);
		if (taken.does === 'new key') await world.changeKey();
		if (taken.does === 'other account') await world.changeAccount(firstPages);
		if (taken.does !== 'poll') continue;
		const { server } = world;
		server.failing = taken.failAt === undefined ? new Set() : new Set([server.requests + taken.failAt]);
		await world.poll(taken.pages, taken.fate);
	}
	await world.finish();
	return world;
}

function check(world: World): void {
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
	checkHappenings(world);
}

/** Every situation that the stories are made for must have come about often. */
function expectAll(situations: string[], least: number): void {
	for (const situation of situations) {
		expect([situation, (met[situation] ?? 0) >= least]).toEqual([situation, true]);
	}
}

describe('The feed', () => {
	beforeEach(() => Object.keys(met).forEach((situation) => delete met[situation]));

	it('loses nothing, repeats nothing and says what happened, whatever the API’s readings, faults and settings', async () => {
		await fc.assert(
			fc.asyncProperty(story(setup), async (told) => check(await play(told))),
			{ numRuns: RUNS, seed: SEED },
		);
		tell(`${RUNS} stories of the feed`, met);
		expectAll(
			[
				'poll failed',
				'poll discarded',
				'poll cut short',
				'poll cut at its limit',
				'update',
				'update with lag',
				'change while a page is read',
				'start in the past',
				'new key, same account',
				'other account',
				'created',
				'previous unknown',
				'changes told',
				...SPOILS.map((how) => `state: ${how}`),
				...CASE_EVENTS.filter((event) => event !== 'caseCreated'),
			],
			30,
		);
	}, 300_000);

	it('repeats nothing where more versions come than are remembered', async () => {
		const forgetful = setup.map((chosen) => ({ ...chosen, seen: 10, known: 3, startBack: 7_300_000 }));
		await fc.assert(
			fc.asyncProperty(story(forgetful), async (told) => {
				const world = await play(told);
				const taken = world.taken.map(({ record }) => versionKey(record));
				expect(new Set(taken).size).toBe(taken.length);
				expect([...world.due].filter((version) => !taken.includes(version))).toEqual([]);
			}),
			{ numRuns: RUNS / 2, seed: SEED },
		);
	}, 300_000);
});
