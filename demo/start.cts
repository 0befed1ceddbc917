/** `npm start`: starts a real n8n with this package, and a simulated OneTalk, on this computer. */

import path from 'node:path';
import { ensureBuilt } from '../tools/build.cts';
import { withElapsedTime } from '../tools/commands.cts';
import { Advice, PROJECT, plainEnvironment } from '../tools/ensure.js';
import { N8nApi, N8nApiError } from '../tools/n8n-api.cts';
import { ensureN8n } from '../tools/n8n-install.cts';
import { installPackage } from '../tools/n8n-package.cts';
import { startN8n } from '../tools/n8n.cts';
import { freePort } from '../tools/ports.cts';
import { TSX_ARGS } from '../tools/scripts.cts';
import { startServer, stopServers, type ServerProcess } from '../tools/server-process.cts';
import {
	TEMPLATES,
	claim,
	loadState,
	noteAddresses,
	release,
	reset,
	saveState,
	type State,
} from './folder.cts';
import { OWNER, welcome, type Addresses } from './messages.cts';
import { startDemoModel } from './model.cts';
import { HELP, readOptions, type Options } from './options.cts';
import { seed } from './seed.cts';
import { connections } from './workflows.cts';

let isStopping = false;

async function main(): Promise<void> {
	const options = readOptions();
	if (options.help) return console.log(HELP);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!isStopping) console.log('\nStopping …');
			void stop(0);
		});
	}

	const { folder } = options;
	await claim(folder);
	process.once('exit', () => release(folder));
	if (options.reset) reset(folder);
	const state = loadState(folder);
	ensureBuilt();
	const { n8n, simulator } = await startBoth(options, state);
	const addresses = { n8n: n8n.url, simulator: simulator.url };
	noteAddresses(folder, addresses);
	void n8n.ended.then((log) => stopAfterEnd('n8n', log));
	void simulator.ended.then((log) => stopAfterEnd('The simulator', log));

	const password = await fillN8n(addresses, state, () => saveState(folder, state));
	console.log(welcome(addresses, password));
}

/** Installs n8n where it is missing, and starts the simulator and n8n. */
async function startBoth(
	{ folder, ...ports }: Options,
	{ secrets }: State,
): Promise<{ n8n: ServerProcess; simulator: ServerProcess }> {
	const program = await ensureN8n();
	const simulatorPort = await choosePort('the simulator', ports.simulatorPort);
	const n8nPort = await choosePort('n8n', ports.n8nPort, [simulatorPort]);
	const { webhookUrl, chatbotUrl } = connections(`http://127.0.0.1:${n8nPort}`);
	const simulator = await startServer({
		name: 'The OneTalk simulator',
		node: process.execPath,
		args: [
			...TSX_ARGS,
			path.join(PROJECT, 'simulator', 'index.cts'),
			...['--port', String(simulatorPort), '--quiet', '--strict', 'true'],
			// customers write on the channel on which “Send a message” reaches them
			...['--customer-channel', 'whatsapp'],
			...['--templates', path.join(__dirname, 'templates.json')],
			...['--keep-templates', path.join(folder, TEMPLATES)],
			...['--webhook-url', webhookUrl, '--chatbot-url', chatbotUrl],
		],
		env: plainEnvironment(),
		logFile: path.join(folder, 'simulator.log'),
		url: `http://127.0.0.1:${simulatorPort}`,
		readyPath: '/',
	});
	installPackage(folder);
	const logFile = path.join(folder, 'n8n.log');
	const n8n = await withElapsedTime(`Starting n8n ${program.version}`, () =>
		startN8n({ program, userFolder: folder, port: n8nPort, logFile, secrets }),
	);
	return { n8n, simulator };
}

/** The wanted port or the next free one, which is printed. */
async function choosePort(name: string, wanted: number, taken?: number[]): Promise<number> {
	const port = await freePort(wanted, taken);
	if (port !== wanted) console.log(`Port ${wanted} is taken, so ${name} uses ${port}.`);
	return port;
}

/**
 * Creates the credentials and the workflows in n8n, unless its owner has changed the password.
 * @returns the password; undefined if it was changed
 */
async function fillN8n(
	{ n8n, simulator }: Addresses,
	{ password, seeded }: State,
	save: () => void,
): Promise<string | undefined> {
	const model = await startDemoModel();
	const api = new N8nApi(n8n);
	try {
		await api.signIn({ ...OWNER, password });
	} catch (error) {
		if (!(error instanceof N8nApiError && error.status === 401)) throw error;
		console.log('The password of this n8n was changed, so the demo leaves everything in it as it is.');
		return undefined;
	}
	await seed({ api, seeded, save, simulatorUrl: simulator, model });
	return password;
}

/** Reports a server that has ended by itself, and stops the demo. */
function stopAfterEnd(name: string, log: string): void {
	if (isStopping) return;
	console.error(`\n${name} has stopped by itself. The last lines of its log:\n${log}`);
	void stop(1);
}

/** Stops the servers, then ends this process. */
async function stop(exitCode: number): Promise<void> {
	if (isStopping) return;
	isStopping = true;
	await stopServers();
	process.exit(exitCode);
}

main().catch((error: unknown) => {
	if (isStopping) return;
	console.error(error instanceof Advice ? error.message : error);
	void stop(1);
});
