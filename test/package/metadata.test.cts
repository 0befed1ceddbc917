/** package.json's `homepage` is the one source of the repository's address: every other place has the same. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

const read = (file: string) => fs.readFileSync(path.join(PROJECT, file), 'utf8');

const manifest = JSON.parse(read('package.json'));
const repository: string = manifest.homepage.replace(/#readme$/, '');

/** Repositories of others that a file may link to. */
const OTHERS = /^https:\/\/github\.com\/n8n-io\//;

/** @returns the project's own text files, as paths in it */
function projectFiles(): string[] {
	const generated = ['node_modules', 'dist', 'coverage', '.git', '.demo', '.e2e', 'package-lock.json'];
	const text = /\.(c?ts|m?js|json|md|ya?ml|html|css)$/;
	return fs
		.readdirSync(PROJECT, { withFileTypes: true })
		.filter(({ name }) => !generated.includes(name))
		.flatMap((entry) => {
			if (!entry.isDirectory()) return [entry.name];
			const inside = fs.readdirSync(path.join(PROJECT, entry.name), { recursive: true, encoding: 'utf8' });
			return inside.map((name) => path.join(entry.name, name));
		})
		.filter((file) => text.test(file) && !file.endsWith('package-lock.json'));
}

test('package.json', () => {
	expect(repository).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/);
	expect(manifest.repository).toEqual({ type: 'git', url: `git+${repository}.git` });
	expect(manifest.bugs).toEqual({ url: `${repository}/issues` });
});

test.each(['OneTalk', 'OneTalkTrigger', 'OneTalkWebhookTrigger', 'OneTalkChatbotTrigger'])(
	'nodes/OneTalk/%s.node.json',
	(name) => {
		expect(JSON.parse(read(`nodes/OneTalk/${name}.node.json`)).resources).toMatchObject({
			credentialDocumentation: [{ url: `${repository}#credentials` }],
			primaryDocumentation: [{ url: `${repository}#readme` }],
		});
	},
);

test.each(['OneTalkApi', 'OneTalkChatbotApi'])('credentials/%s.credentials.ts', (name) => {
	expect(read(`credentials/${name}.credentials.ts`)).toContain(
		`documentationUrl = '${repository}#credentials';`,
	);
});

test('every other file', () => {
	const wrong = projectFiles().flatMap((file) =>
		[...read(file).matchAll(/https:\/\/github\.com\/[\w.-]+\/[\w.-]+/g)]
			.map(([url]) => ({ file, url }))
			.filter(({ url }) => url.replace(/\.git$/, '') !== repository && !OTHERS.test(url)),
	);
	expect(wrong).toEqual([]);
});

describe('CHANGELOG.md', () => {
	const text = read('CHANGELOG.md');
	const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

	test('begins with [Unreleased]; every version after it has its date', () => {
		expect(headings[0]).toBe('[Unreleased]');
		expect(
			headings.slice(1).filter((heading) => !/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(heading)),
		).toEqual([]);
	});

	test('ends with a link into the repository for every heading', () => {
		const names = headings.map((heading) => heading.replace(/^\[(.+?)\].*$/, '$1'));
		const links = [...text.matchAll(/^\[(.+)\]: (\S+)$/gm)];
		expect(links.map(([, name]) => name)).toEqual(names);
		expect(links.filter(([, , url]) => !url.startsWith(`${repository}/`))).toEqual([]);
	});
});
