/** Starts servers as child processes, waits until they are ready, and stops them. */

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { lastLines } from './commands.cts';

/** A server that runs as a child of this process. */
export interface ServerProcess {
	url: string;
	pid: number;
	/** resolves when it has ended, with the last lines of its log */
	ended: Promise<string>;
	/** stops it and waits until it has ended */
	stop(): Promise<void>;
	/** ends it at once, as a crash does (SIGKILL), and waits until it has ended */
	kill(): Promise<void>;
}

export interface ServerOptions {
	/** for messages */
	name: string;
	/** the Node.js executable that runs it */
	node: string;
	/** arguments for Node.js: the script and its arguments */
	args: string[];
	env: NodeJS.ProcessEnv;
	/** gets everything that the server prints */
	logFile: string;
	url: string;
	/** path of the URL that answers 200 when the server is ready */
	readyPath: string;
	readyWithinMs?: number;
	/** a server that has not stopped within this time is killed */
	stopWithinMs?: number;
}

/** Ctrl-C reaches a whole process group: servers in groups of their own are stopped in order instead. */
const OWN_GROUP = process.platform !== 'win32';

const servers = new Set<ServerProcess>();

/**
 * Starts a server and waits until it answers.
 * @throws {Error} when it ends before it is ready, or is not ready in time; the message has the last lines of its log
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
	const { name, logFile, url, readyPath, readyWithinMs = 120_000, stopWithinMs = 20_000 } = options;
	const child = spawnWithLog(options);
	let isRunning = true;
	const ended = new Promise<string>((resolve) => {
		const finish = () => {
			isRunning = false;
			resolve(lastLines(fs.readFileSync(logFile, 'utf8'), 20));
		};
		child.once('exit', finish);
		child.once('error', finish);
	});
	const killGroup = () =>
		OWN_GROUP && child.pid ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL');
	const server: ServerProcess = {
		url,
		pid: child.pid ?? 0,
		ended,
		stop: async () => {
			if (!isRunning) return;
			child.kill('SIGTERM');
			const killer = setTimeout(killGroup, stopWithinMs);
			await ended;
			clearTimeout(killer);
		},
		kill: async () => {
			if (isRunning) killGroup();
			await ended;
		},
	};
	servers.add(server);
	void ended.then(() => servers.delete(server));

	const deadline = Date.now() + readyWithinMs;
	while (!(await answers(url + readyPath))) {
		if (!isRunning) throw new Error(`${name} did not start. The last lines of its log:\n${await ended}`);
		if (Date.now() > deadline) {
			await server.stop();
			throw new Error(`${name} was not ready in time. The last lines of its log:\n${await ended}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	return server;
}

/** Starts the process. The channel to it (ipc) is closed when this process has ended, which stop-with-parent.js notices. */
function spawnWithLog({ node, args, env, logFile }: ServerOptions): ChildProcess {
	fs.mkdirSync(path.dirname(logFile), { recursive: true });
	const log = fs.openSync(logFile, 'w', 0o600);
	const child = spawn(node, ['--require', path.join(__dirname, 'stop-with-parent.js'), ...args], {
		env,
		stdio: ['ignore', log, log, 'ipc'],
		detached: OWN_GROUP,
	});
	fs.closeSync(log);
	return child;
}

/** Stops every running server, the last started one first, and waits until all have ended. */
export async function stopServers(): Promise<void> {
	for (const server of [...servers].reverse()) await server.stop();
}

/** Whether the URL answers 200 within 2 s. */
export async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
