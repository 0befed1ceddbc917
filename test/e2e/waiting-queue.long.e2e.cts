/** Send and Wait for Response in n8n's queue mode: asked on one worker, answered on any process, and continued on another worker. */

import assert from 'node:assert/strict';
import { after as afterAll, before, beforeEach, describe, test } from 'node:test';
import { startLab, type Lab, type Worker } from './lab.cts';
import { missing, startQueue, type Queue } from './queue.cts';
import { after, ask, post } from './waiting.cts';
import type { ServerProcess } from '../../tools/server-process.cts';

describe('in queue mode', { skip: missing() ?? false }, () => {
	let queue: Queue;
	let lab: Lab;
	let processor: ServerProcess;
	let workers: Worker[];

	before(async () => {
		queue = await startQueue();
		lab = await startLab('waiting-queue', { env: queue.env });
		processor = await lab.startProcessor();
		workers = [await lab.startWorker(), await lab.startWorker()];
	});
	afterAll(async () => {
		await processor?.stop();
		await lab?.stop();
		await queue?.stop();
	});
	beforeEach(() => lab.simulator.reset());

	/** Stops the worker that has asked, so that the execution goes on elsewhere. */
	async function stopWorkerOf(executionId: string): Promise<void> {
		const [asked] = workers.filter(({ hasRun }) => hasRun(executionId));
		assert.ok(asked, 'a worker has asked');
		await asked.stop();
		workers = [...workers.filter((worker) => worker !== asked), await lab.startWorker()];
	}

	for (const [where, originOf] of [
		['n8n itself', () => lab.url],
		['the webhook processor', () => processor.url],
	] as const) {
		test(`a question is answered through ${where}, and continued on another worker`, async () => {
			const { id, link } = await ask(lab);
			await stopWorkerOf(id);
			const { pathname, search } = new URL(link);
			const there = new URL(pathname + search, originOf()).href;
			const page = await fetch(there);
			assert.equal(page.status, 200);
			assert.match(await page.text(), /Order 4711 asks for 20% off/);
			assert.equal((await post(there, { answer: 'approve' })).status, 200);
			assert.equal((await after(lab, id)).said, true);
			assert.equal(lab.simulator.messages.length, 1);
			assert.match(await (await post(there, { answer: 'approve' })).text(), /no action required/i);
		});
	}
});
