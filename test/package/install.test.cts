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
	expect(readme).toContain('\nnpm install --prefix ~/.n8n/nodes n8n-nodes-onetalk\n');
	expect(readme).toContain(' npm install --prefix /home/node/.n8n/nodes n8n-nodes-onetalk\n');
});

/** n8n's folder in a home folder that is an npm project itself; npm would install there if it was not given the folder. */
function createN8nFolder(): string {
	const home = path.join(folder, 'home');
	const n8n = path.join(home, '.n8n');
	fs.mkdirSync(n8n, { recursive: true });
	for (const project of [home, n8n]) {
		fs.writeFileSync(path.join(project, 'package.json'), '{ "private": true }');
		fs.mkdirSync(path.join(project, 'node_modules'));
	}
	return n8n;
}

test(
	`the command installs this package alone, into n8n's folder for nodes, within ${MAX_INSTALL_MS / 1000} s and without a download`,
	async () => {
		const tarball = await pack(registry, folder);
		const n8n = createN8nFolder();
		const nodes = path.join(n8n, 'nodes');
		const begin = performance.now();
		const { code, output } = await runNpm(registry, n8n, ['install', '--prefix', nodes, tarball]);
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
