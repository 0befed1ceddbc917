'use strict';

/* `npm start`: a real n8n with this package, and a simulated OneTalk, on this computer. */

const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { Advice, PROJECT, ensureBuilt, ensureInstalled, isAlive, plainEnvironment } = require('./ensure');
const { installPackage, startN8n } = require('./n8n');
const { N8nApi } = require('./n8n-api');
const { ensureN8n } = require('./n8n-install');
const { freePort } = require('./ports');
const { seed } = require('./seed');
const { answers, startServer, stopServers } = require('./server-process');

const FOLDER = path.join(PROJECT, '.demo');
const STATE_FILE = path.join(FOLDER, 'state.json');
const RUNNING_FILE = path.join(FOLDER, 'running.json');
/** The first start installs n8n. */
const LONGEST_START_MS = 600_000;
const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner' };

const HELP = `npm start -- [options]

Starts a real n8n with the OneTalk nodes and a simulated OneTalk on this computer (127.0.0.1 only).
Nothing is sent to a real phone. Ctrl-C stops everything.

  --n8n-port <port>        port of n8n's editor (5678); the next free one if it is taken
  --simulator-port <port>  port of the OneTalk simulator and its page (4010); likewise
  --reset                  begin afresh: deletes this demo's n8n with its workflows (.demo/)
  --help                   this text

The first start installs n8n once (2.5 to 6 minutes, 3.5 GB) into the cache folder
~/.cache/n8n-nodes-onetalk, or below N8N_ONETALK_CACHE or XDG_CACHE_HOME if that is set.
`;

/** @returns {{ help: boolean, reset: boolean, n8nPort: number, simulatorPort: number }} */
function readOptions() {
	let values;
	try {
		({ values } = parseArgs({
			options: {
				help: { type: 'boolean', default: false },
				reset: { type: 'boolean', default: false },
				'n8n-port': { type: 'string', default: '5678' },
				'simulator-port': { type: 'string', default: '4010' },
			},
		}));
	} catch (error) {
		throw new Advice(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
	}
	const port = (/** @type {'n8n-port' | 'simulator-port'} */ name) => {
		const number = Number(values[name]);
		if (!Number.isInteger(number) || number < 1 || number > 65_535) {
			throw new Advice(`--${name} takes a port number from 1 to 65535, not “${values[name]}”.`);
		}
		return number;
	};
	return {
		help: Boolean(values.help),
		reset: Boolean(values.reset),
		n8nPort: port('n8n-port'),
		simulatorPort: port('simulator-port'),
	};
}

/**
 * What the demo remembers between starts.
 * @typedef {object} State
 * @property {{ encryptionKey: string, jwtSecret: string }} secrets made at random, they belong to this folder
 * @property {string} password of the n8n owner
 * @property {import('./seed').Seeded} seeded
 */

/** @returns {State} */
function loadState() {
	if (fs.existsSync(STATE_FILE)) return JSON.parse(fs.readFileSync(STATE_FILE, 'utf8'));
	return {
		secrets: { encryptionKey: randomBytes(24).toString('hex'), jwtSecret: randomBytes(24).toString('hex') },
		// n8n wants a capital letter and a digit
		password: `Demo1-${randomBytes(5).toString('hex')}`,
		seeded: {},
	};
}

/** @param {State} state */
function saveState(state) {
	fs.writeFileSync(STATE_FILE, JSON.stringify(state, null, 2) + '\n', { mode: 0o600 });
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
	if (claimed) fs.rmSync(RUNNING_FILE, { force: true });
	process.exit(exitCode);
}

let claimed = false;

/**
 * Two demos cannot share a folder: n8n's database is there.
 * @throws {Advice} when another one runs
 */
async function claimFolder() {
	if (fs.existsSync(RUNNING_FILE)) {
		const { pid, since, url } = JSON.parse(fs.readFileSync(RUNNING_FILE, 'utf8'));
		// a process id alone may belong to something else by now
		const starting = Date.now() - since < LONGEST_START_MS;
		if (isAlive(pid) && (starting || (url && (await answers(`${url}/healthz`))))) {
			throw new Advice(
				`The demo is running already${url ? `: ${url}` : ''} (process ${pid}).\nStop it with Ctrl-C where it runs before you start it again.`,
			);
		}
	}
	claimed = true;
	writeClaim();
}

/** @param {string} [url] of n8n, once it's known */
function writeClaim(url) {
	fs.mkdirSync(FOLDER, { recursive: true });
	fs.writeFileSync(RUNNING_FILE, JSON.stringify({ pid: process.pid, since: Date.now(), url }) + '\n');
}

async function main() {
	const options = readOptions();
	if (options.help) return console.log(HELP);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			if (!stopping) console.log('\nStopping …');
			void stop(0);
		});
	}

	await claimFolder();
	if (options.reset) {
		for (const name of fs.readdirSync(FOLDER)) {
			if (name !== path.basename(RUNNING_FILE))
				fs.rmSync(path.join(FOLDER, name), { recursive: true, force: true });
		}
	}
	const state = loadState();
	saveState(state);

	ensureInstalled();
	console.log('Building the package …');
	ensureBuilt();
	const program = await ensureN8n();

	const simulatorPort = await choosePort('the simulator', options.simulatorPort);
	const n8nPort = await choosePort('n8n', options.n8nPort, [simulatorPort]);
	const simulator = await startServer({
		name: 'The OneTalk simulator',
		node: process.execPath,
		args: [path.join(PROJECT, 'simulator'), '--port', String(simulatorPort), '--quiet'],
		env: plainEnvironment(),
		logFile: path.join(FOLDER, 'simulator.log'),
		url: `http://127.0.0.1:${simulatorPort}`,
		readyPath: '/',
	});

	console.log(`Starting n8n ${program.version} …`);
	installPackage(FOLDER);
	const n8n = await startN8n({
		program,
		userFolder: FOLDER,
		port: n8nPort,
		logFile: path.join(FOLDER, 'n8n.log'),
		secrets: state.secrets,
	});
	writeClaim(n8n.url);
	void n8n.ended.then((log) => reportEnd('n8n', log));
	void simulator.ended.then((log) => reportEnd('The simulator', log));

	await fill(n8n.url, simulator.url, state);
	console.log(`
The demo is ready.

  n8n                 ${n8n.url}
  sign in with        ${OWNER.email}
  password            ${state.password}
  OneTalk simulator   ${simulator.url}   (the customers' phones)

Try this first:
  1. Open n8n, sign in, open the workflow “Send a message” and press “Execute workflow”.
  2. Look at the simulator's page: the message stands on the phone.
  3. Open a case there, with a first message: “New case → reply” answers within 5 seconds.
  4. Close the case: the workflow starts again (its tab “Executions” shows it).

What you change in n8n is kept. Ctrl-C stops the demo.`);
}

/**
 * @param {string} n8nUrl
 * @param {string} simulatorUrl
 * @param {State} state
 */
async function fill(n8nUrl, simulatorUrl, state) {
	const api = new N8nApi(n8nUrl);
	try {
		await api.signIn({ ...OWNER, password: state.password });
	} catch (error) {
		if (/** @type {{ status?: number }} */ (error).status !== 401) throw error;
		console.log('The password of this n8n was changed, so the demo leaves everything in it as it is.');
		return;
	}
	await seed({
		api,
		seeded: state.seeded,
		save: () => saveState(state),
		simulator: { baseUrl: `${simulatorUrl}/api/integration/v1`, apiKey: 'simulator-key' },
	});
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
