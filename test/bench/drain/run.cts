/*
 * npm run bench -- --drain [--quick]: the OneTalk Trigger reading a backlog of cases from a date on, against the simplest loop
 * that can be written on n8n's request helper. Prints figures; without --quick it also writes docs/benchmark-drain.md.
 */

import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inProcess, inRounds } from '../rounds.cts';
import { layPackage, machine, message } from '../stage.cts';
import { write } from '../tables.cts';
import { WARM_UP } from './backlog.cts';
import { page, summary, table } from './report.cts';

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
 * @typedef {import('./child.cts').Result & import('./server.cts').Counts} Figures
 * @typedef {{ spec: Case, figures: Figures }} Measured
 */

const LONGEST_CASE_MS = 600_000;

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
 * @param {import('../../../tools/n8n-install.cts').N8nProgram} n8n
 * @param {boolean} quick
 */
async function drain(n8n, quick) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-bench-'));
	/** @type {ChildProcess | undefined} */
	let server;
	try {
		layPackage(folder, n8n);
		const answering = fork(path.join(__dirname, 'server.js'), { execPath: n8n.node });
		server = answering;
		const stage = { node: n8n.node, packageFolder: folder, longestMs: LONGEST_CASE_MS };
		const baseUrl = await message(answering);
		const measured = await inRounds(plan(quick), (spec) => measure(spec, stage, answering, baseUrl), line);
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (!quick) write('benchmark-drain.md', page(measured, machine(n8n), new Date()));
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * @param {Case} spec
 * @param {import('../rounds.cts').Stage} stage
 * @param {ChildProcess} server
 * @param {string} baseUrl
 * @returns {Promise<Figures>}
 */
async function measure(spec, stage, server, baseUrl) {
	const prepare = async (/** @type {import('./server.cts').Order} */ order) => {
		server.send(order);
		await message(server);
	};
	try {
		await prepare({ cases: WARM_UP });
		const order = { spec, apiKey: 'benchmark-key', baseUrl };
		const result = await inProcess(
			path.join(__dirname, 'child.js'),
			stage,
			order,
			async () => await prepare({ cases: spec.cases, latencyMs: spec.latencyMs }),
		);
		server.send({ count: true });
		return { ...result, ...(await message(server)) };
	} catch (error) {
		throw new Error(`${spec.cases} cases, ${spec.kind}: ${/** @type {Error} */ (error).message}`);
	}
}

/**
 * @param {Case} spec
 * @param {Figures} figures
 */
function line({ cases, latencyMs, looksAtHeap, kind }, { polls, requests, wallMs, cpuMs }) {
	const what = `${cases} cases, ${latencyMs} ms${looksAtHeap ? ', heap' : ''}: ${kind}`;
	return `${what}  ${polls} polls, ${requests} requests, ${(wallMs / 1000).toFixed(1)} s, CPU ${(cpuMs / cases).toFixed(3)} ms per case`;
}

export { drain };
