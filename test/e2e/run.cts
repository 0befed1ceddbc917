/*
 * `npm run test:e2e [-- name …]`: the built package in a real n8n, against the simulator, without and with a browser. What
 * takes many minutes (`.long.`) runs only by its name.
 */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice } from '../../tools/ensure.js';
import { ensureN8n } from '../../tools/n8n-install.cts';

async function main() {
	ensureInstalled();
	ensureBuilt();
	// n8n's Node also runs the tests: it is there, and new enough for all of them
	const { node } = await ensureN8n();
	const chosen = process.argv.slice(2);
	const isChosen = (/** @type {string} */ name) =>
		chosen.length === 0 ? !name.includes('.long.') : chosen.some((part) => name.includes(part));
	const files = fs
		.readdirSync(__dirname)
		.filter((name) => name.endsWith('.e2e.js') && isChosen(name))
		.map((name) => path.join(__dirname, name));
	// one after the other: each starts an n8n of its own
	const tests = spawn(
		node,
		['--test', '--test-concurrency=1', '--test-timeout=480000', '--test-reporter=spec', ...files],
		{
			stdio: 'inherit',
		},
	);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
		process.on(signal, () => tests.kill(signal));
	tests.once('exit', (code) => process.exit(code ?? 1));
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
