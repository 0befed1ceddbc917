/** `npm test`: runs everything that this package has to pass, step by step, and stops at the first step that fails. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT } from '../tools/ensure.js';

const ESLINT = ['eslint/bin/eslint.js', '.', '--max-warnings', '0'];
const JEST = 'jest/bin/jest.js';
const RESULTS = path.join(os.tmpdir(), `n8n-nodes-onetalk-jest-${process.pid}.json`);

/** The commands of each step: a file below node_modules, and its arguments. */
const STEPS: Record<string, string[][]> = {
	lint: [
		// as `n8n-node lint`, but warnings fail, and the n8n that is stored in the folders of demo and tests is left out
		[...ESLINT, '--ignore-pattern', '.demo/', '--ignore-pattern', '.e2e/'],
		[...ESLINT, '--config', 'eslint.scripts.config.mjs'],
	],
	format: [['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
	types: ['test', 'simulator'].map((project) => ['typescript/bin/tsc', '--noEmit', '-p', project]),
	build: [['gulp/bin/gulp.js', 'build']],
	jest: [[JEST]],
	// the engine tests once more, on the expression engine that n8n uses in production
	engine: [[JEST, 'test/engine']],
};
const ENGINE_ENV = {
	EXPRESSION_ENGINE: 'vm',
	NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
};
const USAGE = `npm test [-- steps] [arguments for jest]

Steps: ${Object.keys(STEPS).join(', ')} (all if none is named). Examples:
  npm test -- lint types
  npm test -- jest test/unit -t phone`;

let child: ChildProcess;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child?.kill(signal));

/** Runs a command to its end; tells whether it succeeded. */
async function succeeds([file, ...args]: string[], env: NodeJS.ProcessEnv): Promise<boolean> {
	child = spawn(process.execPath, [path.join(PROJECT, 'node_modules', file), ...args], {
		cwd: PROJECT,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	return (await new Promise((resolve) => child.once('exit', resolve))) === 0;
}

/** Runs a step. jest counts its tests (a file that cannot run as a failed test); any other step counts as one. */
async function run(name: string, jestArgs: string[]): Promise<{ passed: number; failed: number }> {
	for (const command of STEPS[name]) {
		const isJest = command[0] === JEST;
		const args = isJest ? ['--json', `--outputFile=${RESULTS}`, ...(name === 'jest' ? jestArgs : [])] : [];
		const succeeded = await succeeds([...command, ...args], name === 'engine' ? ENGINE_ENV : {});
		if (isJest && fs.existsSync(RESULTS)) {
			const results = JSON.parse(fs.readFileSync(RESULTS, 'utf8')) as Record<string, number>;
			fs.rmSync(RESULTS);
			const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
			return { passed: results.numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
		}
		if (!succeeded) return { passed: 0, failed: 1 };
	}
	return { passed: 1, failed: 0 };
}

/** n8n's production expression engine is machine code, which exists for some Node.js versions only. */
function hasProductionEngine(): boolean {
	return spawnSync(process.execPath, ['-e', "require('isolated-vm')"], { cwd: PROJECT }).status === 0;
}

async function main(args: string[]): Promise<void> {
	const end = args.findIndex((arg) => !Object.hasOwn(STEPS, arg));
	const chosen = end === -1 ? args : args.slice(0, end);
	const jestArgs = args.slice(chosen.length);
	if (jestArgs.length > 0 && !chosen.includes('jest')) {
		process.exitCode = jestArgs[0] === '--help' ? 0 : 1;
		return console.log(USAGE);
	}
	const total = { passed: 0, failed: 0 };
	for (const name of chosen.length > 0 ? chosen : Object.keys(STEPS)) {
		console.log(`\n=== ${name}`);
		if (name === 'engine' && !hasProductionEngine()) {
			console.log(
				`Skipped: the expression engine does not run on Node.js ${process.version}. Use Node.js 24.`,
			);
			continue;
		}
		const { passed, failed } = await run(name, jestArgs);
		total.passed += passed;
		total.failed += failed;
		if (failed > 0) {
			console.error(`\nThe step “${name}” failed. To run it alone: npm test -- ${name}`);
			break;
		}
	}
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
