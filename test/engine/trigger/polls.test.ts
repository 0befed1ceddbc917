/** How polls follow each other: overlapping ones, a backlog over several of them, and none lost or repeated. */

import fc from 'fast-check';
import { sleep, type IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../support/useSimulator';
import { brief, useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: poll after poll', () => {
	let onetalk: Simulator;
	const { now, later, openCase, updateCase, activated } = useTriggerWorld(
		(simulator) => (onetalk = simulator),
	);

	it('emits at most the given number of cases per poll, oldest first, and logs how far behind it is', async () => {
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

	it('does nothing if its own poll is still running', async () => {
		const trigger = await activated();
		const { id } = openCase();
		onetalk.configure({ latencyMs: 200 });
		const asked = onetalk.requests.length;
		const polls = await Promise.all([trigger.poll(), trigger.poll()]);
		const [emitted, ...others] = polls.map(brief).sort((a) => (a === null ? 1 : -1));
		expect([emitted, others]).toEqual([[[id, 'caseCreated']], [null]]);
		expect(onetalk.requests).toHaveLength(asked + 1);
	});

	it('does not wait endlessly for a poll that never ends', async () => {
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

	it('emits a backlog over several polls, oldest first, if n8n allows little time', async () => {
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

	it('makes progress in every poll if OneTalk stops answering after some pages', async () => {
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

	it('warns if one millisecond has more cases than a page shows, and continues', async () => {
		const trigger = await activated();
		later();
		onetalk.bulk(150, { sameMillisecond: true });
		const { id } = openCase();
		const items = await trigger.poll();
		expect(items?.at(-1)?.id).toBe(id);
		expect(trigger.warnings).toEqual([expect.stringContaining('in the same millisecond')]);
	});

	it('loses nothing and repeats nothing over real HTTP, with its state stored as JSON', async () => {
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
						if (taken === 'update') updateCase(onetalk.cases[0].id, { agentRemark: `Remark ${now()}` });
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

/** Waits one real millisecond. */
async function tick(): Promise<void> {
	await sleep(1);
}
