/** Every link of the documentation leads somewhere, every page of docs/ can be reached, and docs/errors.md speaks of the code as it is. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

interface Link {
	/** As written, without the title. */
	address: string;
	/** The file it leads to, relative to the project, with slashes. */
	target: string;
	/** The heading's anchor, where the link names one. */
	anchor?: string;
}

const NOT_OURS = ['node_modules', 'dist', '.demo', '.e2e', '.git', 'coverage'];

const read = (file: string): string => fs.readFileSync(path.join(PROJECT, file), 'utf8');

const filesIn = (folder: string): string[] =>
	fs
		.readdirSync(path.join(PROJECT, folder), { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.posix.join(folder, entry.name));

/** The Markdown files below a folder of the project. */
const pagesIn = (folder: string): string[] => [
	...filesIn(folder).filter((file) => file.endsWith('.md')),
	...fs
		.readdirSync(path.join(PROJECT, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !NOT_OURS.includes(entry.name))
		.flatMap((entry) => pagesIn(path.posix.join(folder, entry.name))),
];

const PAGES = pagesIn('.');

const withoutCode = (markdown: string): string =>
	markdown.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, 'code');

/** The relative links and images of a page. */
function linksOf(page: string): Link[] {
	const found = withoutCode(read(page)).matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"/g);
	return [...found]
		.map(([, markdown, html]) => markdown ?? html)
		.filter((address) => !/^[a-z]+:/i.test(address))
		.map((address) => {
			const [file, anchor] = address.split('#');
			const target = file === '' ? page : path.posix.join(path.posix.dirname(page), decodeURI(file));
			return { address, target, anchor };
		});
}

/** The anchors that GitHub gives to a page's headings; a heading that is there twice gets a number the second time. */
function anchorsOf(page: string): string[] {
	const headings = read(page)
		.replace(/```.*?```/gs, '')
		.matchAll(/^#+ (.+)$/gm);
	const counts = new Map<string, number>();
	return [...headings].map(([, heading]) => {
		const anchor = heading
			.trim()
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-');
		const count = counts.get(anchor) ?? 0;
		counts.set(anchor, count + 1);
		return count === 0 ? anchor : `${anchor}-${count}`;
	});
}

const leadsNowhere = ({ target, anchor }: Link): boolean =>
	!fs.existsSync(path.join(PROJECT, target)) ||
	(anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor));

test.each(PAGES)('every link in %s leads to a file and a heading that exist', (page) => {
	const broken = linksOf(page).filter(leadsNowhere);
	expect(broken.map(({ address }) => address)).toEqual([]);
});

test.each(['docs', 'docs/id'])('every file in %s is linked from a page', (folder) => {
	const linked = PAGES.flatMap((page) => linksOf(page).filter(({ target }) => target !== page));
	const unlinked = filesIn(folder).filter((file) => !linked.some(({ target }) => target === file));
	expect(unlinked).toEqual([]);
});

test.each([
	'credentials/OneTalkApi.credentials.ts',
	'credentials/OneTalkChatbotApi.credentials.ts',
	'nodes/OneTalk/OneTalk.node.json',
	'nodes/OneTalk/OneTalkTrigger.node.json',
	'nodes/OneTalk/OneTalkWebhookTrigger.node.json',
	'nodes/OneTalk/OneTalkChatbotTrigger.node.json',
])('the help links of %s lead to headings of README.md', (file) => {
	const anchors = [...read(file).matchAll(/https:\/\/github\.com\/[^"'\s]+#([^"'\s]+)/g)].map(
		([, anchor]) => anchor,
	);
	expect(anchors.length).toBeGreaterThan(0);
	// GitHub shows the README below the list of files, at the anchor #readme.
	const missing = anchors.filter((anchor) => anchor !== 'readme' && !anchorsOf('README.md').includes(anchor));
	expect(missing).toEqual([]);
});

test('docs/errors.md explains every code that has a hint of its own', () => {
	const hints = read('nodes/OneTalk/api/integration/hints.ts');
	const [, byCode] = /BY_CODE = new Map\(\s*Object\.entries\(\{(.*?)\}\),/s.exec(hints) ?? [];
	const codes = [...(byCode ?? '').matchAll(/^\t+'?(\w+)'?:/gm)].map(([, code]) => code);
	expect(codes.length).toBeGreaterThan(10);
	const page = read('docs/errors.md');
	expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

test('docs/errors.md quotes messages that the nodes have', () => {
	const sources = fs
		.readdirSync(path.join(PROJECT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => read(path.join('nodes', name)))
		.join('\n');
	const quoted = [...read('docs/errors.md').matchAll(/^\| `([A-Za-z0-9]+ [^`]+ [^`]+)`/gm)].map(
		([, message]) => message,
	);
	const ofN8n = 'Installation of unverified community packages is forbidden';
	expect(quoted.length).toBeGreaterThan(5);
	expect(quoted.filter((message) => message !== ofN8n && !sources.includes(message))).toEqual([]);
});
