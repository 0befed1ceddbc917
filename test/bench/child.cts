/*
 * One case in a process of its own: warms up, says so, waits for the word, measures, reports, ends.
 */

import { createRequire } from 'node:module';
import path from 'node:path';
import { createEngine } from './engine.cts';
import { heapBytes, peakResidentBytes, resetPeak } from './memory.cts';

/**
 * @typedef {object} Result
 * @property {number} wallMs of the node
 * @property {number} cpuMs of the node
 * @property {number} peakBytes how far the process grew over what it held before
 * @property {number} heldBytes heap that the execution holds at its end
 * @property {number} livePeakBytes most heap in use at a time, where it was looked for
 * @property {number} credentialReads
 * @property {{ json: number, flatted: number, rows: number }} [ledger] bytes in the saved execution
 */

/** As many items as make the code warm, as it is in an n8n that has been running. */
const WARM_UP = 200;
/** Looking at the heap in use takes a full clearing; the node gets this many times as long in between. */
const LOOK_PAUSE = 5;

const collectGarbage = /** @type {() => void} */ (globalThis.gc);

async function main() {
	const { spec, ...stage } =
		/** @type {{ spec: import('./cases.cts').Case } & Omit<import('./n8n.cts').Stage, 'load'>} */ (
			JSON.parse(process.env.BENCH_CASE ?? '{}')
		);
	const load = createRequire(path.join(stage.packageFolder, 'package.json'));
	const run = await createEngine({ load, ...stage });
	check(await run({ ...spec, latencyMs: 0, concurrency: 5 }, WARM_UP), WARM_UP);

	await new Promise((resolve) => {
		process.once('message', resolve);
		process.send?.('ready');
	});
	collectGarbage();
	const heapBefore = heapBytes();
	let residentBefore = 0;
	let livePeak = 0;
	/** @type {NodeJS.Timeout | undefined} */
	let timer;
	const look = () => {
		const started = performance.now();
		collectGarbage();
		livePeak = Math.max(livePeak, heapBytes() - heapBefore);
		timer = setTimeout(look, LOOK_PAUSE * (performance.now() - started));
	};
	if (spec.livePeak) look();
	const done = await run(spec, spec.items, () => {
		resetPeak();
		residentBefore = process.memoryUsage.rss();
	});
	const peakBytes = peakResidentBytes() - residentBefore;
	clearTimeout(timer);
	/** @type {Result} */
	const result = {
		wallMs: done.wallMs,
		cpuMs: done.cpuMs,
		peakBytes,
		heldBytes: 0,
		livePeakBytes: livePeak,
		credentialReads: done.credentialReads,
	};
	if (spec.failLast) result.ledger = ledgerBytes(load('flatted').stringify, done.data);
	else check(done, spec.items);
	collectGarbage();
	result.heldBytes = heapBytes() - heapBefore;
	// what the execution holds must still be held when it is counted
	if (done.data === undefined) throw new Error('The execution has no data');
	process.send?.(result, undefined, {}, () => process.exit());
}

/**
 * @param {import('./engine.cts').Run} run
 * @param {number} items
 * @throws {Error} when the node did not do what is measured
 */
function check({ task, data }, items) {
	const error = task?.error ?? data.resultData.error;
	if (error) throw error;
	const output = task.data.main[0];
	const failed = output.filter((/** @type {any} */ { json }) => json.error && json.error.code !== '');
	if (output.length !== items || failed.length > 0)
		throw new Error(`The node put out ${output.length} of ${items} items, ${failed.length} of them failures`);
}

/**
 * What the ledger adds to the execution as n8n saves it (flatted), and as plain JSON.
 * @param {(data: unknown) => string} flatted
 * @param {any} data
 */
function ledgerBytes(flatted, data) {
	const { contextData } = data.executionData;
	const context = contextData['node:Measured'];
	const rows = Object.keys(Object.values(context?.oneTalkLedger ?? {})[0] ?? {}).length;
	const sizes = () => [JSON.stringify(data).length, flatted(data).length];
	const [jsonWith, flattedWith] = sizes();
	delete context?.oneTalkLedger;
	const [jsonWithout, flattedWithout] = sizes();
	return { json: jsonWith - jsonWithout, flatted: flattedWith - flattedWithout, rows };
}

process.once('disconnect', () => process.exit());
main().catch((error) => {
	process.send?.({ failed: error.stack ?? String(error) }, undefined, {}, () => process.exit(1));
});
