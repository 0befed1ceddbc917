/** Runs one case on n8n's own engine: a node that makes the rows, then the measured node, as in a production execution. */

import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	IRunExecutionData,
	ITaskData,
	NodeConnectionType,
} from 'n8n-workflow';
import { CREDENTIALS, node, nodeTypesOf, startN8n, type Stage } from './n8n.cts';
import type { Case } from './cases.cts';

export interface Run {
	/** The execution's data, as n8n saves it. */
	data: IRunExecutionData;
	/** What the measured node did. */
	task: ITaskData | undefined;
	/** Wall-clock time of the measured node alone. */
	wallMs: number;
	/** CPU time of the measured node alone, all threads of this process. */
	cpuMs: number;
	credentialReads: number;
}

const MAIN = 'main' as NodeConnectionType;
const PATH = '/inbox/send_message_whatsapp';
const CHANNEL = '2101081881';
const PHONE = '={{ $json.phone }}';
const TEXT = '=Hello {{ $json.name }}, your order is ready for pick-up.';

/** @returns a row with a phone of its own */
export function row(item: number): { phone: string; name: string } {
	return { phone: `62812${String(10_000_000 + item)}`, name: `Customer ${item}` };
}

/**
 * Prepares the engine as n8n does at its start.
 * @returns a function that runs a case; it calls `before` right before the measured node starts
 */
