/* What the demo keeps between starts, in a folder of its own: n8n's data, its log, and what is remembered here. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Advice, isAlive } from '../tools/ensure';
import { answers } from '../tools/server-process.cts';

const STATE = 'state.json';
const CLAIM = 'running.json';
const KEPT = ['.n8n', 'n8n.log', 'simulator.log', STATE];

/** The first start installs n8n, which a busy machine takes its time for. */
const LONGEST_START_MS = 1_800_000;

/**
 * @typedef {object} State
 * @property {{ encryptionKey: string, jwtSecret: string }} secrets made at random, they belong to this folder
 * @property {string} password of the n8n owner
 * @property {import('./seed.cts').Seeded} seeded
 */

/**
 * Takes the folder for this process. Two demos cannot share one: n8n's database is in it.
 * @param {string} folder
 * @throws {Advice} when another demo uses it
 */
async function claim(folder) {
	const file = path.join(folder, CLAIM);
	if (fs.existsSync(file)) {
		const { pid, since, url } = JSON.parse(fs.readFileSync(file, 'utf8'));
		// a process id alone may belong to something else by now
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
 * @param {string} folder
 * @param {string} [url] of n8n, once it runs
 */
function noteUrl(folder, url) {
	fs.writeFileSync(path.join(folder, CLAIM), JSON.stringify({ pid: process.pid, since: Date.now(), url }) + '\n');
}

/** @param {string} folder */
function release(folder) {
	fs.rmSync(path.join(folder, CLAIM), { force: true });
}

/**
 * Deletes what the demo keeps, and nothing else.
 * @param {string} folder
 */
function reset(folder) {
	for (const name of KEPT) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @returns {State} a new one in a folder that has none yet
 */
function loadState(folder) {
	const file = path.join(folder, STATE);
	if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
	const state = {
		secrets: { encryptionKey: randomBytes(24).toString('hex'), jwtSecret: randomBytes(24).toString('hex') },
		// n8n wants a capital letter and a digit
		password: `Demo1-${randomBytes(5).toString('hex')}`,
		seeded: {},
	};
	saveState(folder, state);
	return state;
}

/**
 * @param {string} folder
 * @param {State} state
 */
function saveState(folder, state) {
	fs.writeFileSync(path.join(folder, STATE), JSON.stringify(state, null, 2) + '\n', { mode: 0o600 });
}

export { claim, loadState, noteUrl, release, reset, saveState };
