/*
 * n8n's engine as a library, from an installed n8n: rows → one node, as in a production execution.
 */

import { CREDENTIALS, node, nodeTypesOf, startN8n } from './n8n.cts';

/**
 * @typedef {import('./cases.cts').Case} Case
 * @typedef {import('./n8n.cts').Stage} Stage
 *
 * @typedef {object} Run
 * @property {any} data the execution's data, as n8n saves it
 * @property {any} task what the measured node did
 * @property {number} wallMs of the measured node alone
 * @property {number} cpuMs of the measured node alone, all threads of this process
 * @property {number} credentialReads
 */

const PATH = '/inbox/send_message_whatsapp';
const CHANNEL = '2101081881';
const PHONE = '={{ $json.phone }}';
const TEXT = '=Hello {{ $json.name }}, your order is ready for pick-up.';

/**
 * @param {number} item
 * @returns {{ phone: string, name: string }} a row with a phone of its own
 */
function row(item) {
	return { phone: `62812${String(10_000_000 + item)}`, name: `Customer ${item}` };
}

/**
 * Prepares the engine as n8n does at its start.
 * @param {Stage} stage
 * @returns {Promise<(spec: Case, items: number, before?: () => void) => Promise<Run>>} runs a case; `before` is called
 * right before the measured node starts
 */
async function createEngine(stage) {
	const { load, packageFolder, baseUrl } = stage;
	const n8n = await startN8n(stage);
	const { ExecutionLifecycleHooks, WorkflowExecute } = load('n8n-core');
	const { Workflow } = load('n8n-workflow');
	const { HttpRequest } = load('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
	const { OneTalk } = load(`${packageFolder}/dist/nodes/OneTalk/OneTalk.node.js`);
	const httpRequest = new HttpRequest();
	const httpVersion = httpRequest.getLatestVersion();

	/** @type {Record<string, any>} */
	const types = {
		rows: nodeType('rows', ['count'], function () {
			const count = this.getNodeParameter('count', 0);
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
			connections: { Rows: { main: [[{ node: 'Measured', type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1', timezone: 'UTC' },
		});
		const hooks = new ExecutionLifecycleHooks('trigger', 'execution', {
			id: 'bench',
			name: 'bench',
			nodes: [],
		});
		let wallMs = 0;
		/** @type {NodeJS.CpuUsage} */
		let cpu = { user: 0, system: 0 };
		hooks.addHandler('nodeExecuteBefore', (/** @type {string} */ name) => {
			if (name !== 'Measured') return;
			before();
			n8n.credentialReads = 0;
			cpu = process.cpuUsage();
			wallMs = performance.now();
		});
		hooks.addHandler('nodeExecuteAfter', (/** @type {string} */ name) => {
			if (name !== 'Measured') return;
			wallMs = performance.now() - wallMs;
			cpu = process.cpuUsage(cpu);
		});
		const { data } = await new WorkflowExecute(n8n.additionalData(hooks), 'trigger').run({
			workflow,
			startNode: workflow.getNode('Rows'),
		});
		const task = data.resultData.runData.Measured?.at(-1);
		const { credentialReads } = n8n;
		return { data, task, wallMs, cpuMs: (cpu.user + cpu.system) / 1000, credentialReads };
	};
}

/**
 * The node of a case: the same POST by each of them, from the same two expressions.
 * @param {Case} spec
 * @param {string} baseUrl
 * @param {number} httpVersion
 */
function measuredNode({ kind, concurrency, latencyMs, dryRun }, baseUrl, httpVersion) {
	const batching = { batch: { batchSize: concurrency, batchInterval: 0 } };
	switch (kind) {
		case 'oneTalk':
			return node('Measured', 'oneTalk', 1, {
				resource: 'message',
				operation: 'send',
				channelId: CHANNEL,
				phone: PHONE,
				messageType: 'text',
				text: TEXT,
				withCase: true,
				options: { batching, ...(dryRun ? { dryRun } : {}) },
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

/**
 * The least that a node can do: so many workers that read two parameters, post, and put the answer out.
 * @this {any}
 */
async function helperLoop() {
	const { baseUrl } = await this.getCredentials('oneTalkApi');
	const items = this.getInputData();
	const output = new Array(items.length);
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
			output[item] = { json: answer.data, pairedItem: { item } };
		}
	};
	await Promise.all(Array.from({ length: this.getNodeParameter('concurrency', 0) }, worker));
	return [output];
}

/**
 * What n8n itself takes to work out two expressions per item.
 * @this {any}
 */
async function readOnly() {
	const output = this.getInputData().map((/** @type {unknown} */ _, /** @type {number} */ item) => ({
		json: { phone: this.getNodeParameter('phone', item), text: this.getNodeParameter('text', item) },
		pairedItem: { item },
	}));
	return [output];
}

/**
 * @param {string} name
 * @param {string[]} parameters
 * @param {(this: any) => unknown} execute
 */
function nodeType(name, parameters, execute) {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: name,
			defaults: { name },
			inputs: name === 'rows' ? [] : ['main'],
			outputs: ['main'],
			credentials: name === 'loop' ? [{ name: 'oneTalkApi', required: true }] : [],
			properties: parameters.map((parameter) => ({
				displayName: parameter,
				name: parameter,
				type: parameter === 'count' || parameter === 'concurrency' ? 'number' : 'string',
				default: '',
			})),
		},
		async execute() {
			return await execute.call(this);
		},
	};
}

export { createEngine, row };
