/** `npm start`: starts a real n8n with this package, and a simulated OneTalk, on this computer. */

import path from 'node:path';
import { ensureBuilt } from '../tools/build.cts';
import { Advice, PROJECT, plainEnvironment } from '../tools/ensure.js';
import { N8nApi, N8nApiError } from '../tools/n8n-api.cts';
import { ensureN8n } from '../tools/n8n-install.cts';
import { installPackage } from '../tools/n8n-package.cts';
import { startN8n } from '../tools/n8n.cts';
import { freePort } from '../tools/ports.cts';
import { TSX_ARGS } from '../tools/scripts.cts';
import { startServer, stopServers, type ServerProcess } from '../tools/server-process.cts';
import { claim, loadState, noteUrl, release, reset, saveState, type State } from './folder.cts';
import { HELP, readOptions, type Options } from './options.cts';
import { seed } from './seed.cts';

const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner' };
const API_KEY = 'simulator-key';

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
	noteUrl(folder, n8n.url);
	void n8n.ended.then((log) => stopAfterEnd('n8n', log));
	void simulator.ended.then((log) => stopAfterEnd('The simulator', log));

	await fillN8n(n8n.url, simulator.url, state, () => saveState(folder, state));
	console.log(welcome(n8n.url, simulator.url, state.password));
}

/** Installs n8n where it is missing, and starts the simulator and n8n. */
async function startBoth(
	{ folder, ...ports }: Options,
	{ secrets }: State,
): Promise<{ n8n: ServerProcess; simulator: ServerProcess }> {
	const program = await ensureN8n();
	const simulatorPort = await choosePort('the simulator', ports.simulatorPort);
	const n8nPort = await choosePort('n8n', ports.n8nPort, [simulatorPort]);
	const simulator = await startServer({
		name: 'The OneTalk simulator',
		node: process.execPath,
		args: [
			...TSX_ARGS,
			path.join(PROJECT, 'simulator', 'index.cts'),
			...['--port', String(simulatorPort), '--quiet', '--templates', path.join(__dirname, 'templates.json')],
		],
		env: plainEnvironment(),
		logFile: path.join(folder, 'simulator.log'),
		url: `http://127.0.0.1:${simulatorPort}`,
		readyPath: '/',
	});
	console.log(`Starting n8n ${program.version} …`);
	installPackage(folder);
	const logFile = path.join(folder, 'n8n.log');
	const n8n = await startN8n({ program, userFolder: folder, port: n8nPort, logFile, secrets });
	return { n8n, simulator };
}

/** The wanted port or the next free one, which is printed. */
async function choosePort(name: string, wanted: number, taken?: number[]): Promise<number> {
	const port = await freePort(wanted, taken);
	if (port !== wanted) console.log(`Port ${wanted} is taken, so ${name} uses ${port}.`);
	return port;
}

/** Creates the credential and the workflows in n8n, unless its owner has changed the password. */
async function fillN8n(n8nUrl: string, simulatorUrl: string, state: State, save: () => void): Promise<void> {
	const { password, seeded } = state;
	const api = new N8nApi(n8nUrl);
	try {
		await api.signIn({ ...OWNER, password });
	} catch (error) {
		if (!(error instanceof N8nApiError && error.status === 401)) throw error;
		console.log('The password of this n8n was changed, so the demo leaves everything in it as it is.');
		return;
	}
	const simulator = { baseUrl: `${simulatorUrl}/api/integration/v1`, apiKey: API_KEY };
	await seed({ api, seeded, save, simulator });
}

function welcome(n8nUrl: string, simulatorUrl: string, password: string): string {
	return `
The demo is ready.

  n8n                 ${n8nUrl}
  sign in with        ${OWNER.email}
  password            ${password}
  OneTalk simulator   ${simulatorUrl}   (the customers' phones)

Try this first:
  1. Open n8n, sign in, open the workflow “Send a message” and press “Execute workflow”.
  2. Look at the simulator's page: the phone shows the message.
  3. On that page, under “A customer writes”, press “Create case”: the workflow
     “New case → reply” answers within 5 seconds.
  4. Press “Close” on that case: the workflow starts again (see its tab “Executions”).

What you change in n8n is stored. Ctrl-C stops the demo.`;
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
