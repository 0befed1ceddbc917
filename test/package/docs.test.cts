/** The documents: README.md names the commands, and no file names a path of one machine. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

const NOT_OURS = ['node_modules', 'dist', '.demo', '.e2e', '.git', 'coverage'];

/** @returns the project's own files of that kind, relative to it */
function ownFiles(folder: string, kind: RegExp): string[] {
	return fs.readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : ownFiles(name, kind);
		return kind.test(entry.name) ? [name] : [];
	});
}

const read = (file: string) => fs.readFileSync(path.join(PROJECT, file), 'utf8');

test('README.md names the two commands', () => {
	expect(read('README.md')).toContain('npm start');
	expect(read('README.md')).toContain('npm test');
});

test('no file contains a path of the machine it was written on', () => {
	const texts = ownFiles('.', /\.(ts|js|mjs|json|md|ya?ml|html|css|svg)$|^\.[a-z]+(rc|ignore)$|^run$/);
	const here = /(^|[^\w.~])\/(work|root)\//m;
	const guilty = texts.filter((file) => !file.endsWith('docs.test.cts') && here.test(read(file)));
	expect(guilty).toEqual([]);
});