export async function createEngine(
	stage: Stage,
): Promise<(spec: Case, items: number, before?: () => void) => Promise<Run>> {
	const { load, packageFolder, baseUrl } = stage;
	const n8n = await startN8n(stage);
	const { ExecutionLifecycleHooks, WorkflowExecute } = load('n8n-core') as typeof import('n8n-core');
	const { Workflow } = load('n8n-workflow') as typeof import('n8n-workflow');
	const { HttpRequest } = load('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
	const { OneTalk } = load(`${packageFolder}/dist/nodes/OneTalk/OneTalk.node.js`);
	const httpRequest = new HttpRequest();
	const httpVersion = httpRequest.getLatestVersion();

	const types: Record<string, INodeType> = {
		rows: nodeType('rows', ['count'], function () {
			const count = this.getNodeParameter('count', 0) as number;
			return [Array.from({ length: count }, (_, item) => ({ json: row(item), pairedItem: { item } }))];
		}),
		loop: nodeType('loop', ['phone', 'text', 'concurrency'], helperLoop),
		read: nodeType('read', ['phone', 'text'], readOnly),
		oneTalk: new OneTalk(),
		'n8n-nodes-base.httpRequest': httpRequest.nodeVersions[httpVersion],
	};
	const nodeTypes = nodeTypesOf(types);

	return async (spec, items, before = () => {}) => {
		const workflow = new Workflow({
			id: 'bench',
			nodes: [
				node('Rows', 'rows', 1, { count: items }),
				{ ...measuredNode(spec, baseUrl, httpVersion), credentials: CREDENTIALS },
			],
			connections: { Rows: { main: [[{ node: 'Measured', type: MAIN, index: 0 }]] } },
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1', timezone: 'UTC' },
		});
		const hooks = new ExecutionLifecycleHooks('trigger', 'execution', {
			id: 'bench',
			name: 'bench',
			nodes: [],
			connections: {},
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(),
			updatedAt: new Date(),
		});
		let wallMs = 0;

		let cpu: NodeJS.CpuUsage = { user: 0, system: 0 };
		hooks.addHandler('nodeExecuteBefore', (name) => {
			if (name !== 'Measured') return;
			before();
			n8n.credentialReads = 0;
			cpu = process.cpuUsage();
			wallMs = performance.now();
		});
		hooks.addHandler('nodeExecuteAfter', (name) => {
			if (name !== 'Measured') return;
			wallMs = performance.now() - wallMs;
			cpu = process.cpuUsage(cpu);
		});
		const { data } = await new WorkflowExecute(n8n.additionalData(hooks), 'trigger').run({
			workflow,
			startNode: workflow.getNode('Rows') ?? undefined,
		});
		const task = data.resultData.runData.Measured?.at(-1);
		const { credentialReads } = n8n;
		return { data, task, wallMs, cpuMs: (cpu.user + cpu.system) / 1000, credentialReads };
	};
}

/** The node of a case. All of them send the same POST request from the same two expressions. */
function measuredNode(
	{ kind, concurrency, latencyMs, dryRun }: Case,
	baseUrl: string,
	httpVersion: number,
): INode {
	const batching = { batch: { batchSize: concurrency, batchInterval: 0 } };
	switch (kind) {
		case 'oneTalk':
		case 'oneTalkAutomatic':
			return node('Measured', 'oneTalk', 1, {
				resource: 'message',
				operation: 'send',
				channelId: CHANNEL,
				phone: PHONE,
				messageType: 'text',
				text: TEXT,
				withCase: true,
				options: { ...(kind === 'oneTalk' ? { batching } : {}), ...(dryRun ? { dryRun } : {}) },
			});
		case 'httpAtOnce':
		case 'httpPaced':
		case 'httpPredefined': {
			batching.batch.batchInterval = Math.max(1, latencyMs);
			return node('Measured', 'n8n-nodes-base.httpRequest', httpVersion, {
				method: 'POST',
				url: baseUrl + PATH,
				...(kind === 'httpPredefined'
					? { authentication: 'predefinedCredentialType', nodeCredentialType: 'oneTalkApi' }
					: { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' }),
				sendBody: true,
				contentType: 'json',
				specifyBody: 'keypair',
				bodyParameters: {
					parameters: [
						{ name: 'channelID', value: CHANNEL },
						{ name: 'phone', value: PHONE },
						{ name: 'messageType', value: 'text' },
						{ name: 'body', value: TEXT },
						{ name: 'withCase', value: true },
					],
				},
				options: kind === 'httpAtOnce' ? {} : { batching },
			});
		}
		case 'loop':
			return node('Measured', 'loop', 1, { phone: PHONE, text: TEXT, concurrency });
		case 'read':
			return node('Measured', 'read', 1, { phone: PHONE, text: TEXT });
	}
}

/** The least that a node can do: `concurrency` loops that read two parameters, post them, and output the answer. */
async function helperLoop(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { baseUrl } = await this.getCredentials('oneTalkApi');
	const items = this.getInputData();
	const output = new Array<INodeExecutionData>(items.length);
	let next = 0;
	const worker = async () => {
		while (next < items.length) {
			const item = next++;
			const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'oneTalkApi', {
				method: 'POST',
				url: baseUrl + PATH,
				body: {
					channelID: CHANNEL,
					phone: this.getNodeParameter('phone', item),
					messageType: 'text',
					body: this.getNodeParameter('text', item),
					withCase: true,
				},
				json: true,
			});
			output[item] = { json: answer.data as IDataObject, pairedItem: { item } };
		}
	};
	await Promise.all(Array.from({ length: this.getNodeParameter('concurrency', 0) as number }, worker));
	return [output];
}

/** Resolves two expressions per item and nothing else: what n8n itself needs. */
async function readOnly(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const output = this.getInputData().map((_, item) => ({
		json: { phone: this.getNodeParameter('phone', item), text: this.getNodeParameter('text', item) },
		pairedItem: { item },
	}));
	return [output];
}

/** A node type with these parameters. */
function nodeType(
	name: string,
	parameters: string[],
	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> | INodeExecutionData[][],
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: name,
			defaults: { name },
			inputs: name === 'rows' ? [] : [MAIN],
			outputs: [MAIN],
			credentials: name === 'loop' ? [{ name: 'oneTalkApi', required: true }] : [],
			properties: parameters.map((parameter) => ({
				displayName: parameter,
				name: parameter,
				type: parameter === 'count' || parameter === 'concurrency' ? 'number' : 'string',
				default: '',
			})),
		},
		async execute(this: IExecuteFunctions) {
			return await execute.call(this);
		},
	};
}
