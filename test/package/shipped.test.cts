/** The packed package: its content, n8n's scanner, and n8n's package loader. */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { PROJECT } from '../../tools/ensure';
import { scan, unpackPackage, type UnpackedPackage } from './shipped.cts';
import type { INodeType } from 'n8n-workflow';

/** What the tarball may hold, so that its size does not grow unnoticed. */
const MAX_UNPACKED_BYTES = 260_000;

/** The nodes of the package, in the order of its manifest. */
const NODES = ['oneTalk', 'oneTalkTrigger', 'oneTalkWebhookTrigger', 'oneTalkChatbotTrigger'];

jest.setTimeout(120_000);

let shipped: UnpackedPackage;
beforeAll(() => {
	shipped = unpackPackage();
});
afterAll(() => shipped?.remove());

describe('the tarball', () => {
	test('contains what users need, and nothing else', () => {
		const documents = ['LICENSE', 'README.md'].filter((name) => fs.existsSync(path.join(PROJECT, name)));
		expect(fs.readdirSync(shipped.folder).sort()).toEqual(
			['dist', 'index.js', 'package.json', ...documents].sort(),
		);
		const inDist = shipped.files.map((file) => file.path).filter((name) => name.startsWith('dist/'));
		expect(inDist.filter((name) => !/\.(js|json|svg)$/.test(name))).toEqual([]);
		expect(inDist.filter((name) => /(^|\/)tests?\/|\.test\.|tsbuildinfo|\.map$/.test(name))).toEqual([]);
	});

	test(`has at most ${MAX_UNPACKED_BYTES / 1000} kB unpacked`, () => {
		process.stdout.write(`The package has ${(shipped.unpackedSize / 1000).toFixed(1)} kB unpacked.\n`);
		expect(shipped.unpackedSize).toBeLessThanOrEqual(MAX_UNPACKED_BYTES);
	});

	test('exports the credentials and the nodes', () => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- its place is known only now
		const classes = require(path.join(shipped.folder, 'index.js'));
		expect(Object.keys(classes).sort()).toEqual([
			'OneTalk',
			'OneTalkApi',
			'OneTalkChatbotApi',
			'OneTalkChatbotTrigger',
			'OneTalkTrigger',
			'OneTalkWebhookTrigger',
		]);
	});
});

describe("n8n's community package scanner", () => {
	test('passes the repository', () => {
		expect(scan('source', PROJECT)).toEqual({ passed: true });
	});

	test('passes the tarball', () => {
		expect(scan('tarball', shipped.folder)).toEqual({ passed: true });
	});

	test.each([
		[
			'source',
			'nodes/OneTalk/api/planted.ts',
			'export const home = process.env.HOME;',
			'no-restricted-globals',
		],
		['source', 'nodes/OneTalk/api/planted.ts', '/* eslint-disable */\nconsole.log(1);', 'no-console'],
		['tarball', 'dist/planted.js', 'setTimeout(() => {}, 1);', 'no-restricted-globals'],
		['tarball', 'index.js', 'module.exports = eval("1");', 'no-dangerous-functions'],
	] as const)('finds in the %s: %s %s', (leg, file, text, rule) => {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-planted-'));
		try {
			fs.copyFileSync(path.join(PROJECT, 'package.json'), path.join(folder, 'package.json'));
			fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
			fs.writeFileSync(path.join(folder, file), text);
			const { passed, details } = scan(leg, folder);
			expect(passed).toBe(false);
			expect(details).toContain(rule);
		} finally {
			fs.rmSync(folder, { recursive: true });
		}
	});
});

describe("n8n's package loader", () => {
	let loader: PackageDirectoryLoader;
	beforeAll(async () => {
		loader = new PackageDirectoryLoader(shipped.folder);
		await loader.loadAll();
	});

	test('loads all nodes and both credentials', () => {
		expect(Object.keys(loader.known.nodes)).toEqual(NODES);
		expect(Object.keys(loader.known.credentials)).toEqual(['oneTalkApi', 'oneTalkChatbotApi']);
	});

	test.each(NODES)('%s has its codex', (name) => {
		const { description } = loader.getNode(name).type as INodeType;
		expect(description.codex).toMatchObject({
			categories: ['Communication'],
			resources: { primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }] },
		});
		const codex = JSON.parse(
			fs.readFileSync(
				path.join(shipped.folder, `${loader.getNode(name).sourcePath.replace(/\.js$/, '')}.json`),
				'utf8',
			),
		);
		expect(codex.node).toBe(`n8n-nodes-onetalk.${name}`);
	});

	test('finds every icon inside the package', () => {
		const icons = [
			...(NODES.map((name) => loader.getNode(name).type) as INodeType[]).map(
				({ description }) => description.iconUrl,
			),
			...['oneTalkApi', 'oneTalkChatbotApi'].map((name) => loader.getCredential(name).type.iconUrl),
		].flatMap((icon) => Object.values(icon as { light: string; dark: string }));
		expect(icons).toHaveLength(12);
		const prefix = 'icons/n8n-nodes-onetalk/';
		for (const icon of icons) {
			expect(icon.startsWith(prefix)).toBe(true);
			const file = path.join(shipped.folder, icon.slice(prefix.length));
			expect(path.relative(shipped.folder, file)).not.toMatch(/^\.\./);
			expect(fs.readFileSync(file, 'utf8')).toMatch(/^<svg /);
		}
	});

	test('gives poll times to the polling trigger only', () => {
		const properties = (name: string) =>
			(loader.getNode(name).type as INodeType).description.properties.map((property) => property.name);
		expect(properties('oneTalkTrigger')[0]).toBe('pollTimes');
		for (const name of NODES.filter((one) => one !== 'oneTalkTrigger')) {
			expect(properties(name)).not.toContain('pollTimes');
		}
	});

	test('knows which nodes use the credential', () => {
		expect(loader.known.credentials.oneTalkApi.supportedNodes).toEqual([
			'oneTalk',
			'oneTalkTrigger',
			'oneTalkWebhookTrigger',
		]);
	});

	test.each(['oneTalkApi', 'oneTalkChatbotApi'])('finds the test of the credential %s', (credential) => {
		const { supportedNodes = [] } = loader.known.credentials[credential];
		expect(supportedNodes.length).toBeGreaterThan(0);
		// n8n takes the method from the first node that names one, and looks no further if it isn't there
		for (const name of supportedNodes) {
			const node = loader.getNode(name).type as INodeType;
			const testedBy = node.description.credentials?.find((one) => one.name === credential)?.testedBy;
			expect(node.methods?.credentialTest?.[testedBy as string]).toEqual(expect.any(Function));
		}
	});
});
