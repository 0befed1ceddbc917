/**
 * Measures what n8n itself loses or starts twice when it crashes between storing a trigger's state and starting the
 * workflow. It is not a test: it prints figures.
 *
 *   node tools/run.js test/e2e/crash.cts [--kills 40] [--from 0] [--to 100] [--scheduler durable]
 *
 * Kills n8n repeatedly (SIGKILL), each time some ms after OneTalk has answered the poll that returns new cases, and starts
 * it again on the same folder. At the end it counts the executions that each case has started.
 */

import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice } from '../../tools/ensure.js';
import { FOLDER, startLab, type Lab } from './lab.cts';
import {
	Executions,
	SCHEDULERS,
	triggerWorkflow,
	untilPolled,
	versionOf,
	type StartedExecution,
} from './polling.cts';
import { pause } from './wait.cts';

/** New cases that one poll returns. */
const CASES = 3;
/** After this many ms, the executions that a poll starts have ended. */
const SETTLED_MS = 2000;

/** The fractional parts of its multiples are spread evenly, however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

interface Kill {
	/** how long after the answer n8n was killed */
	afterMs: number;
	/** that the poll returned */
	versions: string[];
	/** Unix ms */
	answeredAt: number;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			kills: { type: 'string', default: '40' },
			from: { type: 'string', default: '0' },
			to: { type: 'string', default: '100' },
			scheduler: { type: 'string', multiple: true, default: Object.keys(SCHEDULERS) },
		},
	});
	const [kills, from, to] = [values.kills, values.from, values.to].map(Number);
	const unknown = values.scheduler.find((name) => !Object.hasOwn(SCHEDULERS, name));
	if (![kills, from, to].every((n) => Number.isInteger(n) && n >= 0) || to < from || unknown !== undefined) {
		throw new Advice(
			`--kills, --from and --to take whole numbers (the last two in ms), --scheduler one of: ${Object.keys(SCHEDULERS).join(', ')}`,
		);
	}
	ensureBuilt();
	for (const name of values.scheduler) {
		console.log(
			`\nn8n polls from a schedule that is ${name}: ${kills} kills, ${from} to ${to} ms after the answer`,
		);
		const lab = await startLab('crash', { env: { N8N_LOG_LEVEL: 'info', ...SCHEDULERS[name] } });
		try {
			report(...(await crash(lab, kills, from, to)));
		} finally {
			await lab.stop();
		}
	}
	console.log(`\nThe data of the last n8n is in ${FOLDER}/crash.`);
}

/**
 * Kills n8n and starts it again, `count` times.
 * @param from earliest kill, in ms after the answer
 * @param to latest kill, in ms after the answer
 */
async function crash(
	lab: Lab,
	count: number,
	from: number,
	to: number,
): Promise<[kills: Kill[], executions: StartedExecution[]]> {
	const workflow = await triggerWorkflow(lab);
	const executions = new Executions(lab, workflow.id);
	await lab.api.publish(workflow);
	await untilPolled(lab, 3);
	const kills: Kill[] = [];
	for (let i = 0; i < count; i++) {
		const afterMs = from + Math.round(((i * GOLDEN_RATIO) % 1) * (to - from));
		const versions = Array.from({ length: CASES }, () => versionOf(lab.simulator.createCase()));
		const answeredAt = await nextAnswer(lab);
		await pause(Math.max(0, answeredAt + afterMs - Date.now()));
		await lab.killN8n();
		kills.push({ afterMs, versions, answeredAt });
		await lab.startN8n();
		await untilPolled(lab, 1, 120_000);
		await pause(SETTLED_MS);
		await executions.read();
		process.stdout.write('.');
	}
	console.log('');
	await untilPolled(lab, 2, 120_000);
	await pause(SETTLED_MS);
	return [kills, await executions.read()];
}

/** Waits until the next request has been answered; returns when that was, in Unix ms. */
async function nextAnswer(lab: Lab): Promise<number> {
	const already = lab.simulator.requests.length;
	const deadline = Date.now() + 120_000;
	for (;;) {
		const request = lab.simulator.requests.at(already);
		if (request && request.ms !== null) return request.at + request.ms;
		if (Date.now() > deadline) throw new Error('n8n has not polled for two minutes');
		await pause(1);
	}
}

/** Prints the outcome of every version. */
function report(kills: Kill[], executions: StartedExecution[]): void {
	/** by outcome, when n8n was killed, in ms after the answer */
	const outcomes = new Map<string, number[]>([
		['started before the kill', []],
		['started after the restart', []],
	]);
	/** from the answer to the start of the execution, in ms, where it started before the kill */
	const waits: number[] = [];
	for (const { afterMs, answeredAt, versions } of kills) {
		for (const version of versions) {
			const started = executions.filter(({ items }) => items.some((item) => versionOf(item) === version));
			const outcome = outcomeOf(started, answeredAt + afterMs);
			const wait = Date.parse(started[0]?.startedAt) - answeredAt;
			if (wait <= afterMs) waits.push(wait);
			outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), afterMs]);
		}
	}
	for (const [outcome, times] of outcomes) {
		const distinct = [...new Set(times)].sort((a, b) => a - b).join(', ');
		console.log(
			`  ${outcome.padEnd(26)} ${String(times.length).padStart(4)} of ${kills.length * CASES} versions${distinct && `  (n8n was killed after ${distinct} ms)`}`,
		);
	}
	if (waits.length > 0) {
		console.log(`  An execution began ${Math.min(...waits)} to ${Math.max(...waits)} ms after the answer.`);
	}
}

/**
 * What happened to a version.
 * @param started all executions that were started with it
 * @param killedAt Unix ms
 */
function outcomeOf(started: StartedExecution[], killedAt: number): string {
	if (started.length === 0) return 'lost';
	if (started.length > 1) return 'started twice or more';
	const [{ status, startedAt }] = started;
	if (status !== 'success') return `started, then ${status}`;
	return Date.parse(startedAt) > killedAt ? 'started after the restart' : 'started before the kill';
}

main().catch((error: unknown) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
