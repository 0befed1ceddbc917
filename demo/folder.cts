/** The folder of the demo: n8n's data and logs, and what the demo stores between starts. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Advice, isAlive } from '../tools/ensure.js';
import { answers } from '../tools/server-process.cts';
import { login, type Addresses } from './messages.cts';
import type { Seeded } from './seed.cts';

const STATE = 'state.json';
const CLAIM = 'running.json';
/** Templates that were added on the simulator's page. */
export const TEMPLATES = 'templates.json';
const CONTENTS = ['.n8n', 'n8n.log', 'simulator.log', TEMPLATES, STATE];

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
	/** once it runs */
	addresses?: Addresses;
}

/**
 * Takes the folder for this process. Two demos cannot share one, since n8n's database is in it.
 * @throws {Advice} when another demo uses it
 */
export async function claim(folder: string): Promise<void> {
	const file = path.join(folder, CLAIM);
	if (fs.existsSync(file)) {
		const { pid, since, addresses } = JSON.parse(fs.readFileSync(file, 'utf8')) as Claim;
		// the process ID alone may belong to another program by now
		const isStarting = !addresses && Date.now() - since < LONGEST_START_MS;
		if (isAlive(pid) && (isStarting || (addresses && (await answers(`${addresses.n8n}/healthz`))))) {
			throw new Advice(
				addresses
					? `The demo is running already (process ${pid}):\n\n${login(addresses, loadState(folder).password)}\n\n` +
						'To start it again, stop it first with Ctrl-C where it runs.'
					: `The demo is just being started by another process (${pid}). Wait until it is ready.`,
			);
		}
	}
	fs.mkdirSync(folder, { recursive: true });
	noteAddresses(folder);
}

/**
 * Notes that this process uses the folder.
 * @param addresses once n8n and the simulator run
 */
export function noteAddresses(folder: string, addresses?: Addresses): void {
	const noted: Claim = { pid: process.pid, since: Date.now(), addresses };
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
