/** Where the trigger starts: what its first polls after activation emit, and what they do not. */

import type { INodeParameters } from 'n8n-workflow';

import { createTrigger } from '../../support/createTrigger';
import type { Simulator } from '../../support/useSimulator';
import { brief, useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: the first polls', () => {
	let onetalk: Simulator;
	const { now, later, openCase, activated } = useTriggerWorld((simulator) => (onetalk = simulator));

	it('emits nothing at the first poll and starts at the newest case that the server shows', async () => {
		openCase();
		const { updatedTime } = openCase();
		const trigger = await activated();
		expect(trigger.state().lastTimestamp).toBe(updatedTime);
	});

	it.each([
		['ten minutes behind n8n', -600_000],
		['ten minutes ahead of n8n', 600_000],
		['years behind n8n', -4 * 365 * 86_400_000],
	])('misses nothing if the server’s clock is %s', async (_what, offset) => {
		const times = { now: Date.now() + offset };
		onetalk.setClock(times.now);
		onetalk.createCase({});
		const trigger = await activated();
		onetalk.setClock(times.now + 1_000);
		const { id } = onetalk.createCase({});
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('treats a case right before the look-back as old, however slow the first poll is', async () => {
		later(100_000);
		for (const before of [60_900, 60_100, 60_020, 0]) {
			onetalk.setClock(now() - before);
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

	describe('where to start', () => {
		const HOUR = 3_600_000;
		const startFrom = (start: object) => ({ options: { startFrom: { start } } }) as INodeParameters;
		const createdAgo = (ms: number) => {
			onetalk.setClock(Date.now() - ms);
			return onetalk.createCase({}).id;
		};

		it('some hours back: older cases are not emitted, the rest oldest first', async () => {
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

		it('the default number of days back if it is empty', async () => {
			createdAgo(8 * 24 * HOUR);
			const id = createdAgo(6 * 24 * HOUR);
			const trigger = createTrigger(onetalk, startFrom({ from: 'days', days: '' }));
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('any number of days back', async () => {
			const trigger = createTrigger(onetalk, startFrom({ from: 'days', days: 99_999 }));
			expect(await trigger.poll()).toBeNull();
			const id = createdAgo(HOUR);
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('and no later if the first polls fail', async () => {
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

	it('finds the end of a long feed over several polls if n8n allows little time, and emits nothing of it', async () => {
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
});
