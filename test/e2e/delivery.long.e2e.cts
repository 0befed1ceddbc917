/**
 * Every version of a case that OneTalk shows at a poll starts exactly one execution: 500 changes in bursts, which OneTalk
 * shows late and out of order, while some of its answers fail and it is unavailable for a while, n8n is killed twice, and
 * the workflow is unpublished for a while.
 *
 * OneTalk shows a case only as it is now, so a version that is replaced before a poll can see it cannot arrive. Therefore
 * no case is changed again before its last version has arrived. n8n is killed while no execution runs; crash.cts measures
 * what is lost when it is killed at the worst moment.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../../tools/ports.cts';
import type { Workflow } from '../../tools/n8n-api.cts';
import { startLab, type Fault, type Lab } from './lab.cts';
import { openRelay, type Relay } from './relay.cts';
import { pause, until } from './wait.cts';
import { Executions, SCHEDULERS, UNENDED, triggerWorkflow, untilPolled, versionOf } from './polling.cts';

const TOTAL = 500;
const BURST = 25;
const OLD_CASES = 60;
const OUTAGE_MS = 12_000;
/** The durable scheduler waits up to 40 s for the next poll after some have failed. */
const ARRIVAL_MS = 120_000;
/** How late OneTalk shows every version, in ms. */
const LAG_MS = 1500;
/** OneTalk shows some cases so late, in ms, that younger ones have been read long before. */
const LATE_MS = 20_000;

/** Each fails a share (`rate`) of the requests. */
const FAULTS: Fault[] = [
	{ kind: 'http', httpStatus: 503, rate: 0.02 },
	{ kind: 'reset', rate: 0.02 },
	{ kind: 'status', status: 429, rate: 0.01 },
	{ kind: 'truncated', rate: 0.01 },
];

for (const [scheduler, env] of Object.entries(SCHEDULERS)) {
	describe(`when n8n polls from a schedule that is ${scheduler}`, () => {
		let lab: Lab;
		let relay: Relay;
		let workflow: Workflow;
		let executions: Executions;
		/**
		 * The event of every version that was made since the workflow was published, by version; undefined for a late one,
		 * whose event depends on what was read before it.
		 */
		const made = new Map<string, string | undefined>();
		/** IDs of cases that may change, the next one first. */
		let unchanged: string[] = [];
		/** IDs of cases whose newest version may not have arrived yet. */
		const changed: string[] = [];

		before(async () => {
			lab = await startLab(`delivery-${scheduler.replace(' ', '-')}`, { withCredential: false, env });
			const port = await freePort(4310);
			relay = await openRelay(port, Number(new URL(lab.simulator.url).port));
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
			// OneTalk has to show the old cases before the first poll
			await pause(2 * LAG_MS);
			await lab.api.publish(workflow);
			// the durable scheduler stores the state of the trigger from the second poll on
			await untilPolled(lab, 3);
			for (const fault of FAULTS) lab.simulator.fault(fault);
		});
		after(async () => {
			await relay?.close();
			await lab?.stop();
		});

		/** Creates and changes cases, most of them at the same millisecond. Every fifth new case is a late one. */
		function burst(): void {
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

		async function bursts(count: number, everyMs = 2000): Promise<void> {
			for (let i = 0; i < count; i++) {
				burst();
				await pause(everyMs);
			}
		}

		const arrived = async () => (await executions.items()).map(versionOf);

		/** Waits until every version has arrived; then all cases may change again. */
		async function untilAllArrived(): Promise<void> {
			const missing = async () => {
				const there = new Set(await arrived());
				return [...made.keys()].filter((version) => !there.has(version));
			};
			const deadline = Date.now() + ARRIVAL_MS;
			while (Date.now() < deadline && (await missing()).length > 0) await pause(1000);
			assert.deepEqual(await missing(), [], 'versions that have started no execution');
			unchanged.push(...changed.splice(0));
		}

		async function untilNothingRuns(): Promise<void> {
			const running = async () =>
				(await lab.api.executions(workflow.id)).filter(({ status }) => UNENDED.includes(status));
			await until('no execution runs', async () => (await running()).length === 0);
		}

		test('150 changes in bursts over several polls arrive', async () => {
			for (let wave = 0; wave < 3; wave++) {
				await bursts(2);
				await untilAllArrived();
			}
		});

		test('all changes arrive when OneTalk refuses connections for a while', async () => {
			await bursts(1);
			await relay.close();
			await bursts(1, OUTAGE_MS);
			await relay.open();
			await bursts(1);
			await untilAllArrived();
		});

		test('all changes arrive when OneTalk answers 503 for a while', async () => {
			await bursts(1);
			lab.simulator.clearFaults();
			lab.simulator.fault({ kind: 'http', rate: 1 });
			await bursts(1, OUTAGE_MS);
			lab.simulator.clearFaults();
			for (const fault of FAULTS) lab.simulator.fault(fault);
			await bursts(1);
			await untilAllArrived();
		});

		test('all changes arrive when n8n is killed while OneTalk answers a poll', async () => {
			lab.simulator.configure({ latencyMs: 10_000 });
			const already = lab.simulator.requests.length;
			await bursts(1, 0);
			await until(
				'a request is being answered',
				() => lab.simulator.requests.slice(already).some(({ ms }) => ms === null),
				30_000,
			);
			// by now the executions of an earlier poll have started, and this poll is not answered yet
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

		test('all changes arrive when n8n is killed between two polls', async () => {
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

		test('all changes arrive when the workflow is unpublished for a while', async () => {
			await lab.api.unpublish(workflow.id);
			await bursts(1, 6000);
			await lab.api.publish(workflow);
			await bursts(1);
			await untilAllArrived();
		});

		test(`each of the ${TOTAL} versions has started one execution, with the right event`, async () => {
			assert.equal(made.size, TOTAL);
			await untilPolled(lab, 2);
			const items = await executions.items();
			const versions = items.map(versionOf);
			assert.deepEqual(
				{
					missing: [...made.keys()].filter((version) => !versions.includes(version)),
					twice: versions.filter((version, i) => versions.indexOf(version) < i),
					neverMade: versions.filter((version) => !made.has(version)),
					withAnotherEvent: items
						.filter((item) => item.event !== (made.get(versionOf(item)) ?? item.event))
						.map((item) => `${versionOf(item)} ${item.event}`),
				},
				{ missing: [], twice: [], neverMade: [], withAnotherEvent: [] },
			);
		});
	});
}
