/*
 * Every version of a case that OneTalk shows at a poll starts exactly one execution: 500 changes in bursts, shown late and out
 * of order by a OneTalk that fails now and then and is away for a while, to an n8n that is killed twice, and to a workflow that
 * is unpublished for a while.
 *
 * OneTalk shows a case only as it is now, so a version that is replaced before any poll can see it cannot come. No case is
 * therefore changed again before its last version has arrived. n8n is killed where it holds nothing that a poll has handed to
 * it; what a crash at the worst moment costs is measured by crash.js.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../tools/ports.cts';
import { pause, startLab, until } from './lab.cts';
import { openLine } from './line.cts';
import { Executions, SCHEDULERS, UNENDED, triggerWorkflow, untilPolled, versionOf } from './polling.cts';

const TOTAL = 500;
const BURST = 25;
const OLD_CASES = 60;
const OUTAGE_MS = 12_000;
/** The durable scheduler waits up to 40 s for the next poll after some have failed. */
const ARRIVAL_MS = 120_000;
/** How late OneTalk shows every version. */
const LAG_MS = 1500;
/** Some cases show when others that are so many ms younger have long been there. */
const LATE_MS = 20_000;

/** Each hits so large a share of the requests. @type {import('../../simulator/server.cts').Fault[]} */
const FAULTS = [
	{ kind: 'http', httpStatus: 503, rate: 0.02 },
	{ kind: 'reset', rate: 0.02 },
	{ kind: 'status', status: 429, rate: 0.01 },
	{ kind: 'truncated', rate: 0.01 },
];

