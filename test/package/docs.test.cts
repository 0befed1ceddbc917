/** The documents: every link works, and no file names a path of one machine. */

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

/** As GitHub makes them of headings. */
const anchor = (heading: string) =>
	heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-');

const anchorsOf = (file: string) =>
	[...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading));

describe.each(ownFiles('.', /\.md$/))('%s', (file) => {
	const text = read(file).replace(/```.*?```/gs, '');
	const links = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"/g)]
		.map(([, markdown, html]) => markdown ?? html)
		.filter((link) => !/^[a-z]+:/i.test(link));

	test('links to files and headings that exist', () => {
		const broken = links.filter((link) => {
			const [target, heading] = link.split('#');
			const place = target === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(target));
			if (!fs.existsSync(path.join(PROJECT, place))) return true;
			return heading !== undefined && place.endsWith('.md') && !anchorsOf(place).includes(heading);
		});
		expect(broken).toEqual([]);
	});
});

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
