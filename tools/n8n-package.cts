/** Installs the built package into an n8n's user folder. */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PROJECT, npm, plainEnvironment } from './ensure.js';

/** What is read and written of a package.json. */
interface Manifest {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	devDependencies?: object;
	peerDependencies?: object;
	optionalDependencies?: object;
}

/**
 * Installs the package as n8n's own installer does: packed, unpacked, and without the dependencies that only development
 * needs. n8n loads it at its next start.
 * @param userFolder n8n keeps its `.n8n` folder there
 */
export function installPackage(userFolder: string): void {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	fs.mkdirSync(nodes, { recursive: true });
	const { name } = readManifest(path.join(PROJECT, 'package.json'));
	const folder = path.join(nodes, 'node_modules', name);
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	const tarball = pack(nodes);
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	fs.rmSync(tarball);

	const manifest = readManifest(path.join(folder, 'package.json'));
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	write(path.join(folder, 'package.json'), manifest);
	const list = path.join(nodes, 'package.json');
	const installed: Partial<Manifest> = fs.existsSync(list) ? readManifest(list) : { name: 'installed-nodes' };
	const dependencies = { ...installed.dependencies, [name]: manifest.version };
	write(list, { ...installed, private: true, dependencies });
}

/** Packs the project with `npm pack`; returns the path of the tarball. */
function pack(folder: string): string {
	const { command, args, shell } = npm([
		'pack',
		'--silent',
		'--ignore-scripts',
		'--pack-destination',
		folder,
	]);
	const output = execFileSync(command, args, {
		cwd: PROJECT,
		shell,
		env: plainEnvironment(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return path.join(folder, output.trim().split('\n').slice(-1)[0]);
}

function readManifest(file: string): Manifest {
	return JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;
}

function write(file: string, value: object): void {
	fs.writeFileSync(file, JSON.stringify(value, null, 2) + '\n');
}
