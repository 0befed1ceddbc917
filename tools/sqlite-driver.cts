/**
 * SQLite's driver, the one part of n8n that is not complete after unpacking: its prebuilt binary is downloaded from the
 * releases of its own project; where these cannot be reached, it is compiled.
 */

import fs from 'node:fs';
import path from 'node:path';
import { lastLines, run, withElapsedTime } from './commands.cts';
import { Advice } from './ensure.js';

/** What the compilation needs, with the commands that show that it is installed. */
const COMPILERS = { 'Python 3': ['python3'], make: ['make'], 'a C++ compiler': ['c++', 'g++', 'clang++'] };

/**
 * Makes the driver work for an n8n that was just unpacked.
 * @param folder where n8n's node_modules is
 * @param node the Node.js executable that will run n8n
 * @throws {Advice} when the driver can be neither downloaded nor compiled
 */
export async function prepareSqliteDriver(folder: string, node: string): Promise<void> {
	const modules = path.join(folder, 'node_modules');
	const inDriver = async (script: string, ...args: string[]) =>
		await run(node, [script, ...args], path.join(modules, 'sqlite3'));
	const check = async () =>
		await run(node, ['-e', "require('sqlite3'); new (require('isolated-vm').Isolate)().dispose()"], folder);

	try {
		await withElapsedTime("SQLite's driver, prebuilt", async () => {
			await inDriver(path.join(modules, 'prebuild-install', 'bin.js'), '-r', 'napi');
			await check();
		});
		return;
	} catch {
		// compiled below
	}

	// the node-gyp of n8n is too old for Python 3.12 and later; npm has a current one and names it to its scripts
	const nodeGyp = process.env.npm_config_node_gyp ?? path.join(modules, 'node-gyp', 'bin', 'node-gyp.js');
	const headers = path.join(path.dirname(node), '..');
	const hasHeaders = fs.existsSync(path.join(headers, 'include', 'node', 'node_api.h'));
	const args = ['rebuild', '-j', 'max', ...(hasHeaders ? [`--nodedir=${headers}`] : [])];
	try {
		await withElapsedTime("SQLite's driver, compiled here", async () => await inDriver(nodeGyp, ...args));
	} catch (error) {
		throw new Advice(`${lastLines((error as Error).message, 15)}\n\n${await explainFailure()}`);
	}
	await check();
}

async function explainFailure(): Promise<string> {
	const missing = [];
	for (const [name, commands] of Object.entries(COMPILERS)) {
		const versions = await Promise.allSettled(commands.map((command) => run(command, ['--version'], '.')));
		if (versions.every(({ status }) => status === 'rejected')) missing.push(name);
	}
	if (missing.length === 0) return "SQLite's driver for n8n could not be compiled. The lines above say why.";
	return [
		`n8n's SQLite driver has to be compiled on this machine. Missing for that: ${missing.join(', ')}.`,
		'  Debian, Ubuntu:  sudo apt-get install python3 make g++',
		'  Fedora:          sudo dnf install python3 make gcc-c++',
		'  macOS:           xcode-select --install',
		"  Windows:         Python 3 and Visual Studio's C++ Build Tools",
		'Install it, then start again.',
	].join('\n');
}
