/*
 * What n8n itself loses or doubles when it ends between saving what a trigger remembers and starting the workflow:
 *
 *   node test/e2e/crash.js [--kills 40] [--from 0] [--to 100] [--scheduler durable]
 *
 * Kills n8n again and again (SIGKILL), each time so many ms after OneTalk has answered the poll that brings new cases, and starts
 * it again on the same folder. At the end it looks which cases have started an execution, and how many. It is no test: it
 * measures n8n, and prints figures.
 */

import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../tools/build.cts';
import { Advice } from '../../tools/ensure.js';
import { FOLDER, pause, startLab } from './lab.cts';
import { Executions, SCHEDULERS, triggerWorkflow, untilPolled, versionOf } from './polling.cts';

/** @typedef {import('./lab.cts').Lab} Lab */

/** New cases that one poll brings. */
const CASES = 3;
/** What a poll has handed to n8n has started and ended after this many ms. */
const SETTLED_MS = 2000;

/** Multiples of it, without their whole part, are spread evenly however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * @typedef {object} Kill
 * @property {number} afterMs how long after the answer n8n was killed
 * @property {string[]} versions that the poll brought
 * @property {number} answeredAt Unix ms
 */

async function main() {
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
	ensureInstalled();
	ensureBuilt();
	for (const name of /** @type {(keyof typeof SCHEDULERS)[]} */ (values.scheduler)) {
		console.log(`\nn8n polls from a schedule ${name}: ${kills} kills, ${from} to ${to} ms after the answer`);
		const lab = await startLab('crash', { env: { N8N_LOG_LEVEL: 'info', ...SCHEDULERS[name] } });
		try {
			report(...(await crash(lab, kills, from, to)));
		} finally {
			await lab.stop();
		}
	}
	console.log(`\nThe last n8n is left in ${FOLDER}/crash.`);
}

/**
 * @param {Lab} lab
 * @param {number} count of kills
 * @param {number} from ms after the answer
 * @param {number} to ms after the answer
 * @returns {Promise<[Kill[], import('./polling.cts').Execution[]]>}
 */
async function crash(lab, count, from, to) {
	const workflow = await triggerWorkflow(lab);
	const executions = new Executions(lab, workflow.id);
	await lab.api.publish(workflow);
	await untilPolled(lab, 3);
	/** @type {Kill[]} */
	const kills = [];
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

/**
 * @param {Lab} lab
 * @returns {Promise<number>} when the next request that arrives was answered, Unix ms
 */
async function nextAnswer(lab) {
	const already = lab.simulator.requests.length;
	const deadline = Date.now() + 120_000;
	for (;;) {
		const request = lab.simulator.requests.at(already);
		if (request && request.ms !== null) return request.at + request.ms;
		if (Date.now() > deadline) throw new Error('n8n has not polled for two minutes');
		await pause(1);
	}
}

/**
 * Prints what became of the versions.
 * @param {Kill[]} kills
 * @param {import('./polling.cts').Execution[]} executions
 */
function report(kills, executions) {
	/** @type {Map<string, number[]>} by outcome, the times of the kills */
	const outcomes = new Map([
		['started before the kill', []],
		['started after the restart', []],
	]);
	/** From the answer to the start of the execution, where it was before the kill, in ms. @type {number[]} */
	const waits = [];
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
 * @param {import('./polling.cts').Execution[]} started all executions that were started with a version
 * @param {number} killedAt Unix ms
 * @returns {string}
 */
function outcomeOf(started, killedAt) {
	if (started.length === 0) return 'lost';
	if (started.length > 1) return 'doubled';
	const [{ status, startedAt }] = started;
	if (status !== 'success') return `started, then ${status}`;
	return Date.parse(startedAt) > killedAt ? 'started after the restart' : 'started before the kill';
}

main().catch((error) => {
	console.error(error instanceof Advice ? error.message : error);
	process.exit(1);
});
