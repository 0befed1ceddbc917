/** Workflows that run one OneTalk node over some rows, and what the node did. */

import { randomUUID } from 'node:crypto';
import type { WorkflowContent, WorkflowNode } from '../../tools/n8n-api.cts';
import type { Execution, ExecutionError, Item, Json } from '../../tools/n8n-execution.cts';
import type { Lab } from './lab.cts';

/** The OneTalk node of a workflow, and the rows it gets. */
export interface NodeOptions {
	parameters: Record<string, unknown>;
	/** one empty row if left out */
	rows?: object[];
	/** settings of the node, such as onError */
	settings?: object;
}

/** What the OneTalk node did in an execution. */
export interface NodeResult {
	/** of the execution */
	id: string;
	/** of the execution */
	status: string;
	error?: ExecutionError;
	/** items of the first output branch */
	items: Item[];
	/** their JSON */
	rows: Json[];
	/** JSON of the items of the error branch */
	failedRows: Json[];
}

/** A node without a position; `inARow` gives it one. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): Omit<WorkflowNode, 'position'> {
	return { id: randomUUID(), name, type, typeVersion, parameters };
}

/** Places nodes side by side. */
export function inARow(nodes: Array<Omit<WorkflowNode, 'position'>>): WorkflowNode[] {
	return nodes.map((it, i) => ({ ...it, position: [i * 240, 0] }));
}

/** Connects each node to the next one. */
export function chain(nodes: Array<{ name: string }>): object {
	return Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, i) => [nodes[i].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);
}

/** Start → Rows → One item per row → OneTalk. */
export async function oneTalkWorkflow(lab: Lab, options: NodeOptions): Promise<WorkflowContent> {
	const { parameters, rows = [{}], settings = {} } = options;
	const steps = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Rows', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ rows }),
			options: {},
		}),
		node('One item per row', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
		{
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, parameters),
			credentials: await lab.credentials(),
			...settings,
		},
	];
	return { name: `Test ${randomUUID()}`, nodes: inARow(steps), connections: chain(steps) };
}

/** Runs the OneTalk node over the rows, with "Execute workflow". */
export async function runNode(lab: Lab, options: NodeOptions): Promise<NodeResult> {
	const { id } = await lab.api.createWorkflow(await oneTalkWorkflow(lab, options));
	return resultOf(await lab.api.execute(id, 'Start'));
}

/** What the OneTalk node did in its last run of an execution. */
export function resultOf({ id, status, data }: Execution): NodeResult {
	const { runData, error } = data.resultData;
	const run = runData.OneTalk?.at(-1);
	const branch = (index: number) => run?.data?.main?.[index] ?? [];
	return {
		id,
		status,
		error: error ?? run?.error,
		items: branch(0),
		rows: branch(0).map(({ json }) => json),
		failedRows: branch(1).map(({ json }) => json),
	};
}
