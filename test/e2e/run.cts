/**
 * `npm run test:e2e [-- name …]`: runs the end-to-end tests, which use the built package in a real n8n, the simulator and a
 * real browser. Tests that take many minutes (`.long.`) run only when they are named.
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice } from '../../tools/ensure.js';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { TSX_ARGS } from '../../tools/scripts.cts';

async function main(): Promise<void> {
	const files = chosenFiles(process.argv.slice(2));
	ensureBuilt();
	// n8n's Node.js runs the tests too: it is installed, and new enough for all of them
	const { node } = await ensureN8n();
	// each file starts an n8n of its own, which uses about one core; the long ones count on their time
	const concurrency = files.some((file) => file.includes('.long.')) ? 1 : 2;
	const options = [
		'--test',
		`--test-concurrency=${concurrency}`,
		'--test-timeout=480000',
		'--test-reporter=spec',
	];
	const tests = spawn(node, [...TSX_ARGS, ...options, ...files], { stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tests.kill(signal));
	tests.once('exit', (code) => process.exit(code ?? 1));
}

/**
 * The test files whose names have one of the parts; without parts all that are not long.
 * @throws {Advice} when there are none
 */
function chosenFiles(parts: string[]): string[] {
	const all = fs.readdirSync(__dirname).filter((name) => name.endsWith('.e2e.cts'));
	const isChosen = (name: string) =>
		parts.length === 0 ? !name.includes('.long.') : parts.some((part) => name.includes(part));
	const chosen = all.filter(isChosen);
	if (chosen.length === 0) {
		throw new Advice(`No test file is named like that. There are:\n  ${all.join('\n  ')}`);
	}
	return chosen.map((name) => path.join(__dirname, name));
}

main().catch((error: unknown) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
