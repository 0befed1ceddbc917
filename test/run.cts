/* `npm test`: everything this package has to pass, one step after the other. Needs nothing but Node and npm to begin with. */

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Advice, PROJECT, ensureInstalled } from '../tools/ensure';

const HELP = `npm test [-- steps] [arguments for jest]

  npm test                          all steps
  npm test -- lint jest             these steps only
  npm test -- jest test/unit -t phone   what follows the step jest is handed to it

Steps, in this order:
  lint     n8n's strict lint, without a warning
  types    the types of the nodes, the tests, the simulator and the scripts
  build    the package, into dist/
  jest     all tests
  engine   the tests of test/engine once more, on the expression engine that n8n uses in production
           (Node 24 and later; left out where it does not run)
`;

/** Each is checked on its own: nodes and tests, scripts, the simulator with its page. */
const TYPESCRIPT_PROJECTS = ['test', 'test/tsconfig.scripts.json', 'test/bench', 'simulator'];

/**
 * What a step has counted.
 * @typedef {{ passed: number, failed: number }} Count
 */

/** @type {Record<string, { title: string, run(jestArgs: string[]): Promise<Count> }>} */
const STEPS = {
	lint: { title: "n8n's strict lint", run: lint },
	types: { title: 'types', run: types },
	build: { title: 'the package', run: async () => countOne(await start('gulp/bin/gulp.js', ['build'])) },
	jest: { title: 'tests', run: async (jestArgs) => await jest(jestArgs) },
	engine: {
		title: "test/engine on n8n's production expression engine",
		run: async () =>
			await jest(['test/engine'], {
				EXPRESSION_ENGINE: 'vm',
				NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
			}),
	},
};

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
/** @type {NodeJS.Signals | undefined} */
let interruptedBy;

/**
 * Runs a tool of this project. It leads a process group, so that an interruption ends all that it has started.
 * @param {string} tool file below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env] what to add to the environment
 * @returns {Promise<boolean>} true when it ended well
 */
async function start(tool, args, env = {}) {
	const child = spawn(process.execPath, [path.join(PROJECT, 'node_modules', tool), ...args], {
		cwd: PROJECT,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'inherit', 'inherit'],
		detached: process.platform !== 'win32',
	});
	running = child;
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
	running = undefined;
	return code === 0;
}

/** @param {NodeJS.Signals} signal */
function interrupt(signal) {
	interruptedBy = signal;
	if (!running?.pid) return;
	if (process.platform === 'win32') running.kill(signal);
	else process.kill(-running.pid, signal);
}

/**
 * @param {boolean} passed
 * @returns {Count}
 */
function countOne(passed) {
	return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * What `n8n-node lint` runs, with two differences: a warning fails, and n8n's own files in the folders of the demo
 * and of the end-to-end tests are left alone (they would take minutes).
 */
async function lint() {
	const strict = ['.', '--max-warnings', '0', '--ignore-pattern', '.demo/', '--ignore-pattern', '.e2e/'];
	return countOne(await start('eslint/bin/eslint.js', strict));
}

async function types() {
	for (const project of TYPESCRIPT_PROJECTS) {
		console.log(`tsc --noEmit -p ${project}`);
		if (!(await start('typescript/bin/tsc', ['--noEmit', '-p', project]))) return countOne(false);
	}
	return countOne(true);
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Count>} jest's own numbers; a test file that does not even start counts as one failed
 */
async function jest(args, env) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-jest-'));
	const outputFile = path.join(folder, 'results.json');
	try {
		const well = await start('jest/bin/jest.js', ['--json', `--outputFile=${outputFile}`, ...args], env);
		if (!fs.existsSync(outputFile)) return countOne(well);
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
			fs.readFileSync(outputFile, 'utf8'),
		);
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		return { passed: numPassedTests, failed: well ? failed : Math.max(failed, 1) };
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/** Its isolates are machine code that exists for some Node versions and systems only. */
function productionEngineRuns() {
	return spawnSync(process.execPath, ['-e', "require('isolated-vm')"], { cwd: PROJECT }).status === 0;
}

/**
 * @returns {{ names: string[], jestArgs: string[] }} the steps asked for (none: all of them)
 * @throws {Advice} for an argument that no step takes
 */
function readArguments() {
	const args = process.argv.slice(2);
	const end = args.findIndex((name) => !Object.hasOwn(STEPS, name));
	const names = end === -1 ? args : args.slice(0, end);
	const jestArgs = args.slice(names.length);
	if (jestArgs.length > 0 && !names.includes('jest')) {
		throw new Advice(`There is no step “${jestArgs[0]}”.\n\n${HELP}`);
	}
	return { names, jestArgs };
}

/**
 * Runs the steps until one fails.
 * @param {Count} total the numbers are added to it
 * @throws {Advice} when a step fails
 */
async function runSteps(total) {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Advice(`Node.js 20 or later is needed; this is ${process.version}.`);
	}
	const { names, jestArgs } = readArguments();
	ensureInstalled();
	for (const [name, { title, run }] of Object.entries(STEPS)) {
		if (interruptedBy) return;
		if (names.length > 0 && !names.includes(name)) continue;
		console.log(`\n=== ${name}: ${title}`);
		if (name === 'engine' && !productionEngineRuns()) {
			if (names.length > 0)
				throw new Advice(`This engine does not run on Node ${process.version} here. Use Node 24.`);
			console.log(`left out: it does not run on Node ${process.version} here (Node 24 has it)`);
			continue;
		}
		const begin = performance.now();
		const { passed, failed } = await run(jestArgs);
		const seconds = ((performance.now() - begin) / 1000).toFixed(1);
		total.passed += passed;
		total.failed += failed;
		if (failed > 0 && !interruptedBy) {
			throw new Advice(`The step “${name}” failed after ${seconds} s. To run it alone: npm test -- ${name}`);
		}
		if (failed === 0) console.log(`--- ${name} passed in ${seconds} s`);
	}
}

async function main() {
	if (process.argv.includes('--help') || process.argv.includes('-h')) return console.log(HELP);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, interrupt);
	const total = { passed: 0, failed: 0 };
	try {
		await runSteps(total);
	} catch (error) {
		if (total.failed === 0) total.failed = 1;
		console.error(`\n${error instanceof Advice ? error.message : error}`);
	}
	if (interruptedBy) process.exit(128 + os.constants.signals[interruptedBy]);
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed === 0 ? 0 : 1;
}

main();
