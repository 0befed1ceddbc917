/** The folder of the demo: n8n's data and logs, and what the demo stores between starts. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Advice, isAlive } from '../tools/ensure.js';
import { answers } from '../tools/server-process.cts';
import type { Seeded } from './seed.cts';

const STATE = 'state.json';
const CLAIM = 'running.json';
const CONTENTS = ['.n8n', 'n8n.log', 'simulator.log', STATE];

/** A start that takes longer than this (30 minutes, in ms) counts as ended. The first start installs n8n. */
const LONGEST_START_MS = 1_800_000;

/** What the demo stores between starts. */
export interface State {
	/** made at random; n8n's data in this folder can be read only with them */
	secrets: { encryptionKey: string; jwtSecret: string };
	/** of the n8n owner */
	password: string;
	seeded: Seeded;
}

/** Which process uses the folder. */
interface Claim {
	pid: number;
	/** Unix ms */
	since: number;
	/** of n8n, once it runs */
	url?: string;
}

/**
 * Takes the folder for this process. Two demos cannot share one, since n8n's database is in it.
 * @throws {Advice} when another demo uses it
 */
export async function claim(folder: string): Promise<void> {
	const file = path.join(folder, CLAIM);
	if (fs.existsSync(file)) {
		const { pid, since, url } = JSON.parse(fs.readFileSync(file, 'utf8')) as Claim;
		// the process ID alone may belong to another program by now
		const isStarting = Date.now() - since < LONGEST_START_MS;
		if (isAlive(pid) && (isStarting || (url && (await answers(`${url}/healthz`))))) {
			throw new Advice(
				`The demo is running already${url ? `: ${url}` : ''} (process ${pid}).\n` +
					'Stop it with Ctrl-C where it runs before you start it again.',
			);
		}
	}
	fs.mkdirSync(folder, { recursive: true });
	noteUrl(folder);
}

/**
 * Notes that this process uses the folder.
 * @param url of n8n, once it runs
 */
export function noteUrl(folder: string, url?: string): void {
	const noted: Claim = { pid: process.pid, since: Date.now(), url };
	fs.writeFileSync(path.join(folder, CLAIM), JSON.stringify(noted) + '\n');
}

/** Lets other processes use the folder. */
export function release(folder: string): void {
	fs.rmSync(path.join(folder, CLAIM), { force: true });
}

/** Deletes what the demo has stored, and nothing else. */
export function reset(folder: string): void {
	for (const name of CONTENTS) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** Reads the state; makes a new one in a folder that has none yet. */
export function loadState(folder: string): State {
	const file = path.join(folder, STATE);
	if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')) as State;
	const state: State = {
		secrets: { encryptionKey: randomBytes(24).toString('hex'), jwtSecret: randomBytes(24).toString('hex') },
		// n8n requires a capital letter and a digit
		password: `Demo1-${randomBytes(5).toString('hex')}`,
		seeded: {},
	};
	saveState(folder, state);
	return state;
}

export function saveState(folder: string, state: State): void {
	fs.writeFileSync(path.join(folder, STATE), JSON.stringify(state, null, 2) + '\n', { mode: 0o600 });
}
