/** A lab: a fresh n8n with the package in it, its owner signed in, and a simulator. */

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../demo/seed.cts';
import { startSimulator } from '../../simulator/server.cts';
import { PROJECT } from '../../tools/ensure.js';
import type { N8nApi, NodeCredentials, Owner } from '../../tools/n8n-api.cts';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { installPackage } from '../../tools/n8n-package.cts';
import { n8nEnvironment, startN8n, type N8nOptions } from '../../tools/n8n.cts';
import { freePort } from '../../tools/ports.cts';
import { stopServers, type ServerProcess } from '../../tools/server-process.cts';
import { OLDER_N8N, OLDER_SETTINGS, PORT_OFFSET, openApi } from './olderN8n.cts';

/** Everything that the tests store. */
export const FOLDER = path.join(PROJECT, '.e2e', OLDER_N8N);

const OWNER: Owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Owner1-for-tests',
};
const SECRETS = { encryptionKey: 'only-for-tests', jwtSecret: 'only-for-tests-as-well' };

/** No request of a test leaves this machine. */
const NO_PROXY = Object.fromEntries(
	['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [
		name,
		'',
	]),
);

export type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** A way in which the simulator fails. */
export type Fault = Parameters<Simulator['fault']>[0];

/** What the OneTalk API credential stores. */
export interface Account {
	baseUrl: string;
	apiKey: string;
}

/** A worker of n8n's queue mode. */
export interface Worker extends ServerProcess {
	hasRun(executionId: string): boolean;
}

export interface Lab {
	/** signed in */
	api: N8nApi;
	/** of n8n */
	url: string;
	/** process ID of n8n, another one after each start */
	readonly pid: number;
	owner: Owner;
	/** the simulator's, as in the credential of the workflows */
	account: Account;
	addCredential(changes?: Partial<Account>): Promise<{ id: string }>;
	/** the first credential, as nodes refer to it */
	credentials(): Promise<NodeCredentials>;
	readonly simulator: Simulator;
	/** everything that n8n has logged up to now, over all its starts */
	readonly log: string;
	stopSimulator(): Promise<void>;
	/** starts the simulator again on the same port, without its former data */
	startSimulator(): Promise<void>;
	restartN8n(): Promise<void>;
	/** ends n8n at once, as a crash does (SIGKILL) */
	killN8n(): Promise<void>;
	/** starts n8n again on the same port, after it was killed */
	startN8n(): Promise<void>;
	/**
	 * runs a command of n8n to its end, such as `import:workflow`, while n8n runs
	 * @throws {Error} when it fails; the message has what it printed
	 */
	command(...args: string[]): Promise<void>;
	/** starts a worker of n8n's queue mode besides n8n */
	startWorker(): Promise<Worker>;
	/**
	 * starts a webhook processor of n8n's queue mode besides n8n
	 * @param port that of a former one, to have its URL
	 */
	startProcessor(port?: number): Promise<ServerProcess>;
	/** stops n8n, its workers and the simulator */
	stop(): Promise<void>;
}

export interface LabOptions {
	/** whether n8n has a credential from the start (default true) */
	withCredential?: boolean;
	/** more settings for n8n */
	env?: NodeJS.ProcessEnv;
	/** puts the package into n8n's user folder (default: as n8n's own installer does) */
	install?: (userFolder: string) => void;
}

/**
 * Starts a lab.
 * @param name of its folder below .e2e/, which is emptied first
 */
export async function startLab(name: string, options: LabOptions = {}): Promise<Lab> {
	const userFolder = path.join(FOLDER, name);
	fs.rmSync(userFolder, { recursive: true, force: true });
	(options.install ?? installPackage)(userFolder);
	const logFile = path.join(userFolder, 'n8n.log');
	const program = await ensureN8n(OLDER_N8N);
	const simulatorPort = await freePort(4110 + PORT_OFFSET);
	let simulator = await startSimulator({ port: simulatorPort, quiet: true });
	const n8nOptions: N8nOptions = {
		program,
		userFolder,
		secrets: SECRETS,
		port: await freePort(7710 + PORT_OFFSET),
		logFile,
		env: {
			GENERIC_TIMEZONE: 'Asia/Jakarta',
			N8N_LOG_LEVEL: 'debug',
			...NO_PROXY,
			...OLDER_SETTINGS,
			...options.env,
		},
	};
	let n8n = await startN8n(n8nOptions).catch(async (error: unknown) => {
		// an open server would keep the test file from ending
		await simulator.stop();
		throw error;
	});
	const api = openApi(n8n.url);
	await api.signIn(OWNER);
	const account: Account = { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey };
	let workers = 0;
	let processors = 0;
	let formerLogs = '';
	const keepLog = () => {
		formerLogs += fs.readFileSync(logFile, 'utf8');
	};

	const lab: Lab = {
		api,
		url: n8n.url,
		get pid() {
			return n8n.pid;
		},
		owner: OWNER,
		account,
		addCredential: async (changes = {}) =>
			await api.createCredential(CREDENTIAL_TYPE, CREDENTIAL_NAME, { ...account, ...changes }),
		credentials: async () => {
			const [{ id, name }] = await api.call<Array<{ id: string; name: string }>>('GET', '/rest/credentials');
			return { [CREDENTIAL_TYPE]: { id, name } };
		},
		get simulator() {
			return simulator;
		},
		get log() {
			return formerLogs + fs.readFileSync(logFile, 'utf8');
		},
		stopSimulator: async () => {
			await simulator.stop();
		},
		startSimulator: async () => {
			simulator = await startSimulator({ port: simulatorPort, quiet: true });
		},
		restartN8n: async () => {
			await n8n.stop();
			keepLog();
			n8n = await startN8n(n8nOptions);
		},
		killN8n: async () => {
			await n8n.kill();
			keepLog();
		},
		startN8n: async () => {
			n8n = await startN8n(n8nOptions);
		},
		command: async (...args) => {
			const port = await freePort(n8nOptions.port + 20);
			const commandEnv = await n8nEnvironment({ ...n8nOptions, port });
			await promisify(execFile)(program.node, [program.cli, ...args], { env: commandEnv });
		},
		startWorker: async () => await startWorker(n8nOptions, path.join(userFolder, `worker-${++workers}.log`)),
		startProcessor: async (port) =>
			await startN8n({
				...n8nOptions,
				command: ['webhook'],
				port: port ?? (await freePort(n8nOptions.port + 10)),
				logFile: path.join(userFolder, `processor-${++processors}.log`),
			}),
		stop: async () => {
			await stopServers();
			await simulator.stop();
		},
	};
	if (options.withCredential ?? true) await lab.addCredential();
	return lab;
}

/** Starts a worker with the settings of n8n itself. */
async function startWorker(n8n: N8nOptions, logFile: string): Promise<Worker> {
	const port = await freePort(n8n.port + 10);
	const worker = await startN8n({
		...n8n,
		command: ['worker', '--concurrency=5'],
		port,
		logFile,
		env: {
			...n8n.env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
	});
	return {
		...worker,
		hasRun: (executionId) =>
			fs.readFileSync(logFile, 'utf8').includes(`Worker started execution ${executionId} `),
	};
}
