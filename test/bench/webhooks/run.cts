/**
 * `npm run bench -- --webhooks [--quick | --rounds 5]`: what a delivery costs n8n at the webhook triggers, compared with n8n's own Webhook
 * node, in a real n8n with three settings of its expression engine. Linux only, since CPU is read from /proc. Prints figures;
 * without `--quick` it also writes docs/benchmark-webhooks.md.
 */

import fs from 'node:fs';
import path from 'node:path';
import { FOLDER, startLab, type Lab } from '../../e2e/lab.cts';
import { inParallel } from '../../e2e/webhooks/deliver.cts';
import type { N8nProgram } from '../../../tools/n8n-install.cts';
import { machine } from '../stage.cts';
import { write } from '../tables.cts';
import {
	CASE_NAMES,
	CASES,
	ENGINE_NAMES,
	ENGINES,
	publishCases,
	type CaseName,
	type EngineName,
	type Target,
} from './cases.cts';
import { cpuMs, untilIdle } from './process.cts';
import { page, summary, table } from './report.cts';

export const AT_A_TIME = 50;

/** Of each case in a round, and in the round before the first one. */
const DELIVERIES = 50;
const WARM_UP = 15;

/** One case in one round. */
export interface Round {
	engine: EngineName;
	name: CaseName;
	round: number;
	/** Of n8n's process, per delivery. */
	cpuMs: number;
	/** Per delivery: how many isolates n8n has created for expressions. */
	isolates: number;
	/** Of each delivery, in ms until the whole answer was there. */
	latencies: number[];
}

/** An n8n with one setting. */
interface Stage {
	engine: EngineName;
	lab: Lab;
	/** Gets a byte for each isolate. */
	isolatesFile: string;
}

interface PreparedStage extends Stage {
	targets: Record<CaseName, Target>;
}

/** @param wanted how many rounds, if it is not quick */
export async function webhooks(n8n: N8nProgram, quick: boolean, wanted: number): Promise<void> {
	const rounds = quick ? 1 : wanted;
	const labs: Lab[] = [];
	try {
		const stages: PreparedStage[] = [];
		for (const engine of ENGINE_NAMES) {
			const stage = await start(engine);
			labs.push(stage.lab);
			stages.push({ ...stage, targets: await publishCases(stage.lab) });
		}
		const measured: Round[] = [];
		// the first round warms up
		for (let round = 0; round <= rounds; round++) {
			for (const stage of stages) {
				for (const name of round % 2 === 0 ? CASE_NAMES : CASE_NAMES.toReversed()) {
					const one = await measure(stage, name, round, round === 0 ? WARM_UP : DELIVERIES);
					if (round > 0) measured.push(one);
					console.log(
						`round ${round} of ${rounds}, ${stage.engine}, ${CASES[name]}: CPU ${one.cpuMs.toFixed(1)} ms, ${one.isolates.toFixed(2)} isolates per delivery`,
					);
				}
			}
		}
		fs.writeFileSync(path.join(FOLDER, 'bench-webhooks.json'), JSON.stringify(measured));
		console.log(`\n${table(measured)}\n\n${summary(measured)}`);
		if (!quick) write('benchmark-webhooks.md', page(measured, machine(n8n), new Date()));
	} finally {
		for (const lab of labs) await lab.stop();
	}
}

async function start(engine: EngineName): Promise<Stage> {
	const name = `bench-webhooks-${engine}`;
	const isolatesFile = path.join(FOLDER, `${name}.isolates`);
	fs.mkdirSync(FOLDER, { recursive: true });
	fs.writeFileSync(isolatesFile, '');
	const lab = await startLab(name, {
		env: {
			...ENGINES[engine].env,
			N8N_LOG_LEVEL: 'error',
			NODE_OPTIONS: `--require ${JSON.stringify(path.join(__dirname, 'countIsolates.js'))}`,
			BENCH_ISOLATES: isolatesFile,
		},
	});
	return { engine, lab, isolatesFile };
}

async function measure(
	{ engine, lab, targets, isolatesFile }: PreparedStage,
	name: CaseName,
	round: number,
	deliveries: number,
): Promise<Round> {
	const { deliver, expected } = targets[name];
	const isolates = () => fs.statSync(isolatesFile).size;
	await untilIdle(lab.pid);
	const before = { cpu: cpuMs(lab.pid), isolates: isolates() };
	const timed = async () => {
		const startedAt = performance.now();
		const { status } = await deliver();
		if (status !== expected) throw new Error(`${engine}, ${CASES[name]}: answered with ${status}`);
		return performance.now() - startedAt;
	};
	const latencies = await inParallel(
		Array.from({ length: deliveries }, () => timed),
		AT_A_TIME,
	);
	await untilIdle(lab.pid);
	return {
		engine,
		name,
		round,
		cpuMs: (cpuMs(lab.pid) - before.cpu) / deliveries,
		isolates: (isolates() - before.isolates) / deliveries,
		latencies,
	};
}
