/** What users get who install the package with npm, as README.md says. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';
import { createFolder, pack, runNpm, startRegistry, type LocalRegistry } from './npm.cts';

const MAX_INSTALL_MS = 30_000;

let registry: LocalRegistry;
let folder: string;
beforeAll(async () => {
	registry = await startRegistry(['n8n-workflow']);
	folder = createFolder();
});
afterAll(() => {
	registry.stop();
	fs.rmSync(folder, { recursive: true });
});

test('README.md says how', () => {
	const readme = fs.readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
	expect(readme).toContain('mkdir -p ~/.n8n/nodes && cd ~/.n8n/nodes && npm install n8n-nodes-onetalk\n');
});

test(
	`npm install adds this package alone, within ${MAX_INSTALL_MS / 1000} s and without a download`,
	async () => {
		const tarball = await pack(registry, folder);
		const nodes = path.join(folder, 'nodes');
		fs.mkdirSync(nodes);
		const begin = performance.now();
		const { code, output } = await runNpm(registry, nodes, ['install', tarball]);
		const duration = performance.now() - begin;
		expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('added 1 package') });
		const installed = fs
			.readdirSync(path.join(nodes, 'node_modules'))
			.filter((name) => !name.startsWith('.'));
		expect(installed).toEqual(['n8n-nodes-onetalk']);
		expect(fs.existsSync(path.join(nodes, 'node_modules/n8n-nodes-onetalk/node_modules'))).toBe(false);
		expect(registry.requests.filter((request) => request.includes('.tgz'))).toEqual([]);
		expect(duration).toBeLessThan(MAX_INSTALL_MS);
	},
	4 * MAX_INSTALL_MS,
);
