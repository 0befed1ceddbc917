/**
 * The webhook triggers in n8n's regular mode: under load, when n8n is killed, and when its database is locked. Needs nothing but
 * what all end-to-end tests need. Takes about 15 minutes; prints what it counts.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab, type Lab } from './lab.cts';
import { pause, until } from './wait.cts';
import { inParallel } from './webhooks/deliver.cts';
import { killWhileDelivering } from './webhooks/kill.cts';
import { lockDatabase } from './webhooks/lock.cts';
import {
	executionsById,
	KIND_NAMES,
	newId,
	publishTrigger,
	type CreatedTrigger,
} from './webhooks/trigger.cts';
import { node } from './workflows.cts';

const LAB = 'inbound';
const MINUTES = 60_000;

let lab: Lab;

before(async () => {
	lab = await startLab(LAB, { withCredential: false, env: { N8N_LOG_LEVEL: 'warn' } });
});
after(async () => await lab?.stop());

describe('under load', () => {
	/** Of each trigger: 1,000 deliveries. */
	const NEW = 600;
	const REPEATS = 200;
	const WRONG = 200;
	const DELIVERIES = NEW + REPEATS + WRONG;
	const AT_A_TIME = 50;

	for (const kind of KIND_NAMES) {
		test(
			`${kind}: 1,000 deliveries, 50 at a time: one execution a message, none for a repeat or a wrong secret`,
			{ timeout: 20 * MINUTES },
			async () => {
				const trigger = await publishTrigger(lab, kind);
				const ids = Array.from({ length: NEW }, newId);
				const repeated = ids.slice(0, REPEATS);
				const wrong = Array.from({ length: WRONG }, newId);
				const deliveries = shuffled([
					...[...ids, ...repeated].map((id) => ({ id, secret: undefined, expected: 200 })),
					...wrong.map((id) => ({ id, secret: 'wrong', expected: 403 })),
				]);
				const latencies: number[] = [];
				let busy = 0;
				const tasks = deliveries.map(({ id, secret, expected }) => async () => {
					for (;;) {
						const startedAt = performance.now();
						const { status, body } = await trigger.deliver(id, { secret });
						latencies.push(performance.now() - startedAt);
						if (status === expected && body === '') return [];
						// n8n itself answers so while it cannot reach its database; OneTalk repeats the delivery
						if (status !== 503 || !body.includes('Database is not ready') || ++busy > DELIVERIES)
							return [`${id}: ${status} ${body}`];
						await pause(1_000);
					}
				});
				assert.deepEqual((await inParallel(tasks, AT_A_TIME)).flat(), [], 'wrong answers');
				latencies.sort((a, b) => a - b);
				const [p50, p99] = [0.5, 0.99].map((part) =>
					Math.round(latencies[Math.ceil(latencies.length * part) - 1]),
				);
				console.log(
					`  ${kind}: answered in ${p50} ms (p50), ${p99} ms (p99); n8n was too busy for ${busy} and got them again`,
				);

				await untilEnded(trigger);
				const executions = await trigger.executions();
				const failed = executions.filter(({ status }) => status !== 'success');
				// on an overloaded machine n8n cannot store the end of some
				console.log(`  ${kind}: ${executions.length} executions, ${failed.length} of them not successful`);
				assert.deepEqual(executionsById(executions), new Map(executions.map(({ of: [id] }) => [id, 1])));
				assert.deepEqual(executions.flatMap(({ of }) => of).sort(), [...ids].sort());
			},
		);
	}
});

