'use strict';

/*
 * What has to be there before anything of this project can run: its packages and its build.
 * Uses nothing but Node itself, since it runs before the first `npm ci`.
 */

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PROJECT = path.join(__dirname, '..');

/** Folders that the package is built from. */
const SOURCES = ['nodes', 'credentials', 'icons'];

/** An error whose message is all that the reader needs: it's printed without a stack. */
class Advice extends Error {}

/**
 * How to call npm with the Node that runs now.
 * @param {string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
function npm(args) {
	const cli = process.env.npm_execpath ?? '';
	if (/npm-cli\.c?js$/.test(cli)) return { command: process.execPath, args: [cli, ...args], shell: false };
	return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * The environment without what an outer `npm start` adds for itself: npm would otherwise take
 * this project for the one it shall work on, wherever it is called.
 * @returns {NodeJS.ProcessEnv}
 */
function plainEnvironment() {
	const outer =
		/^(npm_(lifecycle|package|command|execpath|node_execpath)|npm_config_(local_|global_)?prefix$|INIT_CWD$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/**
 * Turns the output of a failed npm into a sentence that says what to do.
 * @param {string} output
 * @returns {string}
 */
function explainNpmFailure(output) {
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|UND_ERR/.test(output)) {
		return 'The npm registry cannot be reached. Check the network connection (and the proxy, if there is one), then start again.';
	}
	if (/ENOSPC/.test(output)) return 'The disk is full. Free some space, then start again.';
	if (/EACCES|EPERM/.test(output))
		return 'npm may not write to a folder it needs. Its last lines name the folder.';
	return 'npm failed. Its last lines say why.';
}

/**
 * Runs `work` while no other process that uses the same name does. Waits for the other one if there is one.
 * @template T
 * @param {string} name
 * @param {() => T} work
 * @returns {T}
 */
function alone(name, work) {
	const key = createHash('sha256').update(PROJECT).digest('hex').slice(0, 12);
	const lock = path.join(os.tmpdir(), `n8n-nodes-onetalk-${key}-${name}.lock`);
	for (let waits = 0; !take(lock); waits++) {
		if (waits === 5) console.log(`Waiting for another process that does the same (${name}) …`);
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
	}
	try {
		return work();
	} finally {
		fs.rmSync(lock, { force: true });
	}
}

/**
 * @param {string} lock file that holds the process id of its owner
 * @returns {boolean} true when this process owns it now
 */
function take(lock) {
	try {
		fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
	}
	let owner = '';
	try {
		owner = fs.readFileSync(lock, 'utf8');
		// an empty one is just being written
		if (owner !== '' && !isAlive(Number(owner))) fs.rmSync(lock, { force: true });
	} catch {
		// its owner has just let go of it
	}
	return false;
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/**
 * Is every package of package-lock.json in node_modules, in that version? npm writes the list of
 * what it has installed (node_modules/.package-lock.json) last, so an interrupted install shows.
 * @returns {boolean}
 */
function isInstalled() {
	const packages = (/** @type {string} */ file) => {
		/** @type {Record<string, { version?: string, optional?: boolean, extraneous?: boolean }>} */
		const list = JSON.parse(fs.readFileSync(path.join(PROJECT, file), 'utf8')).packages;
		return list;
	};
	if (!fs.existsSync(path.join(PROJECT, 'node_modules', '.package-lock.json'))) return false;
	const present = packages('node_modules/.package-lock.json');
	return Object.entries(packages('package-lock.json')).every(([folder, { version, optional, extraneous }]) => {
		const isNeeded = folder !== '' && !optional && !extraneous;
		return !isNeeded || present[folder]?.version === version;
	});
}

/**
 * Installs the project's packages (npm ci) unless they are there as package-lock.json lists them.
 * @throws {Advice} when npm is missing or fails
 */
function ensureInstalled() {
	alone('install', () => {
		if (isInstalled()) return;
		console.log('Installing the packages of this project (npm ci), about a minute …');
		const { command, args, shell } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
		const run = spawnSync(command, args, {
			cwd: PROJECT,
			shell,
			env: plainEnvironment(),
			stdio: ['ignore', 'inherit', 'pipe'],
			encoding: 'utf8',
		});
		if (run.error)
			throw new Advice('npm was not found. Install Node.js with npm (https://nodejs.org), then start again.');
		if (run.status !== 0) throw new Advice(`${run.stderr.trim()}\n\n${explainNpmFailure(run.stderr)}`);
	});
}

/**
 * Builds the package into dist/ unless everything there is as new as what it is made of.
 * @throws {Advice} when the build fails
 */
function ensureBuilt() {
	alone('build', () => {
		if (isBuilt()) return;
		console.log('Building the package …');
		const gulp = path.join(PROJECT, 'node_modules', 'gulp', 'bin', 'gulp.js');
		const run = spawnSync(process.execPath, [gulp, 'build'], { cwd: PROJECT, encoding: 'utf8' });
		if (run.status === 0) return;
		// the compiler writes its files in spite of errors, and they must not pass for a build next time
		fs.rmSync(path.join(PROJECT, 'dist'), { recursive: true, force: true });
		throw new Advice(`${run.stdout}${run.stderr}\nThe build failed (npx gulp build).`);
	});
}

/** @returns {boolean} */
function isBuilt() {
	const recipe = Math.max(changedAt('gulpfile.js'), changedAt('tsconfig.json'));
	return SOURCES.flatMap(filesIn).every((source) => {
		const isCompiled = source.endsWith('.ts');
		const built = changedAt(path.join('dist', isCompiled ? source.replace(/\.ts$/, '.js') : source));
		return built >= changedAt(source) && (!isCompiled || built >= recipe);
	});
}

/**
 * @param {string} folder in this project
 * @returns {string[]} its files, those of inner folders too, as paths in this project
 */
function filesIn(folder) {
	return fs.readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const inside = path.join(folder, entry.name);
		return entry.isDirectory() ? filesIn(inside) : [inside];
	});
}

/**
 * @param {string} file in this project
 * @returns {number} Unix ms; 0 when it is not there
 */
function changedAt(file) {
	return fs.statSync(path.join(PROJECT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

module.exports = {
	Advice,
	PROJECT,
	ensureBuilt,
	ensureInstalled,
	explainNpmFailure,
	isAlive,
	npm,
	plainEnvironment,
};
