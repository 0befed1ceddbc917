/* The package as npm would publish it. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { PROJECT, npm, plainEnvironment } from '../../tools/ensure';

const SOURCES = ['credentials', 'icons', 'nodes', 'gulpfile.js', 'tsconfig.json'];

/**
 * @param {string} place file or folder
 * @returns {number} when it, or anything in it, was changed last, in Unix ms
 */
function lastChange(place) {
	const stat = fs.statSync(place);
	const inside = stat.isDirectory() ? fs.readdirSync(place) : [];
	return Math.max(stat.mtimeMs, ...inside.map((name) => lastChange(path.join(place, name))));
}

/** @returns {boolean} true when dist/ is younger than all that it is made of */
function isBuilt() {
	const dist = path.join(PROJECT, 'dist');
	if (!fs.existsSync(dist)) return false;
	const built = fs.statSync(dist).mtimeMs;
	return SOURCES.every((name) => lastChange(path.join(PROJECT, name)) < built);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {string} what it printed
 * @throws {Error} with its output when it fails
 */
function run(command, args, options) {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		cwd: PROJECT,
		...options,
		encoding: 'utf8',
	});
	if (error) throw error;
	if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
	return stdout;
}

/**
 * Packs the package (builds it first if need be) and unpacks it into a folder of its own, beside the
 * n8n-workflow that n8n would lend it.
 * @returns {{ folder: string, files: { path: string, size: number }[], unpackedSize: number, remove(): void }} sizes in bytes
 */
function unpackPackage() {
	if (!isBuilt()) ensureBuilt();
	const place = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-package-'));
	const { command, args, shell } = npm(['pack', '--json', '--pack-destination', place]);
	const [{ filename, files, unpackedSize }] = JSON.parse(
		run(command, args, { shell, env: plainEnvironment() }),
	);
	run('tar', ['-xzf', filename], { cwd: place });
	fs.symlinkSync(path.join(PROJECT, 'node_modules'), path.join(place, 'node_modules'), 'junction');
	return {
		folder: path.join(place, 'package'),
		files,
		unpackedSize,
		remove: () => fs.rmSync(place, { recursive: true, force: true }),
	};
}

/**
 * @param {'source' | 'tarball'} leg
 * @param {string} folder
 * @returns {{ passed: boolean, message?: string, details?: string }} the verdict of n8n's community package scanner
 */
function scan(leg, folder) {
	// n8n's rules take every file for a node where they are tested, and this would look like it
	const { NODE_ENV, ...env } = process.env;
	return JSON.parse(run(process.execPath, [path.join(__dirname, 'scan.mjs'), leg, folder], { env }));
}

export { scan, unpackPackage };
