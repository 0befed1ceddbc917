'use strict';

/*
 * npm run bench -- --drain [--quick]: the OneTalk Trigger reading a backlog of cases from a date on, against the simplest loop
 * that can be written on n8n's request helper. Prints figures; without --quick it also writes docs/benchmark-drain.md.
 */

const { fork } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { PROJECT } = require('../../../demo/ensure');
const { median } = require('../report');
const { layPackage, machine, message, reply, withoutProxies } = require('../stage');
const { WARM_UP } = require('./backlog');
const { page, summary, table } = require('./report');

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 *
 * @typedef {object} Case
 * @property {'trigger' | 'loop'} kind
 * @property {number} cases of the backlog
 * @property {number} latencyMs of the server
 * @property {boolean} looksAtHeap after every poll; its times say nothing
 * @property {number} repeats
 *
 * @typedef {import('./child').Result & import('./server').Counts} Figures
 * @typedef {{ spec: Case, figures: Figures }} Measured
 */

/** No case takes longer; a hang must not hold the run. In ms. */
const LONGEST_CASE = 600_000;

/**
 * @param {boolean} quick
 * @returns {Case[]}
 */
function plan(quick) {
	const kinds = /** @type {const} */ (['trigger', 'loop']);
	return (quick ? [10_000] : [10_000, 100_000]).flatMap((cases) => [
		...[0, 20].flatMap((latencyMs) =>
			kinds.map((kind) => ({ kind, cases, latencyMs, looksAtHeap: false, repeats: quick ? 1 : 3 })),
		),
		...kinds.map((kind) => ({ kind, cases, latencyMs: 0, looksAtHeap: true, repeats: 1 })),
	]);
}

/**
 * @param {import('../../../demo/n8n-install').N8nProgram} n8n
 * @param {boolean} quick
 */
async function drain(n8n, quick) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-bench-'));
	/** @type {ChildProcess | undefined} */
	let server;
	try {
		layPackage(folder, n8n);
		server = fork(path.join(__dirname, 'server.js'), { execPath: n8n.node });
		const baseUrl = await message(server);
		const specs = plan(quick);
		/** @type {Map<Case, Figures[]>} */
		const found = new Map(specs.map((spec) => [spec, []]));
		for (let round = 0; round < Math.max(...specs.map(({ repeats }) => repeats)); round++) {
			for (const spec of specs.filter(({ repeats }) => repeats > round)) {
				const figures = await measure(spec, n8n.node, folder, server, baseUrl);
				found.get(spec)?.push(figures);
				const { polls, requests, wallMs, cpuMs } = figures;
				console.log(
					`${spec.cases} cases, ${spec.latencyMs} ms${spec.looksAtHeap ? ', heap' : ''}: ${spec.kind}  ${polls} polls, ${requests} requests, ${(wallMs / 1000).toFixed(1)} s, CPU ${(cpuMs / spec.cases).toFixed(3)} ms per case`,
				);
			}
		}
		const measured = [...found].map(([spec, runs]) => ({ spec, figures: medians(runs) }));
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (!quick) {
			const file = path.join(PROJECT, 'docs', 'benchmark-drain.md');
			fs.writeFileSync(file, page(measured, machine(n8n), new Date()));
			console.log(`\nWritten to ${path.relative(PROJECT, file)}`);
		}
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @param {Figures[]} runs
 * @returns {Figures}
 */
function medians(runs) {
	const names = /** @type {(keyof Figures)[]} */ (Object.keys(runs[0]));
	return /** @type {Figures} */ (
		Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))]))
	);
}

/**
 * @param {Case} spec
 * @param {string} node
 * @param {string} packageFolder
 * @param {ChildProcess} server
 * @param {string} baseUrl
 * @returns {Promise<Figures>}
 */
async function measure(spec, node, packageFolder, server, baseUrl) {
	const prepare = async (/** @type {import('./server').Order} */ order) => {
		server.send(order);
		await message(server);
	};
	await prepare({ cases: WARM_UP });
	const child = fork(path.join(__dirname, 'child.js'), {
		execPath: node,
		execArgv: ['--expose-gc'],
		env: {
			...withoutProxies(),
			N8N_USER_FOLDER: packageFolder,
			BENCH_CASE: JSON.stringify({ spec, packageFolder, apiKey: 'benchmark-key', baseUrl }),
		},
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let errors = '';
	child.stderr?.on('data', (chunk) => (errors += chunk));
	const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_CASE);
	try {
		await reply(child, () => errors);
		await prepare({ cases: spec.cases, latencyMs: spec.latencyMs });
		child.send('go');
		const result = await reply(child, () => errors);
		server.send({ count: true });
		return { ...result, ...(await message(server)) };
	} catch (error) {
		throw new Error(`${spec.cases} cases, ${spec.kind}: ${/** @type {Error} */ (error).message}`);
	} finally {
		clearTimeout(timer);
		child.kill();
	}
}

module.exports = { drain };
