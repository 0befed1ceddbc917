/** The OneTalk Trigger on n8n's own schedule: published, polled every 5 s, and restarted while OneTalk is unavailable. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Workflow } from '../../tools/n8n-api.cts';
import { outputOf } from '../../tools/n8n-execution.cts';
import { startLab, type Lab } from './lab.cts';
import { startedWith, TRIGGER, triggerWorkflow, type StartedCase } from './polling.cts';
import { pause, until } from './wait.cts';

const TWO_POLLS_MS = 11_000;

let lab: Lab;
let workflow: Workflow;

before(async () => {
	lab = await startLab('trigger');
	workflow = await triggerWorkflow(lab);
});
after(async () => await lab?.stop());

/** What the trigger has emitted, oldest first. */
async function emitted(): Promise<StartedCase[]> {
	const started = (await lab.api.executions(workflow.id)).filter(({ status }) => status === 'success');
	const executions = await Promise.all(started.map(({ id }) => lab.api.finished(id)));
	return executions.reverse().flatMap(startedWith);
}

/** Waits until n8n has sent so many requests from now on. */
async function untilRequested(count: number): Promise<void> {
	const already = lab.simulator.requests.length;
	await until(`${count} requests`, () => lab.simulator.requests.length >= already + count, 30_000);
}

/** @param expected ID and event of everything that was emitted up to now */
async function assertEmitted(expected: Array<[id: string, event: string]>): Promise<void> {
	await until(
		`emitted ${JSON.stringify(expected)}`,
		async () => (await emitted()).length >= expected.length,
		TWO_POLLS_MS,
	);
	await untilRequested(2);
	assert.deepEqual(
		(await emitted()).map(({ id, event }) => [id, event]),
		expected,
	);
}

test('publishing the workflow starts nothing for the cases that exist already', async () => {
	lab.simulator.bulk(3);
	await lab.api.publish(workflow);
	await untilRequested(3);
	assert.deepEqual(await emitted(), []);
	assert.equal((await lab.api.publicationStatus(workflow.id)).status, 'published');
});

test('a new case and an update of it each start one execution', async () => {
	const { id } = lab.simulator.createCase({
		contact: { fullName: 'Sari', phone: '6281212345678' },
		firstMessage: 'Hello',
	});
	await assertEmitted([[id, 'caseCreated']]);
	lab.simulator.updateCase(id, { isClosed: true });
	await assertEmitted([
		[id, 'caseCreated'],
		[id, 'caseUpdated'],
	]);
	assert.equal((await lab.api.executions(workflow.id)).length, 2);
});

test('n8n stores how far the trigger has read', async () => {
	const { staticData } = await lab.api.workflow(workflow.id);
	const [newest] = lab.simulator.cases.slice(-1);
	assert.equal(staticData?.[`node:${TRIGGER}`].lastTimestamp, newest.updatedTime);
});

test('a manual test shows one real case and does not change what is stored', async () => {
	const before = (await lab.api.workflow(workflow.id)).staticData;
	const execution = await lab.api.execute(workflow.id, TRIGGER);
	const items = outputOf(execution, TRIGGER);
	assert.equal(items.length, 1);
	assert.ok(['caseCreated', 'caseUpdated'].includes(items[0].json.event));
	const after = (await lab.api.workflow(workflow.id)).staticData;
	assert.deepEqual(after, before);
});

/** How OneTalk is unavailable, and how it is available again. */
const outages: Array<[what: string, begin: () => unknown, end: () => unknown]> = [
	['refuses connections', () => lab.stopSimulator(), () => lab.startSimulator()],
	['answers 503', () => lab.simulator.fault({ kind: 'http', rate: 1 }), () => lab.simulator.clearFaults()],
];
for (const [what, begin, end] of outages) {
	test(`when OneTalk ${what} while n8n starts, the trigger works again as soon as OneTalk does`, async () => {
		const already = await emitted();
		await begin();
		await lab.restartN8n();
		// n8n deactivates a trigger whose first poll fails for 15 s
		await pause(20_000);
		await end();
		assert.equal((await lab.api.publicationStatus(workflow.id)).status, 'published');
		const { id } = lab.simulator.createCase({ firstMessage: 'After the break' });
		await until('the case has started an execution', async () => (await emitted()).length > already.length);
		await untilRequested(2);
		const [only, ...more] = (await emitted()).slice(already.length);
		assert.deepEqual([only.id, only.event, more.length], [id, 'caseCreated', 0]);
	});
}
