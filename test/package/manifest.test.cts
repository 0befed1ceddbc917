/** package.json and package-lock.json: what they promise to those who install the package. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';

const read = (file: string) => fs.readFileSync(path.join(PROJECT, file), 'utf8');

describe('package.json', () => {
	const manifest = JSON.parse(read('package.json'));

	test('adds no dependency to n8n', () => {
		const fields = [
			'dependencies',
			'optionalDependencies',
			'bundledDependencies',
			'bundleDependencies',
			'overrides',
		];
		expect(Object.keys(manifest).filter((name) => fields.includes(name))).toEqual([]);
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('pins the exact version of every tool', () => {
		const loose = Object.entries(manifest.devDependencies as Record<string, string>).filter(
			([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
		);
		expect(loose).toEqual([]);
	});

	test('runs no script when it is installed', () => {
		const forbidden = /^(pre|post)?(install|prepare)$|^(pre|post)publish$|^(pre|post)?uninstall$/;
		expect(Object.keys(manifest.scripts).filter((name) => forbidden.test(name))).toEqual([]);
	});

	test("uses n8n's strict lint rules unchanged", () => {
		expect(manifest.n8n.strict).toBe(true);
		const template = 'node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs';
		const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
		expect(plain(read('eslint.config.mjs'))).toBe(plain(read(template)));
	});
});

describe('package-lock.json', () => {
	const text = read('package-lock.json');
	type Dependencies = Record<string, string>;

	const packages: Record<
		string,
		{
			integrity?: string;
			dependencies?: Dependencies;
			devDependencies?: Dependencies;
			optionalDependencies?: Dependencies;
			peerDependencies?: Dependencies;
			peerDependenciesMeta?: Record<string, { optional?: boolean }>;
		}
	> = JSON.parse(text).packages;

	/**
	 * @param folder of the package that needs it
	 * @returns true when Node would find it from there
	 */
	function isThere(folder: string, name: string): boolean {
		for (let from = folder; ; from = from.slice(0, Math.max(from.lastIndexOf('/node_modules/'), 0))) {
			if (`${from}${from && '/'}node_modules/${name}` in packages) return true;
			if (from === '') return false;
		}
	}

	test('is complete for every operating system, whichever it was written on', () => {
		const missing = Object.entries(packages).flatMap(([folder, one]) =>
			Object.keys({
				...one.dependencies,
				...one.devDependencies,
				...one.optionalDependencies,
				...one.peerDependencies,
			})
				.filter((name) => !one.peerDependenciesMeta?.[name]?.optional && !isThere(folder, name))
				.map((name) => `${folder} → ${name}`),
		);
		expect(missing).toEqual([]);
	});

	test.each(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'])(
		'has the native modules of the tools for %s',
		(system) => {
			const names = Object.keys(packages).filter((name) => name.includes(system));
			expect(names).toEqual(
				expect.arrayContaining([expect.stringContaining('/@unrs/resolver-binding-'), expect.any(String)]),
			);
		},
	);

	test('has the hash of every package and names no registry', () => {
		const entries = Object.entries(packages).filter(([folder]) => folder !== '');
		expect(entries.filter(([, one]) => !one.integrity).map(([folder]) => folder)).toEqual([]);
		expect(text).not.toMatch(/"resolved":/);
		expect(text).not.toMatch(/registry\./);
	});
});
