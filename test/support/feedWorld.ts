/** The world of the feed's property tests: a model of the server, a trigger as n8n runs it, and what it must and must not emit. */

import type { IDataObject } from 'n8n-workflow';

import { versionKey } from '../../nodes/OneTalk/api/integration/cases';
import { casePage } from '../../nodes/OneTalk/api/integration/envelope';
import type { OneTalkRequest } from '../../nodes/OneTalk/api/types';
import { PollFailure } from '../../nodes/OneTalk/triggers/cases/failures';
import type { CaseChange } from '../../nodes/OneTalk/triggers/cases/feed';
import { fetchFeed } from '../../nodes/OneTalk/triggers/cases/fetchFeed';
import { parseFilters } from '../../nodes/OneTalk/input/caseFilters';
import { parseSnapshots } from '../../nodes/OneTalk/triggers/cases/state';
import { LOOK_BACK_MS, type KINDS, type Setup, type SPOILS, type Step } from './feedStories';
import { ModelServer, type Readings, type Version, type Watched } from './modelServer';
import type { Situations } from './situations.cts';

/** When the server's clock starts, in Unix ms. */
const START = 1_700_000_000_000;

/** The version as `versionKey` names it. */
export const key = ({ id, time }: Version) => `${id}@${time}`;

/** A server and a trigger, with a record of what the trigger must emit and what it has emitted. */
export class World {
	server: ModelServer;

	/** Case versions that must never be emitted, those that must be, and those that were, in order. */
	old = new Set<string>();
	due = new Set<string>();
	emitted: CaseChange[] = [];

	/** Every case change that the trigger processed, in order, emitted or filtered out. */
	taken: CaseChange[] = [];

	/** Versions with the wrong answer to whether the case is new. Not collected after the state was damaged. */
	wronglyNew: string[] = [];

	/** Whether the trigger may have lost its snapshots. */
	disturbed = false;

	/** Versions on servers that are no longer used. */
	private versions: Version[] = [];
	private stored: IDataObject = {};
	private account = 'account 1';
	private level = false;
	/** The cases that the trigger has processed, emitted or not. */
	private readonly processed = new Set<string>();
	private polls = 0;
	/** What the server showed when the current pass began. */
	private shownAtStart: Set<string> | undefined;
	/** The trigger may treat cases created up to this time as old; Unix ms. */
	private doubtUntil = 0;
	private readonly passes: (record: CaseChange['record']) => boolean;

	constructor(
		private readonly readings: Readings,
		private readonly clockOffset: number,
		private readonly shuffle: (count: number) => number[],
		readonly setup: Setup,
		private readonly situations: Situations,
	) {
		this.server = new ModelServer(readings, START, shuffle);
		this.passes = parseFilters(setup.filters, {}, 'UTC');
	}

	change(step: Step): void {
		const { server } = this;
		if (step.does === 'wait') server.clock += step.ms;
		if (step.does !== 'create' && step.does !== 'update') return;
		// No more cases in one millisecond than a page can show: nobody could fetch the rest.
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
		this.situations.count(lag > 0 ? 'update with lag' : 'update');
	}

	/** The first polls of a trigger without a state, until it is level. `startBack`: how far back it starts, in ms; undefined: now. */
	async begin(pages: number, startBack: number | undefined): Promise<void> {
		this.old.clear();
		if (startBack === undefined) {
			this.takeForOld();
		} else {
			const from = this.server.clock - startBack;
			this.doubtUntil = from - 1;
			const before = this.server.versions.filter(({ time }) => time < from);
			before.forEach((version) => this.old.add(key(version)));
			this.situations.count('start in the past');
		}
		this.level = false;
		this.shownAtStart = undefined;
		do {
			await this.pollOn(pages);
			// Changes during the first pass may count as old.
			if (!this.level && startBack === undefined) this.takeForOld();
		} while (!this.level);
		if (startBack === undefined) this.doubtUntil = this.server.clock;
	}

	/** One of the polls that bring the feed level; their number is bounded. */
	private async pollOn(pages: number): Promise<void> {
		if (++this.polls >= 1_000) fail('not level after 1,000 polls');
		await this.poll(pages, 'kept');
	}

