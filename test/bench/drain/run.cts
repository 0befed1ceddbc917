/**
 * `npm run bench -- --drain [--quick]`: the OneTalk Trigger reading a backlog of cases from a date on, compared with the simplest
 * loop on n8n's request helper. Prints figures; without `--quick` it also writes docs/benchmark-drain.md.
 */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { forkScript } from '../fork.cts';
import { inProcess, inRounds, type Stage } from '../rounds.cts';
import { layPackage, machine, message } from '../stage.cts';
import { write } from '../tables.cts';
import { WARM_UP } from './backlog.cts';
import { page, summary, table } from './report.cts';
import type { ChildProcess } from 'node:child_process';
import type { Result } from './child.cts';
import type { Counts, Order } from './server.cts';
import type { N8nProgram } from '../../../tools/n8n-install.cts';

/** One drain of a backlog. */
export interface Case {
	kind: 'trigger' | 'loop';
	/** The size of the backlog. */
	cases: number;
	/** The server's response time. */
	latencyMs: number;
	/** Measures the heap after every poll, which makes the times of this run meaningless. */
	looksAtHeap: boolean;
	repeats: number;
}

export type Figures = Result & Counts;
export interface Measured {
	spec: Case;
	figures: Figures;
}

const LONGEST_CASE_MS = 600_000;

function plan(quick: boolean): Case[] {
	const kinds = ['trigger', 'loop'] as const;
	return (quick ? [10_000] : [10_000, 100_000]).flatMap((cases) => [
		...[0, 20].flatMap((latencyMs) =>
			kinds.map((kind) => ({ kind, cases, latencyMs, looksAtHeap: false, repeats: quick ? 1 : 3 })),
		),
		...kinds.map((kind) => ({ kind, cases, latencyMs: 0, looksAtHeap: true, repeats: 1 })),
	]);
}

export async function drain(n8n: N8nProgram, quick: boolean): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-bench-'));

	let server: ChildProcess | undefined;
	try {
		layPackage(folder, n8n);
		const answering = forkScript(path.join(__dirname, 'server.cts'), n8n.node);
		server = answering;
		const stage = { node: n8n.node, packageFolder: folder, longestMs: LONGEST_CASE_MS };
		const baseUrl = await message<string>(answering);
		const measured = await inRounds(plan(quick), (spec) => measure(spec, stage, answering, baseUrl), line);
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (!quick) write('benchmark-drain.md', page(measured, machine(n8n), new Date()));
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(spec: Case, stage: Stage, server: ChildProcess, baseUrl: string): Promise<Figures> {
	const prepare = async (order: Order) => {
		server.send(order);
		await message(server);
	};
	try {
		await prepare({ cases: WARM_UP });
		const order = { spec, apiKey: 'benchmark-key', baseUrl };
		const result = await inProcess<Result>(
			path.join(__dirname, 'child.cts'),
			stage,
			order,
			async () => await prepare({ cases: spec.cases, latencyMs: spec.latencyMs }),
		);
		server.send({ count: true });
		return { ...result, ...(await message<Counts>(server)) };
	} catch (error) {
		throw new Error(`${spec.cases} cases, ${spec.kind}: ${(error as Error).message}`);
	}
}

function line({ cases, latencyMs, looksAtHeap, kind }: Case, { polls, requests, wallMs, cpuMs }: Figures) {
	const what = `${cases} cases, ${latencyMs} ms${looksAtHeap ? ', heap' : ''}: ${kind}`;
	return `${what}  ${polls} polls, ${requests} requests, ${(wallMs / 1000).toFixed(1)} s, CPU ${(cpuMs / cases).toFixed(3)} ms per case`;
}
