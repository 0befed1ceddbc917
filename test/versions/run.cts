/**
 * `npm run test:versions [-- 2.20.12 …]`: the end-to-end tests on each release of n8n that the package supports. Writes the
 * table in docs/compatibility.md. Each release is installed once, into the cache folder.
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Advice, PROJECT, ensureBuilt, ensureInstalled } from '../../tools/ensure';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { TSX_ARGS } from '../../tools/scripts.cts';
import { CURRENT, RELEASES } from './releases.cts';
import { keepResult, summarize, writeTable, type Outcome } from './table.cts';

const END_TO_END = ['nodes', 'trigger', 'editor', 'template'].map((name) => `test/e2e/${name}.e2e.cts`);
const FILES = [...END_TO_END, 'test/versions/older.e2e.cts'];
const MAX_FILE_MS = 480_000;

async function main() {
	ensureInstalled();
	ensureBuilt();
	const chosen = process.argv.slice(2);
	const unknown = chosen.filter((version) => !RELEASES.includes(version));
	if (unknown.length > 0) {
		throw new Advice(
			`There is no n8n ${unknown.join(', ')} in tools/n8n-versions. There are: ${RELEASES.join(', ')}.`,
		);
	}
	for (const version of chosen.length > 0 ? chosen : RELEASES) await check(version);
	writeTable();
}

/** Runs all tests on one release, and keeps what came out. */
async function check(version: string) {
	const older = version === CURRENT ? '' : version;
	const { node } = await ensureN8n(older);
	console.log(`\n=== n8n ${version}`);
	const outcomes: Outcome[] = [];
	for (const file of FILES) outcomes.push(...(await run(node, file, older)));
	const result = summarize(version, await nodeVersion(node), outcomes);
	keepResult(result);
	console.log(`n8n ${version}: ${result.passed} of ${result.tests} tests passed`);
	for (const { test, note } of result.differences) console.log(`  differs: ${test}\n    ${note}`);
	for (const test of result.failed) console.log(`  FAILED: ${test}`);
	for (const test of result.unexpected) console.log(`  passed, but is listed as a difference: ${test}`);
	if (result.failed.length > 0 || result.unexpected.length > 0) process.exitCode = 1;
}

/** Runs one file of tests in a process of its own, with the Node that n8n runs on. */
async function run(node: string, file: string, older: string): Promise<Outcome[]> {
	const report = path.join(PROJECT, '.e2e', older, 'outcomes', `${path.basename(file)}.jsonl`);
	fs.mkdirSync(path.dirname(report), { recursive: true });
	fs.rmSync(report, { force: true });
	const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'].concat(
		`--test-reporter=${path.join(__dirname, 'reporter.mjs')}`,
		`--test-reporter-destination=${report}`,
	);
	const args = [
		...TSX_ARGS,
		'--test',
		`--test-timeout=${MAX_FILE_MS}`,
		'--test-force-exit',
		...reporters,
		file,
	];
	const tests = spawn(node, args, {
		cwd: PROJECT,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ONETALK_E2E_N8N: older },
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => tests.kill(signal));
	await new Promise((resolve) => tests.once('exit', resolve));
	const lines = fs.existsSync(report) ? fs.readFileSync(report, 'utf8').trim().split('\n') : [];
	const outcomes: Outcome[] = lines.filter(Boolean).map((line) => JSON.parse(line));
	if (outcomes.length > 0) return outcomes;
	const name = path.basename(file, '.e2e.cts');
	return [{ file: name, path: [name], passed: false, error: 'no test of this file has run' }];
}

async function nodeVersion(node: string): Promise<string> {
	const child = spawn(node, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
	let version = '';
	for await (const chunk of child.stdout) version += chunk;
	return version.trim().replace(/^v/, '');
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
