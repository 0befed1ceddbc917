/** The package can only be published by the publish workflow, which builds and tests it first. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';
import { createFolder, pack, runNpm, startRegistry, type LocalRegistry } from './npm.cts';

jest.setTimeout(120_000);

let registry: LocalRegistry;
let folder: string;
let tarball: string;
beforeAll(async () => {
	registry = await startRegistry();
	folder = createFolder();
	tarball = await pack(registry, folder);
});
beforeEach(() => registry.requests.splice(0));
afterAll(() => {
	registry.stop();
	fs.rmSync(folder, { recursive: true });
});

/** A clone before the first build, reduced to what npm reads. */
function createClone(change: (manifest: Record<string, unknown>) => void = () => {}): string {
	const clone = fs.mkdtempSync(path.join(folder, 'clone-'));
	for (const file of ['.npmrc', 'index.js', 'README.md', 'LICENSE']) {
		fs.copyFileSync(path.join(PROJECT, file), path.join(clone, file));
	}
	const manifest = JSON.parse(fs.readFileSync(path.join(PROJECT, 'package.json'), 'utf8'));
	change(manifest);
	fs.writeFileSync(path.join(clone, 'package.json'), JSON.stringify(manifest));
	return clone;
}

const sent = () => registry.requests.filter((request) => !request.startsWith('GET'));

/** Every option that switches off a check of npm. */
const NO_CHECKS = ['--ignore-scripts', '--no-provenance', '--force'];

describe('npm refuses to publish', () => {
	test.each<[string, () => { from: string; args: string[] }]>([
		['a fresh clone', () => ({ from: createClone(), args: ['publish'] })],
		['a fresh clone, without checks', () => ({ from: createClone(), args: ['publish', ...NO_CHECKS] })],
		['the folder of a clone', () => ({ from: folder, args: ['publish', createClone(), ...NO_CHECKS] })],
		['a tarball', () => ({ from: folder, args: ['publish', tarball, ...NO_CHECKS] })],
	])('%s', async (_title, prepare) => {
		const { from, args } = prepare();
		const { code, output } = await runNpm(registry, from, args);
		expect({ code, output, sent: sent() }).toEqual({
			code: 1,
			output: expect.stringContaining('This package has been marked as private'),
			sent: [],
		});
	});

	test('from a terminal, even a package that is not private', async () => {
		const clone = createClone((manifest) => delete manifest.private);
		const { code, output } = await runNpm(registry, clone, ['publish']);
		expect({ code, output, sent: sent() }).toEqual({
			code: 1,
			output: expect.stringContaining('Automatic provenance generation not supported'),
			sent: [],
		});
	});
});

test('the publish workflow tests and builds the package before it publishes', () => {
	const workflow = fs.readFileSync(path.join(PROJECT, '.github/workflows/publish.yml'), 'utf8');
	const commands = [
		'npm ci',
		'npm test',
		'npm run build',
		'npm pkg delete private',
		'npm stage publish',
		'npm publish',
	];
	const steps = workflow.slice(workflow.indexOf('\n    steps:'));
	const lines = steps.split('\n').map((line) => line.trim().replace(/^- run: /, ''));
	expect(lines.filter((line) => commands.includes(line))).toEqual(commands);
});
