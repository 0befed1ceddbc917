/* What n8n's queue mode needs beside n8n: Redis and PostgreSQL. They come from the machine. */

import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../tools/ports.cts';
import { until } from './lab.cts';

/** Where Debian and Ubuntu put the programs that are not in the PATH. */
const POSTGRESQL = '/usr/lib/postgresql';

/** @returns {string | undefined} what is missing on this machine, and how to get it */
function missing() {
	const names = ['redis-server', 'initdb', 'postgres', 'pg_isready'].filter((name) => !find(name));
	if (names.length === 0) return undefined;
	return `Queue mode needs Redis and PostgreSQL on this machine, for example from: apt-get install redis-server postgresql. Not found: ${names.join(', ')}`;
}

/**
 * Redis and PostgreSQL on free ports of 127.0.0.1, with nothing in them.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>} `env`: the settings of n8n
 */
async function startQueue() {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-queue-'));
	const redisPort = await freePort(6390);
	const databasePort = await freePort(5490);
	const user = databaseUser();
	if (user.uid !== undefined) fs.chownSync(folder, user.uid, user.gid);
	const data = path.join(folder, 'database');
	execFileSync(program('initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8'], {
		...user,
		cwd: folder,
		stdio: 'ignore',
	});
	const services = [
		start('redis-server', ['--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--dir', folder]),
		start(
			'postgres',
			['-D', data, '-p', databasePort, '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
			user,
		),
	];
	await until('PostgreSQL is ready', () => answers('pg_isready', ['-h', '127.0.0.1', '-p', databasePort]));
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(databasePort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		},
		stop: async () => {
			await Promise.all(services.map(async (stop) => await stop()));
			fs.rmSync(folder, { recursive: true, force: true });
		},
	};
}

/**
 * @param {string} name
 * @param {(string | number)[]} args
 * @param {{ uid?: number, gid?: number }} [user]
 * @returns {() => Promise<void>} ends it, and waits until it is gone
 */
function start(name, args, user = {}) {
	const service = fork(path.join(__dirname, 'service.js'), [
		JSON.stringify({ program: program(name), args: args.map(String), user }),
	]);
	const ended = new Promise((resolve) => service.once('exit', resolve));
	return async () => {
		if (service.connected) service.disconnect();
		await ended;
	};
}

/** PostgreSQL refuses to run as root. */
function databaseUser() {
	if (process.getuid?.() !== 0) return {};
	const id = (/** @type {string} */ what) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/**
 * @param {string} name
 * @param {(string | number)[]} args
 */
function answers(name, args) {
	try {
		execFileSync(program(name), args.map(String), { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** @param {string} name */
function program(name) {
	return find(name) ?? name;
}

/**
 * @param {string} name
 * @returns {string | undefined} its path
 */
function find(name) {
	const versions = fs.existsSync(POSTGRESQL) ? fs.readdirSync(POSTGRESQL).sort() : [];
	const folders = [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions.map((version) => path.join(POSTGRESQL, version, 'bin')),
	];
	return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

export { missing, startQueue };
