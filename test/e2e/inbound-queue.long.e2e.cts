/**
 * The webhook triggers in n8n's queue mode: main, a webhook processor, two workers. Needs Redis and PostgreSQL on the machine
 * (apt-get install redis-server postgresql). Takes about 10 minutes; prints what it counts.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ServerProcess } from '../../tools/server-process.cts';
import { startLab, type Lab, type Worker } from './lab.cts';
import { missing, startQueue, type Queue } from './queue.cts';
import { pause, until } from './wait.cts';
import { killWhileDelivering } from './webhooks/kill.cts';
import {
	executionsById,
	KIND_NAMES,
	newId,
	publishTrigger,
	type CreatedTrigger,
} from './webhooks/trigger.cts';
import { node } from './workflows.cts';

const MINUTES = 60_000;

describe('the webhook triggers in queue mode', { skip: missing() ?? false }, () => {
	let queue: Queue;
	let lab: Lab;
	let processor: ServerProcess;
	let workers: Worker[];

	before(async () => {
		queue = await startQueue();
		lab = await startLab('inbound-queue', {
			withCredential: false,
			env: { ...queue.env, N8N_LOG_LEVEL: 'info' },
		});
		processor = await lab.startProcessor();
		workers = [await lab.startWorker(), await lab.startWorker()];
	});
	after(async () => {
		await lab?.stop();
		await queue?.stop();
	});

	const workersOf = (executionId: string) => workers.filter(({ hasRun }) => hasRun(executionId));

	const untilEnded = async (trigger: CreatedTrigger, withinMs = 2 * MINUTES) =>
		await until(
			'all executions have ended',
			async () => (await trigger.count('running')) + (await trigger.count('new')) === 0,
			withinMs,
		);

	const isEach = (counts: Map<string, number>, ids: string[], count: number) =>
		assert.deepEqual(
			[...counts].sort(),
			ids.map((id): [string, number] => [id, count]).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
		);

	/** A trigger whose executions take 3 s. */
	const publishSlow = async (kind: CreatedTrigger['kind']) =>
		await publishTrigger(lab, kind, [
			node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 3, unit: 'seconds' }),
			node('End', 'n8n-nodes-base.noOp', 1, {}),
		]);

	for (const kind of KIND_NAMES) {
		test(`${kind}: a message to the processor starts one execution on a worker, its repeat and a wrong secret none`, async () => {
			const trigger = await publishTrigger(lab, kind);
			const ids = Array.from({ length: 20 }, newId);
			const { url } = processor;
			const answers = await Promise.all(
				[...ids, ...ids].map(async (id) => await trigger.deliver(id, { url })),
			);
			assert.ok(answers.every(({ status, body }) => status === 200 && body === ''));
			assert.equal((await trigger.deliver(newId(), { url, secret: 'wrong' })).status, 403);
			await until(
				'20 executions have succeeded',
				async () => (await trigger.count('success')) >= 20,
				MINUTES,
			);
			const executions = await trigger.executions();
			isEach(executionsById(executions), ids, 1);
			for (const { id } of executions) assert.equal(workersOf(id).length, 1, id);
		});

		test(`${kind}: a repeat that reaches another process starts a second execution, as documented`, async () => {
			const trigger = await publishTrigger(lab, kind);
			const ids = Array.from({ length: 5 }, newId);
			for (const url of [processor.url, lab.url, processor.url, lab.url]) {
				for (const id of ids) assert.equal((await trigger.deliver(id, { url })).status, 200);
			}
			await untilEnded(trigger);
			const counts = executionsById(await trigger.executions());
			isEach(counts, ids, 2);
			console.log(`  ${kind}: twice to main and twice to the processor: 2 executions a message`);
		});
	}

	test('without a worker, deliveries are answered with 200, and run when a worker comes', async () => {
		for (const worker of workers) await worker.stop();
		const triggers = await Promise.all(KIND_NAMES.map(async (kind) => await publishTrigger(lab, kind)));
		const ids = Array.from({ length: 10 }, newId);
		for (const trigger of triggers) {
			for (const id of ids) assert.equal((await trigger.deliver(id, { url: processor.url })).status, 200);
			assert.equal(await trigger.count('success'), 0);
			assert.equal((await trigger.executions()).length, ids.length);
		}
		workers = [await lab.startWorker(), await lab.startWorker()];
		for (const trigger of triggers) {
			await untilEnded(trigger);
			assert.equal(await trigger.count('success'), ids.length);
			isEach(executionsById(await trigger.executions()), ids, 1);
		}
	});

	test(
		'when the processor is killed, what was answered with 200 has an execution that runs, and retries bring the rest',
		{ timeout: 15 * MINUTES },
		async () => {
			const { port } = new URL(processor.url);
			for (const kind of KIND_NAMES) {
				const trigger = await publishSlow(kind);
				const { ids, answeredBefore } = await killWhileDelivering(lab.simulator, {
					kind,
					url: processor.url + trigger.path,
					count: 60,
					killAfter: 20,
					kill: async () => await processor.kill(),
					restart: async () => {
						processor = await lab.startProcessor(Number(port));
					},
				});
				await untilEnded(trigger);
				const executions = await trigger.executions();
				const counts = executionsById(executions);
				const twice = [...counts].filter(([, count]) => count > 1);
				console.log(
					`  ${kind}: ${answeredBefore.length} answered with 200 before the kill, ${executions.length} executions for ${ids.length} messages; ${twice.length} have two`,
				);
				assert.deepEqual(
					ids.filter((id) => !counts.has(id)),
					[],
					'messages without an execution',
				);
				assert.ok(executions.every(({ status }) => status === 'success'));
				assert.ok(twice.every(([id, count]) => count === 2 && !answeredBefore.includes(id)));
			}
		},
	);

	test(
		'when a worker is killed, every delivery keeps its execution: that of the killed worker as failed, all others succeed',
		{ timeout: 15 * MINUTES },
		async () => {
			const triggers = await Promise.all(KIND_NAMES.map(publishSlow));
			const ids = Array.from({ length: 20 }, newId);
			const answers = await Promise.all(
				triggers.flatMap((trigger) =>
					ids.map(async (id) => (await trigger.deliver(id, { url: processor.url })).status),
				),
			);
			assert.ok(answers.every((status) => status === 200));
			await pause(1_000);
			const [killed, ...others] = workers;
			await killed.kill();
			workers = others;
			// n8n notices by a lock that is not renewed: it lasts 60 s, and is checked every 30 s
			for (const trigger of triggers) {
				await untilEnded(trigger, 5 * MINUTES);
				const executions = await trigger.executions();
				const failed = executions.filter(({ status }) => status !== 'success');
				console.log(
					`  ${trigger.kind}: ${executions.length} executions, ${failed.length} of them on the killed worker: ${failed.map(({ status }) => status).join(', ')}`,
				);
				assert.equal(executions.length, ids.length);
				assert.ok(
					failed.every(({ id, status }) => killed.hasRun(id) && ['crashed', 'error'].includes(status)),
				);
				// n8n replaces the data of a failed one by its error
				const succeeded = executions.filter(({ status }) => status === 'success');
				const counts = executionsById(succeeded);
				assert.equal(counts.size, succeeded.length);
				assert.ok([...counts].every(([id, count]) => count === 1 && ids.includes(id)));
			}
		},
	);
});