describe('when n8n is killed while deliveries come', () => {
	for (const kind of KIND_NAMES) {
		test(
			`${kind}: what was answered with 200 has an execution, and OneTalk’s retries bring the rest`,
			{ timeout: 10 * MINUTES },
			async () => {
				// executions take a while, so that some run when n8n is killed
				const steps = [
					node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 3, unit: 'seconds' }),
					node('End', 'n8n-nodes-base.noOp', 1, {}),
				];
				const trigger = await publishTrigger(lab, kind, steps);
				const { ids, answeredBefore } = await killWhileDelivering(lab.simulator, {
					kind,
					url: trigger.url,
					count: 60,
					killAfter: 20,
					kill: async () => await lab.killN8n(),
					restart: async () => await lab.startN8n(),
				});
				await untilEnded(trigger);
				const executions = await trigger.executions();
				const counts = executionsById(executions);
				const byStatus = (wanted: string) => executions.filter(({ status }) => status === wanted).length;
				const twice = [...counts].filter(([, count]) => count > 1);
				console.log(
					`  ${kind}: ${answeredBefore.length} answered with 200 before the kill, ${executions.length} executions for ${ids.length} messages: ` +
						`${byStatus('success')} succeeded, ${byStatus('crashed')} crashed; ${twice.length} messages have two`,
				);
				assert.deepEqual(
					ids.filter((id) => !counts.has(id)),
					[],
					'messages without an execution',
				);
				assert.equal(byStatus('success') + byStatus('crashed'), executions.length);
				assert.ok(byStatus('crashed') > 0, 'some ran when n8n was killed');
				// a message may have two only if its answer was lost with n8n
				assert.ok(twice.every(([id, count]) => count === 2 && !answeredBefore.includes(id)));

				await pause(5_000);
				assert.equal(await trigger.count('crashed'), byStatus('crashed'), 'n8n resumes none of them');
				assert.equal(await trigger.count(), executions.length);
				const crashed = executions.find(({ status }) => status === 'crashed');
				const again = await lab.api.retry(crashed?.id ?? '');
				assert.equal(again.status, 'success', '“Retry” runs a crashed one');
				await lab.api.unpublish(trigger.workflowId);
			},
		);
	}
});

describe('when n8n’s database is locked', () => {
	for (const kind of KIND_NAMES) {
		test(
			`${kind}: n8n answers 500, and a repeat starts one execution`,
			{ timeout: 5 * MINUTES },
			async () => {
				const trigger = await publishTrigger(lab, kind);
				const [before, id] = [newId(), newId()];
				assert.equal((await trigger.deliver(before)).status, 200);
				await untilAllSucceeded(trigger, 1);

				const unlock = lockDatabase(LAB);
				try {
					assert.equal((await trigger.deliver(id)).status, 500);
					assert.equal((await trigger.deliver(id)).status, 500, 'its repeat, while it is still locked');
					assert.equal((await trigger.deliver(before)).status, 200, 'a repeat of a stored one');
				} finally {
					unlock();
				}
				const answers = await Promise.all([1, 2, 3].map(async () => await trigger.deliver(id)));
				assert.deepEqual(
					answers.map(({ status }) => status),
					[200, 200, 200],
				);
				await untilAllSucceeded(trigger, 2);
				await pause(1_000);
				assert.deepEqual(
					executionsById(await trigger.executions()),
					new Map([
						[id, 1],
						[before, 1],
					]),
				);
			},
		);
	}
});

async function untilEnded(trigger: CreatedTrigger): Promise<void> {
	const unended = async () => (await trigger.count('running')) + (await trigger.count('new'));
	await until('all executions have ended', async () => (await unended()) === 0, 5 * MINUTES);
}

async function untilAllSucceeded(trigger: CreatedTrigger, count: number): Promise<void> {
	await until(
		`${count} executions have succeeded`,
		async () => (await trigger.count('success')) >= count,
		5 * MINUTES,
	);
	assert.equal(await trigger.count(), count);
}

/** A copy in another order, the same in every run. */
function shuffled<T>(list: T[]): T[] {
	let seed = 1;
	const next = () => (seed = (seed * 48_271) % 2_147_483_647);
	return list
		.map((value) => ({ value, at: next() }))
		.sort((a, b) => a.at - b.at)
		.map(({ value }) => value);
}
