/** Packs the package as npm would publish it, and runs n8n's community package scanner. */

import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { PROJECT, npm, plainEnvironment } from '../../tools/ensure';
import { TSX_ARGS } from '../../tools/scripts.cts';

/** What the scanner says of a package. */
export interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

/** The package as npm would install it. */
export interface UnpackedPackage {
	folder: string;
	/** Files with their sizes in bytes. */
	files: Array<{ path: string; size: number }>;
	/** In bytes. */
	unpackedSize: number;
	remove(): void;
}

/** What dist/ is built from. */
const SOURCES = ['credentials', 'icons', 'nodes', 'gulpfile.js', 'tsconfig.json'];

/** When a file, a folder or anything in it was last changed, in Unix ms. */
function lastChange(place: string): number {
	const stat = fs.statSync(place);
	const inside = stat.isDirectory() ? fs.readdirSync(place) : [];
	return Math.max(stat.mtimeMs, ...inside.map((name) => lastChange(path.join(place, name))));
}

/** Whether dist/ is newer than everything it is built from. */
function isBuilt(): boolean {
	const dist = path.join(PROJECT, 'dist');
	if (!fs.existsSync(dist)) return false;
	const built = fs.statSync(dist).mtimeMs;
	return SOURCES.every((name) => lastChange(path.join(PROJECT, name)) < built);
}

/**
 * Runs a command in the project's folder.
 * @returns its standard output
 * @throws {Error} with its output when it fails
 */
function run(command: string, args: string[], options?: SpawnSyncOptions): string {
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
 * Packs the package (builds it first where dist/ is out of date) and unpacks it into a folder of its own, beside the
 * n8n-workflow that n8n would provide.
 */
export function unpackPackage(): UnpackedPackage {
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

/** Runs n8n's community package scanner on a folder: the repository (`source`) or the unpacked package (`tarball`). */
export function scan(leg: 'source' | 'tarball', folder: string): ScanResult {
	// With NODE_ENV=test n8n's lint rules treat every file as a node.
	const { NODE_ENV, ...env } = process.env;
	const script = path.join(__dirname, 'scan.cts');
	return JSON.parse(run(process.execPath, [...TSX_ARGS, script, leg, folder], { env })) as ScanResult;
}
