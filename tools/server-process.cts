import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { lastLines } from './n8n-install.cts';

/**
 * A server that runs as a child of this process.
 * @typedef {object} ServerProcess
 * @property {string} url
 * @property {Promise<string>} ended resolves when it has ended, with the last lines of its log
 * @property {() => Promise<void>} stop ends it and waits until it is gone
 * @property {() => Promise<void>} kill ends it without a word (SIGKILL), as a crash does, and waits until it is gone
 */

/** @type {Set<ServerProcess>} */
const servers = new Set();

/**
 * Starts a server and waits until it answers.
 * @param {object} options
 * @param {string} options.name for messages
 * @param {string} options.node the Node that runs it
 * @param {string[]} options.args script and arguments
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.logFile gets everything it prints
 * @param {string} options.url
 * @param {string} options.readyPath answers 200 when it is ready
 * @param {number} [options.readyWithinMs]
 * @param {number} [options.stopWithinMs] after this it is killed
 * @returns {Promise<ServerProcess>}
 * @throws {Error} when it ends before it is ready, or is not ready in time; the message holds its last lines
 */
async function startServer({
	name,
	node,
	args,
	env,
	logFile,
	url,
	readyPath,
	readyWithinMs = 120_000,
	stopWithinMs = 20_000,
}) {
	fs.mkdirSync(path.dirname(logFile), { recursive: true });
	const log = fs.openSync(logFile, 'w', 0o600);
	// a group of its own, so that Ctrl-C reaches the demo alone, which then stops everything in order
	const ownGroup = process.platform !== 'win32';
	const child = spawn(node, ['--require', path.join(__dirname, 'stop-with-parent.js'), ...args], {
		env,
		stdio: ['ignore', log, log, 'ipc'],
		detached: ownGroup,
	});
	fs.closeSync(log);
	let running = true;
	/** @type {Promise<string>} */
	const ended = new Promise((resolve) => {
		const finish = () => {
			running = false;
			resolve(lastLines(fs.readFileSync(logFile, 'utf8'), 20));
		};
		child.once('exit', finish);
		child.once('error', finish);
	});
	const pid = child.pid ?? 0;
	const killAll = () => (ownGroup ? process.kill(-pid, 'SIGKILL') : child.kill('SIGKILL'));
	const server = {
		url,
		ended,
		stop: async () => {
			if (!running) return;
			child.kill('SIGTERM');
			const killer = setTimeout(killAll, stopWithinMs);
			await ended;
			clearTimeout(killer);
		},
		kill: async () => {
			if (running) killAll();
			await ended;
		},
	};
	servers.add(server);
	void ended.then(() => servers.delete(server));

	const deadline = Date.now() + readyWithinMs;
	while (!(await answers(url + readyPath))) {
		if (!running) throw new Error(`${name} did not start. The last lines of its log:\n${await ended}`);
		if (Date.now() > deadline) {
			await server.stop();
			throw new Error(`${name} was not ready in time. The last lines of its log:\n${await ended}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	return server;
}

/** Stops every server that runs, the one that was started last first, and waits until they are gone. */
async function stopServers() {
	for (const server of [...servers].reverse()) await server.stop();
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether it answers 200
 */
async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}

export { answers, startServer, stopServers };
