/** Measures one case in a process of its own: warms up, reports ready, waits for `go`, measures, reports, ends. */

import { createRequire } from 'node:module';
import path from 'node:path';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import { createEngine, type Run } from './engine.cts';
import { heapBytes, peakResidentBytes, resetPeak } from './memory.cts';
import type { Case } from './cases.cts';
import type { Stage } from './n8n.cts';

/** What was measured of one node. */
export interface Result {
	wallMs: number;
	/** All threads of the process. */
	cpuMs: number;
	/** Growth of the resident memory while the node ran. */
	peakBytes: number;
	/** Heap that the execution still holds when it has ended. */
	heldBytes: number;
	/** Maximum heap in use, where the case asks for it; else 0. */
	livePeakBytes: number;
	credentialReads: number;
	/** What the ledger adds to the saved execution, in bytes, and how many rows it has. */
	ledger?: { json: number; flatted: number; rows: number };
}

/** Enough items to warm up the code, as in an n8n that has been running for a while. */
const WARM_UP = 200;
/** Measuring the heap takes a full garbage collection; in between, the node runs this many times as long. */
const LOOK_PAUSE = 5;

const collectGarbage = globalThis.gc as () => void;

async function main() {
	const { spec, ...stage } = JSON.parse(process.env.BENCH_CASE ?? '{}') as { spec: Case } & Omit<
		Stage,
		'load'
	>;
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

	let timer: NodeJS.Timeout | undefined;
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

	const result: Result = {
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
	// Referenced here, so that the execution's data is not collected before it is counted.
	if (done.data === undefined) throw new Error('The execution has no data');
	process.send?.(result, undefined, {}, () => process.exit());
}

/** @throws {Error} when the node did not do what is measured */
function check({ task, data }: Run, items: number): void {
	const error = task?.error ?? data.resultData.error;
	if (error) throw error;
	const output = task?.data?.main[0] ?? [];
	const failed = output.filter(({ json }) => json.error && (json.error as IDataObject).code !== '');
	if (output.length !== items || failed.length > 0)
		throw new Error(`The node emitted ${output.length} of ${items} items, ${failed.length} of them failures`);
}

/** What the ledger adds to the execution as n8n saves it (flatted), and as plain JSON. */
function ledgerBytes(flatted: (data: unknown) => string, data: IRunExecutionData): Result['ledger'] {
	const context = data.executionData?.contextData['node:Measured'];
	const runs = Object.values((context?.oneTalkLedger ?? {}) as IDataObject);
	const rows = Object.keys(runs[0] ?? {}).length;
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
