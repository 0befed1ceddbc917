/**
 * n8n's queue mode: n8n itself polls, and passes every execution to one of two workers through Redis. What the nodes
 * store must be available on both workers, and remain when one of them has stopped.
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startLab, type Lab, type Worker } from './lab.cts';
import { Executions, triggerWorkflow, untilPolled, versionOf } from './polling.cts';
import { missing, startQueue, type Queue } from './queue.cts';
import { messagesByPhone, oneEach, recipients, sendOneByOne, sendToRow } from './sending.cts';
import { pause, until } from './wait.cts';
import { oneTalkWorkflow, resultOf, type NodeOptions, type NodeResult } from './workflows.cts';

/** After this many ms at most, n8n has noticed that a worker has been killed: its lock of 60 s is not renewed, and is checked every 30 s. */
const NOTICED_MS = 100_000;

const sendOnce = {
	...sendToRow,
	options: { sendOnceKey: '=reminder-{{ $json.phone }}', failureRows: true },
};

describe('in queue mode', { skip: missing() ?? false }, () => {
	let queue: Queue;
	let lab: Lab;
	let workers: Worker[];

	before(async () => {
		queue = await startQueue();
		lab = await startLab('queue', { env: queue.env });
		workers = [await lab.startWorker(), await lab.startWorker()];
	});
	after(async () => {
		await lab?.stop();
		await queue?.stop();
	});
	beforeEach(() => lab.simulator.reset());

	const workersOf = (executionId: string) => workers.filter(({ hasRun }) => hasRun(executionId));

	/**
	 * Stops the worker that has run an execution, so that the next one runs on the other worker.
	 * @returns starts a new worker in its place
	 */
	async function stopWorkerOf(executionId: string): Promise<() => Promise<void>> {
		const [ran] = workersOf(executionId);
		await ran.stop();
		workers = workers.filter((worker) => worker !== ran);
		return async () => {
			workers.push(await lab.startWorker());
		};
	}

	/** Creates a workflow; returns its ID. */
	async function workflowOf(options: NodeOptions): Promise<string> {
		const { id } = await lab.api.createWorkflow(await oneTalkWorkflow(lab, options));
		return id;
	}

	const execute = async (workflowId: string): Promise<NodeResult> =>
		resultOf(await lab.api.execute(workflowId, 'Start'));

	test('a list is sent once, on one worker', async () => {
		const rows = recipients(300);
		const result = await execute(await workflowOf({ parameters: sendToRow, rows }));
		assert.equal(result.status, 'success');
		assert.deepEqual(
			result.rows.map(({ phone }) => phone),
			rows.map(({ phone }) => phone),
		);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
		assert.equal(workersOf(result.id).length, 1);
	});

	test('executions run side by side on both workers', async () => {
		lab.simulator.configure({ latencyMs: 50 });
		const rows = recipients(20);
		const workflowId = await workflowOf({ parameters: sendToRow, rows });
		const results = await Promise.all(Array.from({ length: 10 }, async () => await execute(workflowId)));
		assert.ok(results.every(({ status }) => status === 'success'));
		assert.equal(new Set(results.flatMap(({ id }) => workersOf(id))).size, 2);
		assert.equal(lab.simulator.messages.length, 200);
	});

	test('Retry from the list of executions sends on another worker only what is missing', async () => {
		const rows = recipients(5);
		lab.simulator.configure({ latencyMs: 100 });
		const workflowId = await workflowOf({ parameters: sendOneByOne, rows });
		const running = execute(workflowId);
		await until('two messages have been sent', () => lab.simulator.messages.length >= 2);
		lab.simulator.fault({ kind: 'successFalse', reason: 'invalid_recipient' });
		const failed = await running;
		assert.equal(failed.status, 'error');

		const startAnother = await stopWorkerOf(failed.id);
		const again = resultOf(await lab.api.retry(failed.id));
		assert.equal(again.status, 'success');
		assert.equal(workersOf(again.id).length, 1);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
		await startAnother();
	});

	test('Send Only Once per Key works on another worker too', async () => {
		const rows = recipients(20);
		const workflowId = await workflowOf({ parameters: sendOnce, rows });
		const first = await execute(workflowId);
		assert.equal(first.status, 'success');

		const startAnother = await stopWorkerOf(first.id);
		const second = await execute(workflowId);
		assert.equal(workersOf(second.id).length, 1);
		assert.ok(second.rows.every(({ skipped }) => skipped === true));
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
		await startAnother();
	});

	test('when a worker is killed while it sends, n8n does not send again; with keys, the next execution sends the rest', async () => {
		const rows = recipients(300);
		lab.simulator.configure({ latencyMs: 100 });
		const workflowId = await workflowOf({ parameters: sendOnce, rows });
		const executionId = await lab.api.start(workflowId, 'Start');
		await until('60 messages have been sent', () => lab.simulator.messages.length >= 60, 60_000);
		const [ran] = workersOf(executionId);
		await ran.kill();
		workers = workers.filter((worker) => worker !== ran);
		workers.push(await lab.startWorker());
		const sent = lab.simulator.messages.length;
		await pause(NOTICED_MS);
		assert.equal(lab.simulator.messages.length, sent, 'n8n sends nothing by itself');
		assert.equal(workersOf(executionId).length, 0, 'no other worker runs the execution');
		const { status } = await lab.api.execution(executionId);
		assert.ok(['crashed', 'error'].includes(status), `n8n shows it as ${status}`);

		const next = await execute(workflowId);
		assert.equal(next.status, 'success');
		const counts = messagesByPhone(lab);
		assert.ok(Object.values(counts).every((count) => count === 1));
		const unsent = rows.length - Object.keys(counts).length;
		assert.ok(unsent <= 50, `${unsent} rows have a stored key and no message`);
	});

	test('each version of a case starts one execution, also when n8n is killed and started again', async () => {
		const workflow = await triggerWorkflow(lab);
		const executions = new Executions(lab, workflow.id);
		const arrived = async () => (await executions.items()).map(versionOf);
		await lab.api.publish(workflow);
		await untilPolled(lab, 2);
		const made = lab.simulator.bulk(20).map(versionOf);
		await until('20 cases have arrived', async () => (await arrived()).length >= 20, 60_000);

		await lab.killN8n();
		made.push(...lab.simulator.bulk(20).map(versionOf));
		await lab.startN8n();
		await until('40 cases have arrived', async () => (await arrived()).length >= 40, 90_000);
		await untilPolled(lab, 2);
		assert.deepEqual((await arrived()).sort(), made.sort());
		for (const { id } of await lab.api.executions(workflow.id)) assert.equal(workersOf(id).length, 1, id);
		await lab.api.unpublish(workflow.id);
	});
});
