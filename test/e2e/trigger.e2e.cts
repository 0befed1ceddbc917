/* The OneTalk Trigger on n8n's own schedule: published, polled every 5 s, restarted while OneTalk is away. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pause, startLab, until } from './lab.cts';
import { TRIGGER, triggerWorkflow } from './polling.cts';

const TWO_POLLS_MS = 11_000;

/** @type {import('./lab.cts').Lab} */
let lab;
/** @type {{ id: string, versionId: string }} */
let workflow;

before(async () => {
	lab = await startLab('trigger');
	workflow = await triggerWorkflow(lab);
});
after(async () => await lab?.stop());

/** @returns {Promise<{ id: string, event: string, firstMessage: string }[]>} what the trigger has emitted, oldest first */
async function emitted() {
	const started = (await lab.api.executions(workflow.id)).filter(({ status }) => status === 'success');
	const executions = await Promise.all(started.map(({ id }) => lab.api.finished(id)));
	return executions.reverse().flatMap((execution) => {
		const items = execution.data.resultData.runData[TRIGGER][0].data.main[0];
		return items.map((/** @type {{ json: any }} */ { json }) => json);
	});
}

/** @param {number} count */
async function untilPolled(count) {
	const already = lab.simulator.requests.length;
	await until(`${count} polls`, () => lab.simulator.requests.length >= already + count, 30_000);
}

/** @param {[string, string][]} expected id and event of everything that was emitted up to now */
async function assertEmitted(expected) {
	await until(
		`emitted ${JSON.stringify(expected)}`,
		async () => (await emitted()).length >= expected.length,
		TWO_POLLS_MS,
	);
	await untilPolled(2);
	assert.deepEqual(
		(await emitted()).map(({ id, event }) => [id, event]),
		expected,
	);
}

test('when it is published, nothing starts for the cases that are there', async () => {
	lab.simulator.bulk(3);
	await lab.api.publish(workflow);
	await untilPolled(3);
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

test('n8n keeps how far the trigger has read', async () => {
	const { staticData } = await lab.api.call('GET', `/rest/workflows/${workflow.id}`);
	const [newest] = lab.simulator.cases.slice(-1);
	assert.equal(staticData[`node:${TRIGGER}`].lastTimestamp, newest.updatedTime);
});

test('a manual test shows sample cases and leaves the state alone', async () => {
	const before = (await lab.api.call('GET', `/rest/workflows/${workflow.id}`)).staticData;
	const execution = await lab.api.execute(workflow.id, TRIGGER);
	const items = execution.data.resultData.runData[TRIGGER][0].data.main[0];
	assert.ok(items.length > 0);
	assert.ok(['caseCreated', 'caseUpdated'].includes(items[0].json.event));
	const after = (await lab.api.call('GET', `/rest/workflows/${workflow.id}`)).staticData;
	assert.deepEqual(after, before);
});

for (const [what, away, back] of /** @type {[string, () => unknown, () => unknown][]} */ ([
	['refuses connections', () => lab.stopSimulator(), () => lab.startSimulator()],
	['answers 503', () => lab.simulator.fault({ kind: 'http', rate: 1 }), () => lab.simulator.clearFaults()],
])) {
	test(`OneTalk ${what} while n8n starts: the trigger lives when it is back`, async () => {
		const already = await emitted();
		await away();
		await lab.restartN8n();
		// n8n gives a trigger up after 15 s of failing first polls
		await pause(20_000);
		await back();
		assert.equal((await lab.api.publicationStatus(workflow.id)).status, 'published');
		const { id } = lab.simulator.createCase({ firstMessage: 'After the break' });
		await until('the case has started an execution', async () => (await emitted()).length > already.length);
		await untilPolled(2);
		const [only, ...more] = (await emitted()).slice(already.length);
		assert.deepEqual([only.id, only.event, more.length], [id, 'caseCreated', 0]);
	});
}
