'use strict';

/*
 * npm run bench [-- --quick | --full]: the OneTalk node against n8n's HTTP Request node and a bare loop on n8n's request
 * helper, on the engine of a real n8n. Prints figures; without --quick it also writes docs/benchmark.md.
 *
 * npm run bench -- --drain [--quick]: the OneTalk Trigger reading a backlog; see drain/run.js.
 */

const { fork } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { Advice, PROJECT, ensureBuilt, ensureInstalled } = require('../../demo/ensure');
const { ensureN8n } = require('../../demo/n8n-install');
const { NAMES, plan } = require('./cases');
const { selfSigned } = require('./certificate');
const { drain } = require('./drain/run');
const { row } = require('./engine');
const { median, page, table, summary } = require('./report');
const { layPackage, machine, message, reply, withoutProxies } = require('./stage');

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {import('./cases').Case} Case
 * @typedef {import('./child').Result & import('./server').Counts} Figures
 * @typedef {{ spec: Case, figures: Figures }} Measured
 * @typedef {{ packageFolder: string, certificateFile: string }} Stage
 */

/** No case takes longer; a hang must not hold the run. In ms. */
const LONGEST_CASE = 3_600_000;

async function main() {
	const { values } = parseArgs({
		options: { quick: { type: 'boolean' }, full: { type: 'boolean' }, drain: { type: 'boolean' } },
	});
	ensureInstalled();
	ensureBuilt();
	const n8n = await ensureN8n();
	if (values.drain) await drain(n8n, values.quick === true);
	else await send(n8n, values.quick ? 'quick' : values.full ? 'full' : 'default');
}

/**
 * @param {import('../../demo/n8n-install').N8nProgram} n8n
 * @param {'quick' | 'default' | 'full'} mode
 */
async function send(n8n, mode) {
	const cases = plan(mode);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-bench-'));
	/** @type {ChildProcess | undefined} */
	let server;
	try {
		const certificate = selfSigned();
		layPackage(folder, n8n);
		const stage = { packageFolder: folder, certificateFile: path.join(folder, 'certificate.pem') };
		fs.writeFileSync(stage.certificateFile, certificate.cert);
		server = fork(path.join(__dirname, 'server.js'), {
			execPath: n8n.node,
			env: { ...process.env, BENCH_SERVER: JSON.stringify(certificate) },
		});
		const addresses = /** @type {import('./server').Addresses} */ (await message(server));
		const measured = await measureAll(cases, n8n.node, stage, server, addresses);
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (mode !== 'quick') {
			const file = path.join(PROJECT, 'docs', 'benchmark.md');
			fs.writeFileSync(file, page(measured, machine(n8n), new Date()));
			console.log(`\nWritten to ${path.relative(PROJECT, file)}`);
		}
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Each case `repeats` times, in rounds, so that what changes on the machine meanwhile hits all alike; then its medians.
 * @param {Case[]} cases
 * @param {string} node
 * @param {Stage} stage
 * @param {ChildProcess} server
 * @param {import('./server').Addresses} addresses
 * @returns {Promise<Measured[]>}
 */
async function measureAll(cases, node, stage, server, addresses) {
	/** @type {Map<Case, Figures[]>} */
	const found = new Map(cases.map((spec) => [spec, []]));
	const total = cases.reduce((sum, { repeats }) => sum + repeats, 0);
	let done = 0;
	for (let round = 0; round < Math.max(...cases.map(({ repeats }) => repeats)); round++) {
		for (const spec of cases.filter(({ repeats }) => repeats > round)) {
			const figures = await measure(spec, node, stage, server, addresses);
			found.get(spec)?.push(figures);
			const perItem = (/** @type {number} */ ms) => (ms / spec.items).toFixed(2);
			console.log(
				`${++done}/${total}  ${spec.group}: ${NAMES[spec.kind]}  ${perItem(figures.wallMs)} ms, CPU ${perItem(figures.cpuMs)} ms per item`,
			);
		}
	}
	return [...found].map(([spec, runs]) => ({ spec, figures: medians(runs) }));
}

/**
 * @param {Figures[]} runs
 * @returns {Figures}
 */
function medians([first, ...others]) {
	const entries = Object.entries(first).map(([name, value]) =>
		typeof value === 'number'
			? [name, median([value, ...others.map((run) => Number(run[/** @type {keyof Figures} */ (name)]))])]
			: [name, value],
	);
	return Object.fromEntries(entries);
}

/**
 * @param {Case} spec
 * @param {string} node
 * @param {Stage} stage
 * @param {ChildProcess} server
 * @param {import('./server').Addresses} addresses
 * @returns {Promise<Figures>}
 */
async function measure(spec, node, { packageFolder, certificateFile }, server, addresses) {
	const { apiKey } = addresses;
	const child = fork(path.join(__dirname, 'child.js'), {
		execPath: node,
		execArgv: ['--expose-gc'],
		env: {
			...withoutProxies(),
			N8N_USER_FOLDER: packageFolder,
			NODE_EXTRA_CA_CERTS: certificateFile,
			BENCH_CASE: JSON.stringify({ spec, packageFolder, apiKey, baseUrl: addresses[spec.server] }),
		},
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let errors = '';
	child.stderr?.on('data', (chunk) => (errors += chunk));
	const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_CASE);
	try {
		await reply(child, () => errors);
		server.send({
			latencyMs: spec.latencyMs,
			...(spec.failLast ? { refusedPhone: row(spec.items - 1).phone } : {}),
		});
		await message(server);
		child.send('go');
		const result = await reply(child, () => errors);
		server.send({ count: true });
		const counts = /** @type {import('./server').Counts} */ (await message(server));
		const expected = spec.kind === 'read' || spec.dryRun ? 0 : spec.items;
		if (counts.requests !== expected) throw new Error(`${counts.requests} requests for ${spec.items} items`);
		return { ...result, ...counts };
	} catch (error) {
		throw new Error(`${spec.group}, ${NAMES[spec.kind]}: ${/** @type {Error} */ (error).message}`);
	} finally {
		clearTimeout(timer);
		child.kill();
	}
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exitCode = 1;
});
