// @ts-check
'use strict';

/**
 * Installs the packages of this project (`npm ci`) where they are missing.
 * Plain JavaScript that uses nothing but Node.js itself, since it runs before the first `npm ci`.
 */

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** The root folder of this project. */
const PROJECT = path.join(__dirname, '..');

/** An error whose message says what the user has to do. Scripts print it without a stack. */
class Advice extends Error {}

/**
 * Installs the project's packages unless they are there as package-lock.json lists them.
 * @throws {Advice} when npm is missing or fails
 */
function ensureInstalled() {
	alone('install', () => {
		if (isInstalled()) return;
		console.log('Installing the packages of this project (npm ci), about a minute …');
		const { command, args, shell } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
		const { error, status } = spawnSync(command, args, {
			cwd: PROJECT,
			shell,
			env: plainEnvironment(),
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		if (error) {
			throw new Advice('npm was not found. Install Node.js with npm (https://nodejs.org), then start again.');
		}
		if (status !== 0) {
			throw new Advice(
				'npm ci failed, see its output above. Check the network connection, then start again.',
			);
		}
	});
}

/**
 * npm writes the list of what it has installed last, so an interrupted install is noticed.
 * @returns {boolean} whether node_modules has every package of package-lock.json in the same version
 */
function isInstalled() {
	const installed = packagesOf('node_modules/.package-lock.json');
	return Object.entries(packagesOf('package-lock.json')).every(
		([folder, { version, optional, extraneous }]) =>
			folder === '' || optional || extraneous || installed[folder]?.version === version,
	);
}

/**
 * @param {string} lockFile in this project
 * @returns {Record<string, { version?: string, optional?: boolean, extraneous?: boolean }>} none where there is no such file
 */
function packagesOf(lockFile) {
	const file = path.join(PROJECT, lockFile);
	return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : {};
}

/**
 * How to call npm with the Node.js that runs this process.
 * @param {string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
function npm(args) {
	const cli = process.env.npm_execpath ?? '';
	if (/npm-cli\.c?js$/.test(cli)) return { command: process.execPath, args: [cli, ...args], shell: false };
	return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * The environment without the variables that an outer `npm start` sets: they would make an inner npm work on this
 * project, whatever its working directory is.
 * @returns {NodeJS.ProcessEnv}
 */
function plainEnvironment() {
	const outer =
		/^(npm_(lifecycle|package|command|execpath|node_execpath)|npm_config_(local_|global_)?prefix$|INIT_CWD$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/**
 * Runs `work` while no other process runs work of the same name for this project; waits for the other one if there is one.
 * @param {string} name
 * @param {() => void} work
 */
function alone(name, work) {
	const project = createHash('sha256').update(PROJECT).digest('hex').slice(0, 12);
	const lockFile = path.join(os.tmpdir(), `n8n-nodes-onetalk-${project}-${name}.lock`);
	for (let waits = 0; !takeLock(lockFile); waits++) {
		if (waits === 5) console.log(`Waiting for another process to finish the same step (${name}) …`);
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
	}
	try {
		work();
	} finally {
		fs.rmSync(lockFile, { force: true });
	}
}

/**
 * @param {string} lockFile holds the process ID of its owner
 * @returns {boolean} whether this process is the owner now
 */
function takeLock(lockFile) {
	try {
		fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
	}
	try {
		const owner = fs.readFileSync(lockFile, 'utf8');
		// it is empty while its owner writes it
		if (owner !== '' && !isAlive(Number(owner))) fs.rmSync(lockFile, { force: true });
	} catch {
		// its owner has just deleted it
	}
	return false;
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process with this ID runs
 */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/**
 * @param {unknown} error
 * @returns {unknown} the code of an error of Node.js itself, such as ENOENT
 */
function codeOf(error) {
	// in jest, the errors of Node.js itself are not instances of the test file's Error
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

module.exports = { Advice, PROJECT, alone, ensureInstalled, isAlive, npm, plainEnvironment };
