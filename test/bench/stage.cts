/* What a benchmark sets up: the built package beside n8n's modules, and processes that it talks to. */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * Puts the built package beside n8n's modules, so that it takes n8n's own, as it does in n8n.
 * @param {string} folder
 * @param {import('../../tools/n8n-install.cts').N8nProgram} n8n
 */
function layPackage(folder, n8n) {
	fs.cpSync(path.join(PROJECT, 'dist'), path.join(folder, 'dist'), { recursive: true });
	fs.copyFileSync(path.join(PROJECT, 'package.json'), path.join(folder, 'package.json'));
	const modules = path.resolve(path.dirname(n8n.cli), '..', '..');
	fs.symlinkSync(modules, path.join(folder, 'node_modules'), 'junction');
}

/**
 * @param {ChildProcess} child
 * @param {() => string} errors what it has printed
 * @returns {Promise<any>} its next message
 * @throws {Error} when it failed or ended
 */
async function reply(child, errors) {
	const ended = new Promise((_, reject) =>
		child.once('exit', (code) => reject(new Error(`ended with ${code}\n${errors()}`))),
	);
	ended.catch(() => {});
	const answer = await Promise.race([message(child), ended]);
	if (answer.failed) throw new Error(answer.failed);
	return answer;
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<any>}
 */
async function message(child) {
	return await new Promise((resolve) => child.once('message', resolve));
}

/** Nothing leaves this machine. */
function withoutProxies() {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^(https?|all|no)_proxy$/i.test(name)),
	);
}

/** @param {import('../../tools/n8n-install.cts').N8nProgram} n8n */
function machine(n8n) {
	const node = execFileSync(n8n.node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	return `${os.availableParallelism()} cores, ${os.type()} ${os.arch()}, Node ${node}, n8n ${n8n.version}`;
}

export { layPackage, machine, message, reply, withoutProxies };
