/**
 * Drains a backlog in a process of its own, poll after poll on n8n's poll context: warms up, reports ready, waits for `go`,
 * measures, reports, ends.
 */

import { createRequire } from 'node:module';
import path from 'node:path';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IPollFunctions,
	NodeConnectionType,
} from 'n8n-workflow';
import { heapBytes, peakResidentBytes, resetPeak } from '../memory.cts';
import { CREDENTIALS, node, nodeTypesOf, startN8n, type Stage } from '../n8n.cts';
import { FIRST_TIME, PAGE, WARM_UP, indexOf } from './backlog.cts';
import type { Case } from './run.cts';

/** What was measured of one drain. */
export interface Result {
	polls: number;
	/** Wall-clock time of all polls. */
	wallMs: number;
	/** Wall-clock time of the longest poll. */
	longestMs: number;
	/** CPU time of all polls, all threads of this process. */
	cpuMs: number;
	/** Growth of the resident memory. */
	peakBytes: number;
	/** Maximum growth of the heap in use, measured between polls; 0 where the case does not ask for it. */
	heapBytes: number;
	/** Maximum size of the static data as JSON. */
	stateBytes: number;
	/** Items that were emitted before. */
	doubled: number;
}

/** Pages that the simplest loop fetches in one poll: as many cases as the trigger emits. */
const LOOP_PAGES = 10;
const NAME = 'Measured';

const collectGarbage = globalThis.gc as () => void;

/** The simplest loop: from the last time on, page by page. */
async function simplestPoll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const memory = this.getWorkflowStaticData('node');
	const { baseUrl } = await this.getCredentials('oneTalkApi');
	const items: INodeExecutionData[] = [];
	for (let page = 0; page < LOOP_PAGES; page++) {
		const { data } = await this.helpers.httpRequestWithAuthentication.call(this, 'oneTalkApi', {
			method: 'GET',
			url: `${baseUrl}/inbox/case/get_updated_list`,
			qs: { since_timestamp: memory.lastTimestamp ?? FIRST_TIME, limit: PAGE },
			json: true,
		});
		for (const json of data.cases as IDataObject[]) items.push({ json });
		memory.lastTimestamp = data.lastTimestamp;
		if (!data.hasMore) break;
	}
	return items.length > 0 ? [items] : null;
}

const LOOP: INodeType = {
	description: {
		displayName: 'Loop',
		name: 'loop',
		group: ['trigger'],
		version: 1,
		description: 'The simplest loop',
		defaults: { name: 'Loop' },
		polling: true,
		inputs: [],
		outputs: ['main' as NodeConnectionType],
		credentials: [{ name: 'oneTalkApi', required: true }],
		properties: [],
	},
	poll: simplestPoll,
};

/** Prepares the engine and returns a function that drains a backlog of so many cases. */
async function createDrain(
	stage: Stage,
	{ kind, looksAtHeap }: Case,
): Promise<(cases: number) => Promise<Result>> {
	const { load, packageFolder } = stage;
	const n8n = await startN8n(stage);
	const { PollContext } = load('n8n-core') as typeof import('n8n-core');
	const { Workflow } = load('n8n-workflow') as typeof import('n8n-workflow');
	const { OneTalkTrigger } = load(`${packageFolder}/dist/nodes/OneTalk/OneTalkTrigger.node.js`);

	const types: Record<Case['kind'], INodeType> = { trigger: new OneTalkTrigger(), loop: LOOP };
	const nodeTypes = nodeTypesOf(types);
	const parameters = {
		pollTimes: { item: [{ mode: 'everyMinute' }] },
		options: { startFrom: { start: { from: 'date', date: new Date(FIRST_TIME).toISOString() } } },
	};
	let drains = 0;

	/** Polls until every case has been emitted. */
	return async (cases: number): Promise<Result> => {
		const id = `bench${drains++}`;
		const seen = new Uint8Array(cases);
		let left = cases;
		let quiet = 0;
		let stored = '{}';

		const result: Result = {
			polls: 0,
			wallMs: 0,
			longestMs: 0,
			cpuMs: 0,
			peakBytes: 0,
			heapBytes: 0,
			stateBytes: 0,
			doubled: 0,
		};

		const poll = async () => {
			const workflow = new Workflow({
				id,
				nodes: [{ ...node(NAME, kind, 1, kind === 'trigger' ? parameters : {}), credentials: CREDENTIALS }],
				connections: {},
				active: true,
				nodeTypes,
				staticData: JSON.parse(stored),
			});
			const context = new PollContext(
				workflow,
				workflow.getNode(NAME) as INode,
				n8n.additionalData(),
				'trigger',
				'activate',
			);

			const output = await workflow.expression.withIsolate(async () => await types[kind].poll?.call(context));
			stored = JSON.stringify(workflow.staticData);
			return output?.[0] ?? [];
		};

		collectGarbage();
		const heapBefore = heapBytes();
		resetPeak();
		const residentBefore = process.memoryUsage.rss();
		while (left > 0) {
			const cpu = process.cpuUsage();
			const started = performance.now();
			const items = await poll();
			const took = performance.now() - started;
			const { user, system } = process.cpuUsage(cpu);
			result.polls++;
			result.wallMs += took;
			result.cpuMs += (user + system) / 1000;
			result.longestMs = Math.max(result.longestMs, took);
			result.stateBytes = Math.max(result.stateBytes, stored.length);
			const before = left;
			for (const { json } of items) {
				const index = indexOf(json as { id: string });
				if (seen[index] === 0) left--;
				else result.doubled++;
				seen[index] = 1;
			}
			quiet = left === before ? quiet + 1 : 0;
			if (quiet === 5) throw new Error(`${left} of ${cases} cases were never emitted`);
			if (looksAtHeap) {
				items.length = 0;
				collectGarbage();
				result.heapBytes = Math.max(result.heapBytes, heapBytes() - heapBefore);
			}
		}
		result.peakBytes = peakResidentBytes() - residentBefore;
		return result;
	};
}

async function main() {
	const { spec, ...stage } = JSON.parse(process.env.BENCH_CASE ?? '{}') as { spec: Case } & Omit<
		Stage,
		'load'
	>;
	const load = createRequire(path.join(stage.packageFolder, 'package.json'));
	const drain = await createDrain({ load, ...stage }, spec);
	await drain(WARM_UP);
	await new Promise((resolve) => {
		process.once('message', resolve);
		process.send?.('ready');
	});
	process.send?.(await drain(spec.cases), undefined, {}, () => process.exit());
}

process.once('disconnect', () => process.exit());
main().catch((error) => {
	process.send?.({ failed: error.stack ?? String(error) }, undefined, {}, () => process.exit(1));
});
