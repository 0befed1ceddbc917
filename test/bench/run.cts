/*
 * npm run bench [-- --quick | --full]: the OneTalk node against n8n's HTTP Request node and a bare loop on n8n's request
 * helper, on the engine of a real n8n. Prints figures; without --quick it also writes docs/benchmark.md.
 *
 * npm run bench -- --drain [--quick]: the OneTalk Trigger reading a backlog; see drain/run.js.
 */

import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice, ensureInstalled } from '../../tools/ensure';
import { ensureN8n } from '../../tools/n8n-install.cts';
import { NAMES, plan } from './cases.cts';
import { selfSigned } from './certificate.cts';
import { drain } from './drain/run.cts';
import { row } from './engine.cts';
import { page, table, summary } from './report.cts';
import { inProcess, inRounds } from './rounds.cts';
import { layPackage, machine, message } from './stage.cts';
import { write } from './tables.cts';

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {import('./cases.cts').Case} Case
 * @typedef {import('./child.cts').Result & import('./server.cts').Counts} Figures
 * @typedef {{ spec: Case, figures: Figures, runs: Figures[] }} Measured
 */

const LONGEST_CASE_MS = 3_600_000;

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
 * @param {import('../../tools/n8n-install.cts').N8nProgram} n8n
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
		const certificateFile = path.join(folder, 'certificate.pem');
		fs.writeFileSync(certificateFile, certificate.cert);
		const stage = {
			node: n8n.node,
			packageFolder: folder,
			longestMs: LONGEST_CASE_MS,
			env: { NODE_EXTRA_CA_CERTS: certificateFile },
		};
		const answering = fork(path.join(__dirname, 'server.js'), {
			execPath: n8n.node,
			env: { ...process.env, BENCH_SERVER: JSON.stringify(certificate) },
		});
		server = answering;
		const addresses = /** @type {import('./server.cts').Addresses} */ (await message(answering));
		const measured = await inRounds(cases, (spec) => measure(spec, stage, answering, addresses), line);
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (mode !== 'quick') write('benchmark.md', page(measured, machine(n8n), new Date()));
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @param {Case} spec
 * @param {import('./rounds.cts').Stage} stage
 * @param {ChildProcess} server
 * @param {import('./server.cts').Addresses} addresses
 * @returns {Promise<Figures>}
 */
async function measure(spec, stage, server, addresses) {
	const { apiKey } = addresses;
	try {
		const order = { spec, apiKey, baseUrl: addresses[spec.server] };
		const result = await inProcess(path.join(__dirname, 'child.js'), stage, order, async () => {
			server.send({
				latencyMs: spec.latencyMs,
				...(spec.failLast ? { refusedPhone: row(spec.items - 1).phone } : {}),
			});
			await message(server);
		});
		server.send({ count: true });
		const counts = /** @type {import('./server.cts').Counts} */ (await message(server));
		const expected = spec.kind === 'read' || spec.dryRun ? 0 : spec.items;
		if (counts.requests !== expected) throw new Error(`${counts.requests} requests for ${spec.items} items`);
		return { ...result, ...counts };
	} catch (error) {
		throw new Error(`${spec.group}, ${NAMES[spec.kind]}: ${/** @type {Error} */ (error).message}`);
	}
}

/**
 * @param {Case} spec
 * @param {Figures} figures
 */
function line({ group, kind, items }, { wallMs, cpuMs }) {
	const perItem = (/** @type {number} */ ms) => (ms / items).toFixed(2);
	return `${group}: ${NAMES[kind]}  ${perItem(wallMs)} ms, CPU ${perItem(cpuMs)} ms per item`;
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exitCode = 1;
});
