/**
 * `npm run bench [-- --quick | --full]`: the OneTalk node compared with n8n's HTTP Request node and a bare loop on n8n's request
 * helper, on the engine of a real n8n. Prints figures; without `--quick` it also writes docs/benchmark.md.
 *
 * `npm run bench -- --drain [--quick]`: the OneTalk Trigger reading a backlog; see drain/run.cts.
 *
 * `npm run bench -- --webhooks [--quick | --rounds 5]`: the webhook triggers under load; see webhooks/run.cts.
 */

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
import { forkScript } from './fork.cts';
import { page, table, summary } from './report.cts';
import { inProcess, inRounds, type Stage } from './rounds.cts';
import { layPackage, machine, message } from './stage.cts';
import { write } from './tables.cts';
import { webhooks } from './webhooks/run.cts';
import type { N8nProgram } from '../../tools/n8n-install.cts';
import type { Case } from './cases.cts';
import type { ChildProcess } from 'node:child_process';
import type { Result } from './child.cts';
import type { Addresses, Counts } from './server.cts';

export type Figures = Result & Counts;
export interface Measured {
	spec: Case;
	figures: Figures;
	runs: Figures[];
}

const LONGEST_CASE_MS = 3_600_000;

async function main() {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean' },
			full: { type: 'boolean' },
			drain: { type: 'boolean' },
			webhooks: { type: 'boolean' },
			rounds: { type: 'string', default: '5' },
		},
	});
	ensureInstalled();
	ensureBuilt();
	const n8n = await ensureN8n();
	if (values.drain) await drain(n8n, values.quick === true);
	else if (values.webhooks) await webhooks(n8n, values.quick === true, Number(values.rounds));
	else await send(n8n, values.quick ? 'quick' : values.full ? 'full' : 'default');
}

async function send(n8n: N8nProgram, mode: 'quick' | 'default' | 'full') {
	const cases = plan(mode);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onetalk-bench-'));

	let server: ChildProcess | undefined;
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
		const answering = forkScript(path.join(__dirname, 'server.cts'), n8n.node, {
			env: { ...process.env, BENCH_SERVER: JSON.stringify(certificate) },
		});
		server = answering;
		const addresses = await message<Addresses>(answering);
		const measured = await inRounds(cases, (spec) => measure(spec, stage, answering, addresses), line);
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (mode !== 'quick') write('benchmark.md', page(measured, machine(n8n), new Date()));
	} finally {
		server?.disconnect();
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

async function measure(
	spec: Case,
	stage: Stage,
	server: ChildProcess,
	addresses: Addresses,
): Promise<Figures> {
	const { apiKey } = addresses;
	try {
		const order = { spec, apiKey, baseUrl: addresses[spec.server] };
		const result = await inProcess<Result>(path.join(__dirname, 'child.cts'), stage, order, async () => {
			server.send({
				latencyMs: spec.latencyMs,
				...(spec.failLast ? { refusedPhone: row(spec.items - 1).phone } : {}),
			});
			await message(server);
		});
		server.send({ count: true });
		const counts = await message<Counts>(server);
		const expected = spec.kind === 'read' || spec.dryRun ? 0 : spec.items;
		if (counts.requests !== expected) throw new Error(`${counts.requests} requests for ${spec.items} items`);
		return { ...result, ...counts };
	} catch (error) {
		throw new Error(`${spec.group}, ${NAMES[spec.kind]}: ${(error as Error).message}`);
	}
}

function line({ group, kind, items }: Case, { wallMs, cpuMs }: Figures) {
	const perItem = (ms: number) => (ms / items).toFixed(2);
	return `${group}: ${NAMES[kind]}  ${perItem(wallMs)} ms, CPU ${perItem(cpuMs)} ms per item`;
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exitCode = 1;
});