for (const [scheduler, env] of Object.entries(SCHEDULERS)) {
	describe(`n8n polls from a schedule ${scheduler}`, () => {
		/** @type {import('./lab.cts').Lab} */
		let lab;
		/** @type {Awaited<ReturnType<typeof openLine>>} */
		let line;
		/** @type {{ id: string, versionId: string }} */
		let workflow;
		/** @type {Executions} */
		let executions;
		/**
		 * The event of every version that was made since the workflow was published, by version; none for late ones, which are
		 * new or not depending on what was read meanwhile.
		 * @type {Map<string, string | undefined>}
		 */
		const made = new Map();
		/** IDs of cases that may change, the next one first. @type {string[]} */
		let unchanged = [];
		/** IDs of cases whose newest version may not have arrived yet. @type {string[]} */
		const changed = [];

		before(async () => {
			lab = await startLab(`delivery-${scheduler.replace(' ', '-')}`, { withCredential: false, env });
			const port = await freePort(4310);
			line = await openLine(port, Number(new URL(lab.simulator.url).port));
			await lab.addCredential({ baseUrl: lab.account.baseUrl.replace(/:\d+/, `:${port}`) });
			lab.simulator.configure({
				visibilityLagMs: LAG_MS,
				latencyMs: 20,
				pageLimit: 40,
				order: 'shuffled',
				newCaseUpdatedTime: 'zero',
			});
			unchanged = lab.simulator.bulk(OLD_CASES).map(({ id }) => id);
			workflow = await triggerWorkflow(lab);
			executions = new Executions(lab, workflow.id);
			// what is old must show before the first poll
			await pause(2 * LAG_MS);
			await lab.api.publish(workflow);
			// the durable scheduler keeps what a poll remembers from its second poll on
			await untilPolled(lab, 3);
			for (const fault of FAULTS) lab.simulator.fault(fault);
		});
		after(async () => {
			await line?.cut();
			await lab?.stop();
		});

		/** Makes changes, most of them at the same millisecond: new cases, every fifth of them a late one, and changes of others. */
		function burst() {
			for (let i = 0; i < BURST; i++) {
				const id = i % 2 === 0 ? undefined : unchanged.shift();
				const isLate = i % 10 === 0;
				const shown = id
					? lab.simulator.updateCase(id, { agentRemark: `Change ${made.size}` })
					: lab.simulator.createCase({
							firstMessage: `Message ${made.size}`,
							createdTime: lab.simulator.now() - (isLate ? LATE_MS : 0),
						});
				made.set(versionOf(shown), id ? 'caseUpdated' : isLate ? undefined : 'caseCreated');
				changed.push(shown.id);
			}
		}

		/**
		 * @param {number} count
		 * @param {number} [everyMs]
		 */
		async function bursts(count, everyMs = 2000) {
			for (let i = 0; i < count; i++) {
				burst();
				await pause(everyMs);
			}
		}

		const arrived = async () => (await executions.items()).map(versionOf);

		/** Waits until everything that was made has arrived; then all cases may change again. */
		async function untilAllArrived() {
			const missing = async () => {
				const there = new Set(await arrived());
				return [...made.keys()].filter((version) => !there.has(version));
			};
			const deadline = Date.now() + ARRIVAL_MS;
			while (Date.now() < deadline && (await missing()).length > 0) await pause(1000);
			assert.deepEqual(await missing(), [], 'versions that have started no execution');
			unchanged.push(...changed.splice(0));
		}

		async function untilNothingRuns() {
			const running = async () =>
				(await lab.api.executions(workflow.id)).filter(({ status }) => UNENDED.includes(status));
			await until('no execution runs', async () => (await running()).length === 0);
		}

		test('150 changes in bursts over several polls', async () => {
			for (let wave = 0; wave < 3; wave++) {
				await bursts(2);
				await untilAllArrived();
			}
		});

		test('OneTalk refuses connections for a while', async () => {
			await bursts(1);
			await line.cut();
			await bursts(1, OUTAGE_MS);
			await line.mend();
			await bursts(1);
			await untilAllArrived();
		});

		test('OneTalk answers 503 for a while', async () => {
			await bursts(1);
			lab.simulator.clearFaults();
			lab.simulator.fault({ kind: 'http', rate: 1 });
			await bursts(1, OUTAGE_MS);
			lab.simulator.clearFaults();
			for (const fault of FAULTS) lab.simulator.fault(fault);
			await bursts(1);
			await untilAllArrived();
		});

		test('n8n is killed while OneTalk answers a poll', async () => {
			lab.simulator.configure({ latencyMs: 10_000 });
			const already = lab.simulator.requests.length;
			await bursts(1, 0);
			await until(
				'a request is being answered',
				() => lab.simulator.requests.slice(already).some(({ ms }) => ms === null),
				30_000,
			);
			// what an earlier poll may have found is with n8n by now, and this one is not answered yet
			await pause(1000);
			await untilNothingRuns();
			assert.equal(lab.simulator.requests.at(-1)?.ms, null, 'the request is still being answered');
			await lab.killN8n();
			lab.simulator.configure({ latencyMs: 20 });
			await bursts(1, 0);
			await lab.startN8n();
			await bursts(1);
			await untilAllArrived();
		});

		test('n8n is killed between two polls', async () => {
			await bursts(1);
			await untilPolled(lab, 1);
			await until('no request', () => Date.now() - (lab.simulator.requests.at(-1)?.at ?? 0) > 1500);
			await untilNothingRuns();
			await lab.killN8n();
			await bursts(1, 0);
			await lab.startN8n();
			await bursts(1);
			await untilAllArrived();
		});

		test('the workflow is unpublished for a while', async () => {
			await lab.api.unpublish(workflow.id);
			await bursts(1, 6000);
			await lab.api.publish(workflow);
			await bursts(1);
			await untilAllArrived();
		});

		test(`${TOTAL} versions were made, and each has started one execution, as what it was`, async () => {
			assert.equal(made.size, TOTAL);
			await untilPolled(lab, 2);
			const items = await executions.items();
			const came = items.map(versionOf);
			assert.deepEqual(
				{
					missing: [...made.keys()].filter((version) => !came.includes(version)),
					twice: came.filter((version, i) => came.indexOf(version) < i),
					neverMade: came.filter((version) => !made.has(version)),
					calledSomethingElse: items
						.filter((item) => item.event !== (made.get(versionOf(item)) ?? item.event))
						.map((item) => `${versionOf(item)} ${item.event}`),
				},
				{ missing: [], twice: [], neverMade: [], calledSomethingElse: [] },
			);
		});
	});
}
