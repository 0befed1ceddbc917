/* `npm start`: a real n8n with this package, and a simulated OneTalk, on this computer. */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { Advice, PROJECT, ensureBuilt, ensureInstalled, plainEnvironment } from '../tools/ensure';
import { claim, loadState, noteUrl, release, reset, saveState } from './folder.cts';
import { installPackage, startN8n } from '../tools/n8n.cts';
import { N8nApi } from '../tools/n8n-api.cts';
import { ensureN8n } from '../tools/n8n-install.cts';
import { freePort } from '../tools/ports.cts';
import { seed } from './seed.cts';
import { startServer, stopServers } from '../tools/server-process.cts';

const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner' };

const HELP = `npm start -- [options]

Starts a real n8n with the OneTalk nodes and a simulated OneTalk on this computer (127.0.0.1 only).
Nothing is sent to a real phone. Ctrl-C stops everything.

  --n8n-port <port>        port of n8n's editor (5678); the next free one if it is taken
  --simulator-port <port>  port of the OneTalk simulator and its page (4010); likewise
  --folder <path>          where the demo keeps its n8n and its logs (.demo in this project)
  --reset                  begin afresh: deletes what the demo keeps there, workflows included
  --help                   this text

The first start installs n8n once (2.5 to 6 minutes, 3.5 GB) into the cache folder
~/.cache/n8n-nodes-onetalk, or below N8N_ONETALK_CACHE or XDG_CACHE_HOME if that is set.
`;

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				help: { type: 'boolean', default: false },
				reset: { type: 'boolean', default: false },
				folder: { type: 'string', default: path.join(PROJECT, '.demo') },
				'n8n-port': { type: 'string', default: '5678' },
				'simulator-port': { type: 'string', default: '4010' },
			},
		});
		return {
			...values,
			folder: path.resolve(values.folder),
			n8nPort: portOf('--n8n-port', values['n8n-port']),
			simulatorPort: portOf('--simulator-port', values['simulator-port']),
		};
	} catch (error) {
		throw new Advice(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
	}
}

/**
 * @param {string} option
 * @param {string} text
 */
function portOf(option, text) {
	const port = Number(text);
	if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
	throw new Advice(`${option} takes a port number from 1 to 65535, not “${text}”.`);
}

/**
 * @param {string} name
 * @param {number} wanted
 * @param {number[]} [taken]
 */
async function choosePort(name, wanted, taken) {
	const port = await freePort(wanted, taken);
	if (port !== wanted) console.log(`Port ${wanted} is taken, so ${name} uses ${port}.`);
	return port;
}

let stopping = false;

/**
 * Stops what was started, and ends this process.
 * @param {number} exitCode
 */
async function stop(exitCode) {
	if (stopping) return;
	stopping = true;
	await stopServers();
	process.exit(exitCode);
}

async function main() {
	const { help, reset: afresh, folder, ...ports } = readOptions();
	if (help) return console.log(HELP);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			if (!stopping) console.log('\nStopping …');
			void stop(0);
		});
	}

	await claim(folder);
	process.once('exit', () => release(folder));
	if (afresh) reset(folder);
	const state = loadState(folder);

	ensureInstalled();
	ensureBuilt();
	const program = await ensureN8n();

	const simulatorPort = await choosePort('the simulator', ports.simulatorPort);
	const n8nPort = await choosePort('n8n', ports.n8nPort, [simulatorPort]);
	const simulator = await startServer({
		name: 'The OneTalk simulator',
		node: process.execPath,
		args: [
			path.join(PROJECT, 'simulator'),
			...['--port', String(simulatorPort), '--quiet', '--templates', path.join(__dirname, 'templates.json')],
		],
		env: plainEnvironment(),
		logFile: path.join(folder, 'simulator.log'),
		url: `http://127.0.0.1:${simulatorPort}`,
		readyPath: '/',
	});

	console.log(`Starting n8n ${program.version} …`);
	installPackage(folder);
	const n8n = await startN8n({
		program,
		userFolder: folder,
		port: n8nPort,
		logFile: path.join(folder, 'n8n.log'),
		secrets: state.secrets,
	});
	noteUrl(folder, n8n.url);
	void n8n.ended.then((log) => reportEnd('n8n', log));
	void simulator.ended.then((log) => reportEnd('The simulator', log));

	await fill(n8n.url, simulator.url, state, () => saveState(folder, state));
	console.log(`
The demo is ready.

  n8n                 ${n8n.url}
  sign in with        ${OWNER.email}
  password            ${state.password}
  OneTalk simulator   ${simulator.url}   (the customers' phones)

Try this first:
  1. Open n8n, sign in, open the workflow “Send a message” and press “Execute workflow”.
  2. Look at the simulator's page: the message stands on the phone.
  3. On that page, under “A customer writes”, press “Create case”: the workflow
     “New case → reply” answers within 5 seconds.
  4. Press “Close” on that case: the workflow starts again (see its tab “Executions”).

What you change in n8n is kept. Ctrl-C stops the demo.`);
}

/**
 * @param {string} n8nUrl
 * @param {string} simulatorUrl
 * @param {import('./folder.cts').State} state
 * @param {() => void} save
 */
async function fill(n8nUrl, simulatorUrl, { password, seeded }, save) {
	const api = new N8nApi(n8nUrl);
	try {
		await api.signIn({ ...OWNER, password });
	} catch (error) {
		if (/** @type {{ status?: number }} */ (error).status !== 401) throw error;
		console.log('The password of this n8n was changed, so the demo leaves everything in it as it is.');
		return;
	}
	const simulator = { baseUrl: `${simulatorUrl}/api/integration/v1`, apiKey: 'simulator-key' };
	await seed({ api, seeded, save, simulator });
}

/**
 * @param {string} name
 * @param {string} log its last lines
 */
function reportEnd(name, log) {
	if (stopping) return;
	console.error(`\n${name} has stopped by itself. The last lines of its log:\n${log}`);
	void stop(1);
}

main().catch((error) => {
	if (stopping) return;
	console.error(error instanceof Advice ? error.message : error);
	void stop(1);
});
