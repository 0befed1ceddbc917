/**
 * `npm run test:versions [-- 2.20.12 …]`: runs the end-to-end tests on each release of n8n that the package supports, and
 * writes the table in docs/compatibility.md. Each release is installed once, into the cache folder.
 */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice, PROJECT } from '../../tools/ensure.js';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { TSX_ARGS } from '../../tools/scripts.cts';
import { CURRENT, RELEASES } from './releases.cts';
import { storeResult, summarize, writeTable, type Outcome } from './table.cts';

const FILES = [
	...['credential', 'operations', 'errors', 'again', 'tool'].map((name) => `e2e/nodes-${name}`),
	...['trigger', 'webhooks', 'chatbot', 'wait-for-response', 'chat-approval', 'editor', 'template'].map(
		(name) => `e2e/${name}`,
	),
	...['rows', 'editor', 'npm'].map((name) => `versions/versions-${name}`),
].map((name) => `test/${name}.e2e.cts`);

const MAX_FILE_MS = 480_000;

let child: ChildProcess;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		child?.kill(signal);
		process.exit(1);
	});
}

async function main(): Promise<void> {
	const chosen = process.argv.slice(2);
	const unknown = chosen.filter((version) => !RELEASES.includes(version));
	if (unknown.length > 0) {
		throw new Advice(`n8n ${unknown.join(', ')} is not listed. There are: ${RELEASES.join(', ')}.`);
	}
	ensureBuilt();
	for (const version of chosen.length > 0 ? chosen : RELEASES) await testRelease(version);
	writeTable();
}

/** Runs all tests on one release, and stores the result. */
async function testRelease(version: string): Promise<void> {
	const older = version === CURRENT ? '' : version;
	const { node } = await ensureN8n(older);
	console.log(`\n=== n8n ${version}`);
	const outcomes: Outcome[] = [];
	for (const file of FILES) outcomes.push(...(await runFile(node, file, older)));
	const result = summarize(version, nodeVersion(node), outcomes);
	storeResult(result);
	console.log(`n8n ${version}: ${result.passed} of ${result.tests} tests passed`);
	for (const { test, note } of result.differences) console.log(`  differs: ${test}\n    ${note}`);
	for (const test of result.failed) console.log(`  FAILED: ${test}`);
	for (const test of result.unexpected) console.log(`  passed, but is listed as a difference: ${test}`);
	if (result.failed.length > 0 || result.unexpected.length > 0) process.exitCode = 1;
}

/**
 * Runs one test file in its own process.
 * @param node the Node.js executable that n8n runs on
 * @param older the release of n8n; empty for the current one
 */
async function runFile(node: string, file: string, older: string): Promise<Outcome[]> {
	const name = path.basename(file, '.e2e.cts');
	const report = path.join(PROJECT, '.e2e', older, 'outcomes', `${name}.jsonl`);
	fs.mkdirSync(path.dirname(report), { recursive: true });
	fs.rmSync(report, { force: true });
	const args = [
		...TSX_ARGS,
		'--test',
		`--test-timeout=${MAX_FILE_MS}`,
		'--test-force-exit',
		'--test-reporter=spec',
		'--test-reporter-destination=stdout',
		`--test-reporter=${path.join(__dirname, 'reporter.mjs')}`,
		`--test-reporter-destination=${report}`,
		file,
	];
	child = spawn(node, args, {
		cwd: PROJECT,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ONETALK_E2E_N8N: older },
	});
	const exitCode = await new Promise<number | null>((resolve) => child.once('exit', resolve));
	const lines = fs.existsSync(report) ? fs.readFileSync(report, 'utf8').trim().split('\n') : [];
	const outcomes = lines.filter(Boolean).map((line) => JSON.parse(line) as Outcome);
	if (exitCode === 0 || outcomes.some(({ passed }) => !passed)) return outcomes;
	// the file failed outside its tests, for example in a hook
	const error = `the test process ended with ${exitCode} after ${outcomes.length} tests`;
	return [...outcomes, { file: name, path: [name], passed: false, error }];
}

function nodeVersion(node: string): string {
	return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().replace(/^v/, '');
}

main().catch((error: unknown) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
