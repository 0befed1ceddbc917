import fc from 'fast-check';
import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { startSimulator } from '../../simulator/server.cts';
import { createTrigger, type Trigger } from '../support/engine';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	REQUEST_TIMEOUT_MS: 500,
}));

type Simulator = Awaited<ReturnType<typeof startSimulator>>;
type Fault = Parameters<Simulator['fault']>[0];

const START = 1_800_000_000_000;

describe('OneTalk Trigger on n8n’s poll context', () => {
	let onetalk: Simulator;
	let clock = START;
	const later = (ms = 1_000) => onetalk.setClock((clock += ms));
	const openCase = () => {
		later();
		return onetalk.createCase({ firstMessage: 'Hello' });
	};
	const change = (id: string, agentRemark: string) => {
		later();
		return onetalk.updateCase(id, { agentRemark });
	};
	const brief = (items: IDataObject[] | null) => items?.map(({ id, event }) => [id, event]) ?? null;

	beforeAll(async () => {
		onetalk = await startSimulator({ quiet: true });
	});
	beforeEach(() => {
		onetalk.reset();
		later();
	});
	afterAll(async () => await onetalk.stop());

	const activated = async (
		...args: Parameters<typeof createTrigger> extends [unknown, ...infer R] ? R : never
	) => {
		const trigger = createTrigger(onetalk, ...args);
		expect(await trigger.poll()).toBeNull();
		return trigger;
	};

	it('emits nothing at the first poll and stands on the newest case that the server shows', async () => {
		openCase();
		const { updatedTime } = openCase();
		const trigger = await activated();
		expect(trigger.state().lastTimestamp).toBe(updatedTime);
	});

	it.each([
		['ten minutes behind n8n', -600_000],
		['ten minutes ahead of n8n', 600_000],
		['years behind n8n', -4 * 365 * 86_400_000],
	])('misses nothing where the server’s clock is %s', async (_what, offset) => {
		const times = { now: Date.now() + offset };
		onetalk.setClock(times.now);
		onetalk.createCase({});
		const trigger = await activated();
		onetalk.setClock(times.now + 1_000);
		const { id } = onetalk.createCase({});
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('takes what stands right before the look-back for old, however slow the first poll is', async () => {
		later(100_000);
		for (const before of [60_900, 60_100, 60_020, 0]) {
			onetalk.setClock(clock - before);
			onetalk.createCase({});
		}
		onetalk.configure({ latencyMs: 400 });
		const trigger = await activated();
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	it('emits the very first case of an account', async () => {
		const trigger = await activated();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('emits new and updated cases once each, as the API gives them, oldest first', async () => {
		const { id: old } = openCase();
		const trigger = await activated();
		const { id: fresh } = openCase();
		const { id: changed } = openCase();
		change(changed, 'Paid');
		const latest = change(old, 'Called');
		const items = await trigger.poll();
		expect(brief(items)).toEqual([
			[fresh, 'caseCreated'],
			[changed, 'caseCreated'],
			[old, 'caseUpdated'],
		]);
		expect(items?.[2]).toEqual({
			...latest,
			event: 'caseUpdated',
			events: ['caseRemarkChanged', 'caseUpdated'],
			changes: { agentRemark: { old: '', new: 'Called' } },
		});
		expect(await trigger.poll()).toBeNull();
		change(fresh, 'Again');
		expect(brief(await trigger.poll())).toEqual([[fresh, 'caseUpdated']]);
	});

	it('emits only the events that are chosen, and takes the others as read', async () => {
		const { id: old } = openCase();
		const trigger = await activated({ events: ['caseCreated'] });
		change(old, 'Paid');
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('shows real cases in a manual test, newest last, and leaves the state alone', async () => {
		const trigger = createTrigger(onetalk);
		const ids = Array.from({ length: 12 }, () => openCase().id);
		const items = await trigger.poll('manual');
		expect(items?.map(({ id }) => id)).toEqual(ids.slice(2));
		expect(new Set(items?.map(({ event }) => event))).toEqual(new Set(['caseCreated']));
		expect(trigger.state()).toEqual({});

		await trigger.poll();
		const before = trigger.state();
		openCase();
		await trigger.poll('manual');
		expect(trigger.state()).toEqual(before);
		expect(await trigger.poll()).toHaveLength(1);
	});

	it('says in a manual test of an account without cases that there is none, and what to do', async () => {
		await expect(createTrigger(onetalk).poll('manual')).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'There is no case in OneTalk yet',
			description: expect.stringContaining('Send a message to your channel') as string,
		});
	});

	it('says in a manual test that no case fits the choice, and what to do', async () => {
		openCase();
		const trigger = createTrigger(onetalk, { events: ['caseReopened'] });
		await expect(trigger.poll('manual')).rejects.toMatchObject({
			message: 'None of the newest cases fits "Trigger On" and "Filters"',
			description: expect.stringContaining('leave the filters empty') as string,
		});
	});

	it('uses the filters in a manual test too', async () => {
		const { id } = openCase();
		openCase();
		onetalk.updateCase(id, { isClosed: true });
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items?.map((item) => item.id)).toEqual([id]);
	});

	it('looks further back in a manual test until enough cases fit', async () => {
		const ids = Array.from({ length: 12 }, () => openCase().id);
		ids.slice(0, 6).forEach((id) => {
			later();
			onetalk.updateCase(id, { isClosed: true });
		});
		later(86_400_000);
		onetalk.bulk(150);
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items?.map(({ id }) => id).sort()).toEqual(ids.slice(0, 6).sort());
	});

	it('does not say in a manual test that there is no case, where it had no time to see one', async () => {
		for (let hour = 0; hour < 5; hour++) {
			later(3_600_000);
			onetalk.bulk(150);
		}
		const trigger = createTrigger(onetalk, {}, { budget: { ms: 0 } });
		await expect(trigger.poll('manual')).rejects.toMatchObject({
			message: 'No case that fits was found in time',
		});
	});

	describe('what happened', () => {
		const update = (id: string, change: object) => {
			later();
			return onetalk.updateCase(id, change);
		};

		it('tells the changes of a case that it has seen before, and goes by the most telling event', async () => {
			const { id } = openCase();
			const trigger = await activated({ events: ['caseClosed', 'caseReopened', 'caseRemarkChanged'] });
			update(id, { isClosed: true, agentRemark: 'Done' });
			expect(await trigger.poll()).toMatchObject([
				{
					id,
					event: 'caseClosed',
					events: ['caseClosed', 'caseRemarkChanged', 'caseUpdated'],
					changes: { isClosed: { old: false, new: true }, agentRemark: { old: '', new: 'Done' } },
				},
			]);
			update(id, { agent: { email: 'ani@example.com', fullName: 'Ani' } });
			expect(await trigger.poll()).toBeNull();
			update(id, { isClosed: false });
			expect(brief(await trigger.poll())).toEqual([[id, 'caseReopened']]);
		});

		it('says that the former state is not known where it is not, and starts for a closed case all the same', async () => {
			const { id } = openCase();
			const trigger = await activated({ events: ['caseClosed'] });
			trigger.setState({ ...trigger.state(), snapshots: [] });
			update(id, { isClosed: true });
			expect(await trigger.poll()).toMatchObject([
				{ id, event: 'caseClosed', events: ['caseClosed', 'caseUpdated'], previous: 'unknown' },
			]);
		});

		it('refuses events that the filters make impossible', async () => {
			const trigger = createTrigger(onetalk, { events: ['caseClosed'], filters: { status: 'open' } });
			await expect(trigger.poll()).rejects.toMatchObject({
				message: '"Trigger On" can never happen with these filters',
			});
			expect(onetalk.requests).toEqual([]);
		});
	});

	it('takes the events of an expression that gives text', async () => {
		const trigger = await activated({ events: 'caseCreated, caseClosed' });
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('filters never move or block the trigger', async () => {
		const trigger = await activated({ filters: { status: 'closed' } });
		const { id } = openCase();
		expect(await trigger.poll()).toBeNull();
		expect(trigger.state().lastTimestamp).toBe(onetalk.cases[0].updatedTime || onetalk.cases[0].createdTime);
		later();
		onetalk.updateCase(id, { isClosed: true });
		expect(brief(await trigger.poll())).toEqual([[id, 'caseUpdated']]);
	});

	it.each([
		['a filter', { filters: { phone: '8.12E+11' } }, /^"Phone" \(8\.12E\+11\) has lost digits/],
		['an option', { options: { maxCasesPerPoll: -1 } }, /^"Max Cases per Poll" \(-1\) must be/],
		[
			'a start in the future',
			{ options: { startFrom: { start: { from: 'date', date: '2999-01-01' } } } },
			/^"Date" lies in the future/,
		],
		['no event', { events: [] }, /^"Trigger On" is empty/],
		[
			'an event that is none',
			{ events: ['caseCreated', 'caseCosed'] },
			/^"Trigger On" has "caseCosed", which is none of/,
		],
	])('%s that cannot be used stops the trigger before any request', async (_what, parameters, message) => {
		await expect(createTrigger(onetalk, parameters as INodeParameters).poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message) as string,
		});
		expect(onetalk.requests).toEqual([]);
	});

	describe('where to start', () => {
		const HOUR = 3_600_000;
		const startFrom = (start: object) => ({ options: { startFrom: { start } } }) as INodeParameters;
		const createdAgo = (ms: number) => {
			onetalk.setClock(Date.now() - ms);
			return onetalk.createCase({}).id;
		};

		it('some hours back: what is older is left alone, the rest comes oldest first', async () => {
			const old = createdAgo(30 * HOUR);
			const older = createdAgo(29 * HOUR);
			const newer = createdAgo(2 * HOUR);
			onetalk.setClock(Date.now() - HOUR);
			onetalk.updateCase(old, { agentRemark: 'Called' });
			const trigger = createTrigger(onetalk, startFrom({ from: 'hours', hours: 24 }));
			expect(brief(await trigger.poll())).toEqual([
				[newer, 'caseCreated'],
				[old, 'caseUpdated'],
			]);
			expect(onetalk.cases.map(({ id }) => id)).toContain(older);
			expect(await trigger.poll()).toBeNull();
		});

		it.each([
			['days', { from: 'days', days: 2 }],
			['a date', { from: 'date', date: new Date(Date.now() - 48 * HOUR).toISOString() }],
		])('%s', async (_what, start) => {
			createdAgo(50 * HOUR);
			const id = createdAgo(40 * HOUR);
			expect(brief(await createTrigger(onetalk, startFrom(start)).poll())).toEqual([[id, 'caseCreated']]);
		});

		it('as many days back as the panel shows, where they are left out', async () => {
			createdAgo(8 * 24 * HOUR);
			const id = createdAgo(6 * 24 * HOUR);
			const trigger = createTrigger(onetalk, startFrom({ from: 'days', days: '' }));
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('as far back as one likes', async () => {
			const trigger = createTrigger(onetalk, startFrom({ from: 'days', days: 99_999 }));
			expect(await trigger.poll()).toBeNull();
			const id = createdAgo(HOUR);
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('and not later, where the first polls could not read', async () => {
			const trigger = createTrigger(onetalk, startFrom({ from: 'hours', hours: 1 }));
			onetalk.fault({ kind: 'http', httpStatus: 503 });
			expect(await trigger.poll()).toBeNull();
			const { startAt, startFrom: setting } = trigger.state();
			expect(Date.now() - Number(startAt)).toBeGreaterThanOrEqual(HOUR);
			const earlier = Number(startAt) - HOUR;
			trigger.setState({ startAt: earlier, startFrom: setting });
			const id = createdAgo(2 * HOUR - 60_000);
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
			expect(trigger.state()).not.toHaveProperty('startAt');
		});

		it('only at the first activation', async () => {
			createdAgo(2 * HOUR);
			const trigger = createTrigger(onetalk, startFrom({ from: 'now' }));
			expect(await trigger.poll()).toBeNull();
			const later = createTrigger(onetalk, startFrom({ from: 'hours', hours: 24 }));
			later.setState(trigger.state());
			expect(await later.poll()).toBeNull();
		});
	});

	it('puts out at most so many cases a poll, oldest first, and says how far behind it is', async () => {
		const trigger = await activated({ options: { maxCasesPerPoll: 150 } });
		later();
		onetalk.bulk(400);
		const found: IDataObject[] = [];
		for (let polls = 0; polls < 5; polls++) {
			const items = (await trigger.poll()) ?? [];
			expect(items.length).toBeLessThanOrEqual(150);
			found.push(...items);
		}
		expect(new Set(found.map(({ id }) => id)).size).toBe(400);
		expect(found).toHaveLength(400);
		expect(trigger.notes[0]).toMatch(/^OneTalk Trigger: 100 cases now, read up to 20.*minutes behind/);
	});

	describe('the account', () => {
		let other: Simulator;
		beforeAll(async () => {
			other = await startSimulator({ quiet: true });
		});
		afterAll(async () => await other.stop());

		it('of another base URL is started anew, with a note', async () => {
			openCase();
			const trigger = await activated();
			later();
			other.setClock(clock);
			other.createCase({});
			other.createCase({});
			const moved = createTrigger(other);
			moved.setState(trigger.state());
			expect(await moved.poll()).toBeNull();
			expect(moved.warnings).toEqual([expect.stringContaining('another OneTalk account')]);
			other.setClock((clock += 1_000));
			const { id } = other.createCase({});
			expect(brief(await moved.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('with a new key goes on where it was', async () => {
			openCase();
			const trigger = await activated();
			const { id } = openCase();
			const renewed = createTrigger(onetalk);
			renewed.setState({ ...trigger.state(), account: 'that of the old key' });
			expect(brief(await renewed.poll())).toEqual([[id, 'caseCreated']]);
			expect(renewed.state().account).not.toBe('that of the old key');
		});

		it('is remembered without its key or URL', async () => {
			const trigger = await activated();
			const state = JSON.stringify(trigger.state());
			expect(state).not.toContain(onetalk.apiKey);
			expect(state).not.toContain('127.0.0.1');
		});
	});

	it('declares to n8n why a poll failed, and how long to wait', async () => {
		const trigger = await activated();
		onetalk.fault({ kind: 'http', httpStatus: 429, retryAfter: 7 });
		await expect(trigger.poll()).rejects.toMatchObject({
			failure: { cause: 'rate-limited', retryAfterMs: 7_000 },
		});
		onetalk.fault({ kind: 'http', httpStatus: 503 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		onetalk.fault({ kind: 'status', status: 491 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'credential-invalid' } });
		onetalk.fault({ kind: 'status', status: 499 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'configuration-invalid' } });
	});

	it('two triggers in one workflow do not disturb each other', async () => {
		const first = await activated({ events: ['caseCreated'] }, { name: 'First' });
		const second = createTrigger(onetalk, {}, { name: 'Second', beside: first });
		expect(await second.poll()).toBeNull();
		const { id } = openCase();
		for (const trigger of [first, second]) expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		for (const trigger of [first, second]) expect(await trigger.poll()).toBeNull();
	});

	const passing: Array<[string, Fault]> = [
		['HTTP 503', { kind: 'http', httpStatus: 503 }],
		['HTTP 429', { kind: 'http', httpStatus: 429 }],
		['body status 429', { kind: 'status', status: 429 }],
		['body status 500', { kind: 'status', status: 500 }],
		['a reset', { kind: 'reset' }],
		['a time-out', { kind: 'timeout' }],
	];
	const wrong: Array<[string, Fault]> = [
		['a web page', { kind: 'html' }],
		['an empty body', { kind: 'empty' }],
		['a truncated body', { kind: 'truncated' }],
		['a body without cases', { kind: 'dataEmpty' }],
		['cases that are no list', { kind: 'casesNotList' }],
		['success: false', { kind: 'successFalse' }],
	];
	const forTheUser: Array<[string, Fault]> = [
		['an unknown key', { kind: 'status', status: 491 }],
		['no tier', { kind: 'status', status: 499 }],
		['HTTP 401', { kind: 'http', httpStatus: 401 }],
		['a wrong parameter', { kind: 'status', status: 400 }],
	];

	describe.each([...passing, ...wrong, ...forTheUser])('%s', (_what, fault) => {
		it('is thrown at a later poll, and the next poll makes up for it', async () => {
			const trigger = await activated();
			const { id } = openCase();
			const before = trigger.state();
			onetalk.fault(fault);
			await expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeApiError',
				message: expect.stringMatching(/\w/) as string,
				description: expect.stringMatching(/^[A-Z].+\.$/) as string,
			});
			expect(trigger.state()).toEqual(before);
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});
	});

	it.each(passing)('the first poll of a process survives %s with a log line', async (_what, fault) => {
		openCase();
		onetalk.fault(fault);
		const trigger = createTrigger(onetalk);
		expect(await trigger.poll()).toBeNull();
		expect(trigger.warnings).toEqual([expect.stringContaining('The next poll tries again')]);
		expect(trigger.state()).toEqual({});
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it.each(forTheUser)('the first poll of a process throws %s', async (_what, fault) => {
		onetalk.fault(fault);
		await expect(createTrigger(onetalk).poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it.each<[string, Fault]>([
		['a page that is not there', { kind: 'http', httpStatus: 404 }],
		['a firewall', { kind: 'http', httpStatus: 403 }],
	])('the first poll after n8n starts survives %s, but not when a person publishes', async (_what, fault) => {
		onetalk.fault(fault);
		const started = createTrigger(onetalk, {}, { activation: 'init' });
		expect(await started.poll()).toBeNull();
		onetalk.fault(fault);
		await expect(createTrigger(onetalk).poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it.each(forTheUser)('the first poll after n8n starts throws %s', async (_what, fault) => {
		onetalk.fault(fault);
		const trigger = createTrigger(onetalk, {}, { activation: 'init' });
		await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('never shows the key in an error', async () => {
		onetalk.fault({ kind: 'echoKey' });
		const error: Error = await createTrigger(onetalk)
			.poll()
			.then(() => new Error('no error'))
			.catch((caught: Error) => caught);
		expect(error.message).toContain('API key *** is not found');
		expect(JSON.stringify(error) + String(error.stack)).not.toContain(onetalk.apiKey);
	});

	it('does nothing in a tick that finds its own poll still running', async () => {
		const trigger = await activated();
		const { id } = openCase();
		onetalk.configure({ latencyMs: 200 });
		const asked = onetalk.requests.length;
		const polls = await Promise.all([trigger.poll(), trigger.poll()]);
		const [emitted, ...others] = polls.map(brief).sort((a) => (a === null ? 1 : -1));
		expect([emitted, others]).toEqual([[[id, 'caseCreated']], [null]]);
		expect(onetalk.requests).toHaveLength(asked + 1);
	});

	it('does not wait for ever for a poll that never comes back', async () => {
		const trigger = await activated();
		onetalk.configure({ latencyMs: 300 });
		const asked = onetalk.requests.length;
		const stuck = trigger.poll();
		while (onetalk.requests.length === asked) await tick();
		const clockOfN8n = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 601_000);
		const next = trigger.poll();
		while (onetalk.requests.length === asked + 1) await tick();
		clockOfN8n.mockRestore();
		expect(await Promise.all([stuck, next])).toEqual([null, null]);
	});

	it('reads a backlog over several polls, oldest first, where n8n allows little time', async () => {
		const budget = { ms: 300_000 };
		const trigger = await activated({}, { budget });
		budget.ms = 0;
		later();
		onetalk.bulk(250);
		const found: IDataObject[] = [];
		for (let polls = 0; polls < 5; polls++) found.push(...((await trigger.poll()) ?? []));
		expect(new Set(found.map(({ id }) => id)).size).toBe(250);
		expect(found).toHaveLength(250);
		const times = found.map(({ updatedTime }) => updatedTime as number);
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});

	it('gets on, poll by poll, where OneTalk stops answering after some pages', async () => {
		const trigger = await activated();
		later();
		onetalk.bulk(900);
		const found: IDataObject[] = [];
		for (let polls = 0; polls < 12; polls++) {
			onetalk.clearFaults();
			const allowed = onetalk.requests.length + 4;
			const watch = { stop: false };
			const limited = trigger.poll().then(
				(items) => found.push(...(items ?? [])),
				(error: Error) => expect(error.name).toBe('NodeApiError'),
			);
			void (async () => {
				while (!watch.stop && onetalk.requests.length < allowed) await tick();
				if (!watch.stop) onetalk.fault({ kind: 'http', httpStatus: 429, times: 1_000 });
			})();
			await limited;
			watch.stop = true;
		}
		expect(new Set(found.map(({ id }) => id)).size).toBe(900);
		expect(found).toHaveLength(900);
	});

	it('finds the end of a long feed over several polls where n8n allows little time, and emits nothing of it', async () => {
		for (let hour = 0; hour < 5; hour++) {
			later(3_600_000);
			onetalk.bulk(150);
		}
		const trigger = createTrigger(onetalk, {}, { budget: { ms: 0 } });
		for (let polls = 0; polls < 40; polls++) expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		const items = (await trigger.poll()) ?? (await trigger.poll()) ?? (await trigger.poll());
		expect(brief(items)).toEqual([[id, 'caseCreated']]);
	});

	it('shows cases in a manual test for new cases only, where the newest ones are updates', async () => {
		const ids = Array.from({ length: 3 }, () => openCase().id);
		later(86_400_000);
		ids.forEach((id) => change(id, 'Called'));
		const items = await createTrigger(onetalk, { events: ['caseCreated'] }).poll('manual');
		expect(items?.map(({ event }) => event)).toEqual(Array(3).fill('caseCreated'));
	});

	it('the first poll of a process throws where the base URL is none', async () => {
		const trigger = createTrigger({ baseUrl: 'nowhere', apiKey: onetalk.apiKey });
		await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('warns where more cases changed in one millisecond than a page shows, and goes on', async () => {
		const trigger = await activated();
		later();
		onetalk.bulk(150, { sameMillisecond: true });
		const { id } = openCase();
		const items = await trigger.poll();
		expect(items?.at(-1)?.id).toBe(id);
		expect(trigger.warnings).toEqual([expect.stringContaining('in the same millisecond')]);
	});

	it.each([
		['nothing usable', { lastTimestamp: 'yesterday' }],
		['another layout', { cursor: 5, layout: 7 }],
	])('starts anew where the stored state is %s', async (_what, state) => {
		openCase();
		const trigger = createTrigger(onetalk);
		trigger.setState(state as IDataObject);
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('goes on right after lastTimestamp where nothing else is stored', async () => {
		const { updatedTime } = openCase();
		const { id } = openCase();
		const trigger = createTrigger(onetalk);
		trigger.setState({ lastTimestamp: updatedTime as number });
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('survives what passes when it is published again while the API is down', async () => {
		let live: Trigger = createTrigger(onetalk, {}, { reuseContext: true });
		await live.poll();
		await live.poll();
		onetalk.fault({ kind: 'http', httpStatus: 503, times: 2 });
		live = live.published();
		expect(await live.poll()).toBeNull();
		await expect(live.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('loses nothing and repeats nothing over real HTTP, with its state going through JSON', async () => {
		const step = fc.oneof(
			fc.constant('create' as const),
			fc.constant('update' as const),
			fc.constant('poll' as const),
			fc.constant('failing poll' as const),
			fc.constant('lost poll' as const),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					inclusive: fc.boolean(),
					order: fc.constantFrom('ascending', 'descending', 'shuffled'),
					pageLimit: fc.constantFrom(2, 3, 100),
					visibilityLagMs: fc.constantFrom(0, 30_000),
				}),
				fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
				async (settings, steps) => {
					onetalk.reset();
					onetalk.configure(settings);
					openCase();
					later(60_000);
					const trigger = await activated();
					const emitted: string[] = [];
					const poll = async () => {
						for (const { id, updatedTime } of (await trigger.poll()) ?? [])
							emitted.push(`${id}@${updatedTime}`);
					};
					const due: string[] = [];
					for (const taken of steps) {
						if (taken === 'create') openCase();
						if (taken === 'update') change(onetalk.cases[0].id, `Remark ${clock}`);
						if (taken === 'poll') await poll();
						if (taken === 'failing poll') {
							onetalk.fault({ kind: 'http', httpStatus: 503 });
							await expect(poll()).rejects.toThrow();
						}
						if (taken === 'lost poll') {
							const before = trigger.state();
							await trigger.poll();
							trigger.setState(before);
						}
						later(10_000);
					}
					later(60_000);
					due.push(...onetalk.cases.slice(1).map(({ id, updatedTime }) => `${id}@${updatedTime}`));
					await poll();
					expect(new Set(emitted).size).toBe(emitted.length);
					expect(due.filter((version) => !emitted.includes(version))).toEqual([]);
				},
			),
			{ numRuns: 20 },
		);
	}, 120_000);
});

/** Lets real time pass a little. */
async function tick(): Promise<void> {
	await sleep(1);
}
