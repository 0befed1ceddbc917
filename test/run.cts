/**
 * `npm test`: runs everything that this package has to pass, step by step, and stops where a step fails. Steps that use one
 * processor core and do not need each other run two at a time.
 */

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

/** The steps that use one core, and how many of them run at once. */
const ONE_CORE = ['lint', 'format', 'types', 'build'];
const LANES = 2;

const children = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => children.forEach((child) => child.kill(signal)));
}

interface Count {
	passed: number;
	failed: number;
}

/** Runs a command to its end, with its output on the terminal (inherit) or in the result (pipe). */
async function runCommand(
	[file, ...args]: string[],
	stdio: 'inherit' | 'pipe',
	env: NodeJS.ProcessEnv = {},
): Promise<{ succeeded: boolean; output: string }> {
	const colors = stdio === 'pipe' && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
	const child = spawn(process.execPath, [path.join(PROJECT, 'node_modules', file), ...args], {
		cwd: PROJECT,
		env: { ...colors, ...process.env, ...env },
		stdio: ['ignore', stdio, stdio],
	});
	children.add(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const code = await new Promise((resolve) => child.once('close', resolve));
	children.delete(child);
	return { succeeded: code === 0, output };
}

/** Runs a step. jest counts its tests (a file that cannot run as a failed test); any other step counts as one. */
async function run(name: string, jestArgs: string[]): Promise<Count> {
	if (name === 'engine' && !hasProductionEngine()) {
		const advice = `the expression engine does not run on Node.js ${process.version}. Use Node.js 24.`;
		console.log(`\n=== engine\nSkipped: ${advice}`);
		return { passed: 0, failed: 0 };
	}
	if (!ONE_CORE.includes(name)) return await runJest(name, jestArgs);
	let failed = 0;
	let output = '';
	for (const command of STEPS[name]) {
		const ended = await runCommand(command, 'pipe');
		output += ended.output;
		if (ended.succeeded) continue;
		failed = 1;
		break;
	}
	// in one piece, since another step may run beside this one
	console.log(`\n=== ${name}\n${output}`.trimEnd());
	return { passed: 1 - failed, failed };
}

async function runJest(name: string, jestArgs: string[]): Promise<Count> {
	console.log(`\n=== ${name}`);
	const args = ['--json', `--outputFile=${RESULTS}`, ...(name === 'jest' ? jestArgs : [])];
	const env = name === 'engine' ? ENGINE_ENV : {};
	const { succeeded } = await runCommand([...STEPS[name][0], ...args], 'inherit', env);
	if (!fs.existsSync(RESULTS)) return { passed: 0, failed: 1 };
	const results = JSON.parse(fs.readFileSync(RESULTS, 'utf8')) as Record<string, number>;
	fs.rmSync(RESULTS);
	const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
	return { passed: results.numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
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
	const steps = chosen.length > 0 ? chosen : Object.keys(STEPS);
	const total: Count = { passed: 0, failed: 0 };
	const runNext = async (waiting: string[]): Promise<void> => {
		const name = waiting.shift();
		if (name === undefined || total.failed > 0) return;
		const { passed, failed } = await run(name, jestArgs);
		total.passed += passed;
		total.failed += failed;
		if (failed > 0) console.error(`\nThe step “${name}” failed. To run it alone: npm test -- ${name}`);
		await runNext(waiting);
	};
	const oneCore = steps.filter((name) => ONE_CORE.includes(name));
	await Promise.all(Array.from({ length: LANES }, async () => await runNext(oneCore)));
	await runNext(steps.filter((name) => !ONE_CORE.includes(name)));
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