	async poll(pages: number, fate: 'kept' | 'discarded'): Promise<void> {
		const { server, setup } = this;
		this.shownAtStart ??= new Set(server.shown().map(key));
		const found: CaseChange[] = [];
		const onPages: string[] = [];
		const { seenFrom = this.startOfFirstPoll(), quiet } = this.stored;
		let read = 0;
		let reading;
		try {
			const means = {
				client: async (request: OneTalkRequest) => {
					const answer = await server.client(request);
					if (answer.ok) onPages.push(...casePage(answer.data).cases.map(({ id }) => id));
					return answer;
				},
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
				startAt: this.startOfFirstPoll(),
				account: this.account,
			});
		} catch (error) {
			if (!(error instanceof PollFailure)) fail(error);
			this.situations.count('poll failed');
			return;
		}
		if (fate === 'discarded') {
			this.situations.count('poll discarded');
			return;
		}
		const { state, changes: news } = reading;
		if (news.length > setup.maxCases) fail(`${news.length} cases, more than ${setup.maxCases}`);
		this.stored = JSON.parse(JSON.stringify({ ...state, account: this.account })) as IDataObject;
		this.emitted.push(...news);
		// A wanted change that was not emitted is over the limit: the poll leaves it to the next one.
		const taken = found.filter((one) => !this.isWanted(one) || news.includes(one));
		const repeated = taken.map(({ record }) => versionKey(record)).filter((version) => this.old.has(version));
		if (repeated.length > 0) fail(`emitted although they were there before: ${repeated.join(', ')}`);
		this.taken.push(...taken);
		if (typeof seenFrom === 'number' && quiet !== true) this.checkNew(taken, seenFrom);
		else onPages.forEach((id) => this.processed.add(id));
		if (found.some((one) => this.isWanted(one) && !news.includes(one)))
			this.situations.count('poll cut at its limit');
		this.level = !('search' in state) && state.passStarted === undefined;
		if (!this.level) {
			this.situations.count('poll cut short');
			return;
		}
		const still = new Set(server.shown().map(key));
		for (const version of this.shownAtStart) {
			if (still.has(version) && !this.old.has(version)) this.due.add(version);
		}
		this.shownAtStart = undefined;
	}

	/** New is a case that was not processed before and was created at or after the time from which all shown versions are known. */
	private checkNew(taken: CaseChange[], seenFrom: number): void {
		for (const { record, events } of taken) {
			const isNew = !this.processed.has(record.id) && (record.createdTime ?? 0) >= seenFrom;
			if (isNew !== events.includes('caseCreated') && !this.disturbed)
				this.wronglyNew.push(versionKey(record));
			this.processed.add(record.id);
		}
	}

	/** Damages the stored state. */
	async spoil(how: (typeof SPOILS)[number], pages: number): Promise<void> {
		const { lastTimestamp } = this.stored;
		if (typeof lastTimestamp !== 'number') return;
		this.situations.count(`state: ${how}`);
		this.disturbed = true;
		// Later changes happen after everything that was fetched so far.
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
		// Earlier versions are no longer remembered, nor fetched again.
		const late = this.server.versions.filter(({ time }) => time <= lastTimestamp);
		late.forEach((version) => this.old.add(key(version)));
		this.taken.forEach(({ record }) => this.old.delete(versionKey(record)));
	}

	/** Changes the key of the same account, if OneTalk still shows a remembered case. */
	async changeKey(): Promise<void> {
		const known = parseSnapshots(this.stored.snapshots);
		const shown = new Set(this.server.shown().map(({ id }) => id));
		if (!known.some(([id]) => shown.has(id)) || shown.size > this.readings.pageLimit) return;
		this.situations.count('new key, same account');
		this.account = `${this.account}'`;
		await this.undisturbed(async () => await this.poll(50, 'kept'));
	}

	async changeAccount(pages: number): Promise<void> {
		// A state without an account counts as the current account's.
		if (this.stored.account === undefined) return;
		this.situations.count('other account');
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

	/** Whether the case is clearly new: created after `doubtUntil`, visible at once, alone in its millisecond. */
	isPlainlyNew(id: string): boolean {
		const own = this.server.versions.filter((version) => version.id === id);
		if (own.length === 0 || own[0].createdTime <= this.doubtUntil) return false;
		const others = this.server.versions.filter(({ time }) => time === own[0].createdTime).length > 1;
		return !others && own.every(({ time, visibleAt }) => time === visibleAt);
	}

	versionsOf(id: string): Version[] {
		return [...this.versions, ...this.server.versions].filter((version) => version.id === id);
	}

	/** Polls until the feed is level, twice: then everything that was shown has been fetched. */
	async finish(): Promise<void> {
		this.server.failing.clear();
		this.server.clock += LOOK_BACK_MS + 1;
		for (let round = 0; round < 2; round++) {
			do await this.pollOn(50);
			while (!this.level);
		}
	}

	private startOfFirstPoll(): number | undefined {
		return this.setup.startBack === undefined ? undefined : this.startAt();
	}

	private startAt(): number {
		return this.doubtUntil + 1;
	}

	/** Runs `work` without failures and without changes during requests. */
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

/** Fails the test, with what a poll threw or did wrong. It is called often; `expect` would take more time than the feed. */
function fail(error: unknown): never {
	throw new Error(String(error), { cause: error });
}

/** What a change of this kind does to a case. */
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
