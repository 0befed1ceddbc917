import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';
import { installPackage, startN8n } from '../../tools/n8n.cts';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { freePort } from '../../tools/ports.cts';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../demo/seed.cts';
import { stopServers } from '../../tools/server-process.cts';
import { startSimulator } from '../../simulator/server.cts';
import { OLDER_N8N, OLDER_SETTINGS, PORT_OFFSET, openApi } from './olderN8n.cts';

const FOLDER = path.join(PROJECT, '.e2e', OLDER_N8N);
const OWNER = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Owner1-for-tests',
};
const SECRETS = { encryptionKey: 'only-for-tests', jwtSecret: 'only-for-tests-as-well' };

/**
 * A fresh n8n with the package in it, its owner signed in, and a simulator.
 * @typedef {Awaited<ReturnType<typeof startLab>>} Lab
 */

/**
 * @param {string} name of its folder below .e2e/
 * @param {{ withCredential?: boolean, env?: NodeJS.ProcessEnv, install?: (userFolder: string) => void }} [options]
 * `env`: more settings for n8n; `install`: puts the package where n8n finds it, instead of n8n's own way
 */
async function startLab(name, { withCredential = true, env = {}, install = installPackage } = {}) {
	const userFolder = path.join(FOLDER, name);
	fs.rmSync(userFolder, { recursive: true, force: true });
	install(userFolder);
	const program = await ensureN8n(OLDER_N8N);
	const simulatorPort = await freePort(4110 + PORT_OFFSET);
	const port = await freePort(5710 + PORT_OFFSET);
	const logFile = path.join(userFolder, 'n8n.log');
	const settings = { GENERIC_TIMEZONE: 'Asia/Jakarta', N8N_LOG_LEVEL: 'debug', ...proxyless, ...OLDER_SETTINGS, ...env };
	const common = { program, userFolder, secrets: SECRETS };
	const start = async () => await startN8n({ ...common, port, logFile, env: settings });
	let workers = 0;
	let simulator = await startSimulator({ port: simulatorPort, quiet: true });
	let n8n = await start();
	const api = openApi(n8n.url);
	await api.signIn(OWNER);
	const account = { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey };
	const addCredential = async (/** @type {Partial<typeof account>} */ changes = {}) =>
		await api.createCredential(CREDENTIAL_TYPE, CREDENTIAL_NAME, { ...account, ...changes });
	if (withCredential) await addCredential();
	let logs = '';
	const keepLog = () => (logs += fs.readFileSync(logFile, 'utf8'));

	return {
		api,
		url: n8n.url,
		owner: OWNER,
		/** what the credential of the workflows holds */
		account,
		addCredential,
		/** for nodes */
		credentials: async () => {
			const [{ id, name }] = await api.call('GET', '/rest/credentials');
			return { [CREDENTIAL_TYPE]: { id, name } };
		},
		get simulator() {
			return simulator;
		},
		/** Everything n8n has logged up to now, over all its starts. */
		get log() {
			return logs + fs.readFileSync(logFile, 'utf8');
		},
		stopSimulator: async () => await simulator.stop(),
		/** Starts the simulator again where it was; it has forgotten everything. */
		startSimulator: async () => {
			simulator = await startSimulator({ port: simulatorPort, quiet: true });
		},
		restartN8n: async () => {
			await n8n.stop();
			keepLog();
			n8n = await start();
		},
		/** Ends n8n as a crash does (SIGKILL). */
		killN8n: async () => {
			await n8n.kill();
			keepLog();
		},
		/** Starts n8n again where it was, after it was killed. */
		startN8n: async () => {
			n8n = await start();
		},
		/** Starts a worker of n8n's queue mode beside n8n. */
		startWorker: async () => {
			const workerLog = path.join(userFolder, `worker-${++workers}.log`);
			const workerPort = await freePort(port + 10);
			const worker = await startN8n({
				...common,
				command: ['worker', '--concurrency=5'],
				port: workerPort,
				logFile: workerLog,
				env: {
					...settings,
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: String(workerPort),
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				},
			});
			return {
				...worker,
				/** @param {string} executionId */
				hasRun: (executionId) =>
					fs.readFileSync(workerLog, 'utf8').includes(`Worker started execution ${executionId} `),
			};
		},
		stop: async () => {
			await stopServers();
			await simulator.stop();
		},
	};
}

/** Nothing in a test may leave this machine. */
const proxyless = {
	HTTP_PROXY: '',
	HTTPS_PROXY: '',
	ALL_PROXY: '',
	http_proxy: '',
	https_proxy: '',
	all_proxy: '',
};

/**
 * A workflow that gives the rows to one OneTalk node: Start → Rows → One item per row → OneTalk.
 * @param {Lab} lab
 * @param {object} options
 * @param {Record<string, unknown>} options.parameters of the OneTalk node
 * @param {Record<string, unknown>[]} [options.rows]
 * @param {Record<string, unknown>} [options.settings] of the OneTalk node, such as onError
 */
async function oneTalkWorkflow(lab, { parameters, rows = [{}], settings = {} }) {
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
	return {
		name: `Test ${randomUUID()}`,
		nodes: steps.map((step, i) => ({ ...step, position: [i * 220, 0] })),
		connections: Object.fromEntries(
			steps
				.slice(1)
				.map((step, i) => [steps[i].name, { main: [[{ node: step.name, type: 'main', index: 0 }]] }]),
		),
	};
}

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {Record<string, unknown>} parameters
 */
function node(name, type, typeVersion, parameters) {
	return { id: randomUUID(), name, type, typeVersion, parameters };
}

/**
 * What the OneTalk node did in an execution.
 * @param {any} execution
 */
function resultOf(execution) {
	const { runData, error } = execution.data.resultData;
	const run = runData.OneTalk?.at(-1);
	const branch = (/** @type {number} */ index) => run?.data?.main?.[index] ?? [];
	return {
		id: execution.id,
		status: execution.status,
		error: /** @type {{ message: string, description: string } | undefined} */ (error ?? run?.error),
		/** @type {any[]} */
		items: branch(0),
		/** @type {any[]} */
		rows: branch(0).map((/** @type {any} */ item) => item.json),
		/** @type {any[]} */
		failedRows: branch(1).map((/** @type {any} */ item) => item.json),
	};
}

/**
 * Runs the OneTalk node over the rows, by hand.
 * @param {Lab} lab
 * @param {Parameters<typeof oneTalkWorkflow>[1]} options
 */
async function runNode(lab, options) {
	const { id } = await lab.api.createWorkflow(await oneTalkWorkflow(lab, options));
	return resultOf(await lab.api.execute(id, 'Start'));
}

/**
 * Waits for something to become true.
 * @param {string} what for the message when it does not
 * @param {() => unknown} condition
 * @param {number} [withinMs]
 */
async function until(what, condition, withinMs = 20_000) {
	const deadline = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > deadline) assert.fail(`Not within ${withinMs / 1000} s: ${what}`);
		await pause(100);
	}
}

/** @param {number} ms */
async function pause(ms) {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

export { FOLDER, node, oneTalkWorkflow, pause, resultOf, runNode, startLab, until };
