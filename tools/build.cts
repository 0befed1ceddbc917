/** Builds the package into dist/ when it is missing or older than its sources. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Advice, PROJECT, alone } from './ensure.js';

/** Folders that the package is built from. */
const SOURCES = ['nodes', 'credentials', 'icons'];

/**
 * Builds the package unless everything in dist/ is as new as its source.
 * @throws {Advice} when the build fails
 */
export function ensureBuilt(): void {
	alone('build', () => {
		if (isBuilt()) return;
		console.log('Building the package …');
		const gulp = path.join(PROJECT, 'node_modules', 'gulp', 'bin', 'gulp.js');
		const build = spawnSync(process.execPath, [gulp, 'build'], { cwd: PROJECT, encoding: 'utf8' });
		if (build.status === 0) return;
		// files are written in spite of type errors, and the next start must not take them for a build
		fs.rmSync(path.join(PROJECT, 'dist'), { recursive: true, force: true });
		throw new Advice(`${build.stdout}${build.stderr}\nThe build failed. To run it alone: npm run build`);
	});
}

/** The file that holds all compiled code. */
const BUNDLE = 'dist/onetalk.js';

function isBuilt(): boolean {
	const configs = ['gulpfile.js', 'tsconfig.json', 'package.json'];
	const isCode = (source: string) => source.endsWith('.ts');
	return [...configs, ...SOURCES.flatMap(filesIn)].every((source) => {
		const built = isCode(source) || configs.includes(source) ? BUNDLE : path.join('dist', source);
		return changedAt(built) >= changedAt(source);
	});
}

/** The files of a folder of this project, those of inner folders too, as paths in this project. */
function filesIn(folder: string): string[] {
	return fs.readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const inside = path.join(folder, entry.name);
		return entry.isDirectory() ? filesIn(inside) : [inside];
	});
}

/** When a file of this project was last changed, in whole Unix ms as gulp sets it on copies; 0 when it does not exist. */
function changedAt(file: string): number {
	return Math.trunc(fs.statSync(path.join(PROJECT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
