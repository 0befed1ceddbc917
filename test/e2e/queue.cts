/** What n8n's queue mode needs besides n8n: Redis and PostgreSQL, which have to be installed on the machine. */

import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../tools/ports.cts';
import { TSX_ARGS } from '../../tools/scripts.cts';
import type { Service } from './service.cts';
import { until } from './wait.cts';

/** Where Debian and Ubuntu install the programs that are not in the PATH. */
const POSTGRESQL = '/usr/lib/postgresql';

/** Running Redis and PostgreSQL. */
export interface Queue {
	/** the settings that make n8n use them */
	env: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

/** What is missing on this machine, and how to install it; undefined when nothing is missing. */
export function missing(): string | undefined {
	const names = ['redis-server', 'initdb', 'postgres', 'pg_isready'].filter((name) => !find(name));
	if (names.length === 0) return undefined;
	return `Queue mode needs Redis and PostgreSQL on this machine, for example from: apt-get install redis-server postgresql. Not found: ${names.join(', ')}`;
}

/** Starts an empty Redis and an empty PostgreSQL on free ports of 127.0.0.1. */
export async function startQueue(): Promise<Queue> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-queue-'));
	const redisPort = String(await freePort(6390));
	const databasePort = String(await freePort(5490));
	const user = databaseUser();
	if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(folder, user.uid, user.gid);
	const data = path.join(folder, 'database');
	execFileSync(pathOf('initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8'], {
		...user,
		cwd: folder,
		stdio: 'ignore',
	});
	const services = [
		start({
			program: pathOf('redis-server'),
			args: ['--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--dir', folder],
			user: {},
		}),
		start({
			program: pathOf('postgres'),
			args: ['-D', data, '-p', databasePort, '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
			user,
		}),
	];
	await until('PostgreSQL is ready', () => succeeds('pg_isready', ['-h', '127.0.0.1', '-p', databasePort]));
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: redisPort,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: databasePort,
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

/** Starts a service; the returned function stops it and waits until it has ended. */
function start(service: Service): () => Promise<void> {
	const child = fork(path.join(__dirname, 'service.cts'), [JSON.stringify(service)], { execArgv: TSX_ARGS });
	const ended = new Promise((resolve) => child.once('exit', resolve));
	return async () => {
		if (child.connected) child.disconnect();
		await ended;
	};
}

/** PostgreSQL refuses to run as root, so root runs it as the user `postgres`. */
function databaseUser(): Service['user'] {
	if (process.getuid?.() !== 0) return {};
	const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** Runs a program to its end; tells whether it succeeded. */
function succeeds(name: string, args: string[]): boolean {
	try {
		execFileSync(pathOf(name), args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function pathOf(name: string): string {
	return find(name) ?? name;
}

/** The path of a program on this machine. */
function find(name: string): string | undefined {
	const versions = fs.existsSync(POSTGRESQL) ? fs.readdirSync(POSTGRESQL).sort() : [];
	const folders = [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions.map((version) => path.join(POSTGRESQL, version, 'bin')),
	];
	return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}
