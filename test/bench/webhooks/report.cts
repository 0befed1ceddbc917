/** Turns the figures of the webhook triggers into a table for the terminal and a page for docs/. */

import { loadavg } from 'node:os';
import { median } from '../rounds.cts';
import { inColumns, inMarkdown, targetTable, verdicts, type Block, type Target } from '../tables.cts';
import { CASE_NAMES, CASES, ENGINE_NAMES, ENGINES, type CaseName, type EngineName } from './cases.cts';
import { AT_A_TIME, type Round } from './run.cts';

const HEADINGS = [
	'',
	'CPU ms per delivery',
	'CPU, of one expression',
	'CPU, of no expression',
	'isolates per delivery',
	'p50 ms',
	'p99 ms',
	'p50, of one expression',
	'p99, of one expression',
];

const MOST_CPU = 1.1;
/** A background task of n8n may create an isolate too. */
const SLACK = 0.05;

const TRIGGERS = ['chatbot', 'organization'] as const;

const OWN_EXPRESSION =
	'n8n works out an expression of its own for every webhook node of version 1, whether to leave its body alone. Only with it can the triggers compare the secret before the body is read, so they keep version 1';

interface Spread {
	median: number;
	from: number;
	to: number;
}

function spreadOf(values: number[]): Spread {
	return { median: median(values), from: Math.min(...values), to: Math.max(...values) };
}

const show = ({ median: middle, from, to }: Spread, digits: number) =>
	`${middle.toFixed(digits)} (${from.toFixed(digits)}–${to.toFixed(digits)})`;
const times = (spread: Spread) => `× ${show(spread, 2)}`;

/** The part of the values that are not above the result, for example 0.99. */
function percentile(values: number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
}

/** The measured rounds, with ways to select and compare them. */
class Figures {
	constructor(private readonly all: Round[]) {}

	/** One figure of a case in every round. */
	private values(engine: EngineName, name: CaseName, of: (round: Round) => number): number[] {
		return this.all.filter((one) => one.engine === engine && one.name === name).map(of);
	}

	spread(engine: EngineName, name: CaseName, of: (round: Round) => number): Spread {
		return spreadOf(this.values(engine, name, of));
	}

	/** One case against another, round by round, so that changes on the machine affect both alike. */
	ratio(engine: EngineName, name: CaseName, other: CaseName, of: (round: Round) => number): Spread {
		const others = this.values(engine, other, of);
		return spreadOf(this.values(engine, name, of).map((value, i) => value / others[i]));
	}

	/** Of all deliveries of a case, in all rounds. */
	latency(engine: EngineName, name: CaseName, part: number): number {
		const rounds = this.all.filter((one) => one.engine === engine && one.name === name);
		return percentile(
			rounds.flatMap(({ latencies }) => latencies),
			part,
		);
	}

	get rounds(): number {
		return Math.max(...this.all.map(({ round }) => round));
	}

	get deliveries(): number {
		return this.all[0].latencies.length;
	}
}

const cpu = (round: Round) => round.cpuMs;
const isolates = (round: Round) => round.isolates;
const p50 = ({ latencies }: Round) => percentile(latencies, 0.5);
const p99 = ({ latencies }: Round) => percentile(latencies, 0.99);

function lineOf(all: Figures, engine: EngineName, name: CaseName): string[] {
	return [
		CASES[name],
		show(all.spread(engine, name, cpu), 1),
		times(all.ratio(engine, name, 'expression', cpu)),
		times(all.ratio(engine, name, 'static', cpu)),
		all.spread(engine, name, isolates).median.toFixed(2),
		all.latency(engine, name, 0.5).toFixed(0),
		all.latency(engine, name, 0.99).toFixed(0),
		times(all.ratio(engine, name, 'expression', p50)),
		times(all.ratio(engine, name, 'expression', p99)),
	];
}

function blocks(all: Figures): Block[] {
	return ENGINE_NAMES.map((engine) => ({
		title: ENGINES[engine].title,
		lines: CASE_NAMES.map((name) => lineOf(all, engine, name)),
	}));
}

function targets(all: Figures): Target[] {
	const against = (
		name: CaseName,
		engine: EngineName,
		other: 'expression' | 'static',
		why?: string,
	): Target => {
		const found = all.ratio(engine, name, other, cpu);
		const what = { expression: 'one expression', static: 'no expression' }[other];
		return {
			what: `CPU of the ${CASES[name]}, against n8n’s Webhook node with ${what}, ${ENGINES[engine].title}`,
			target: `at most × ${MOST_CPU}`,
			found: times(found),
			reached: found.median <= MOST_CPU,
			why,
		};
	};
	const ofCpu = TRIGGERS.flatMap((name) => [
		against(name, 'vm', 'expression'),
		against(name, 'lazy', 'expression'),
		against(name, 'lazy', 'static', OWN_EXPRESSION),
	]);
	const ofIsolates = TRIGGERS.map((name) => {
		const found = all.spread('vm', name, isolates).median;
		const own = all.spread('vm', 'expression', isolates).median;
		return {
			what: `isolates per delivery of the ${CASES[name]}, with a secret, against n8n’s Webhook node with one expression`,
			target: 'none more',
			found: `${found.toFixed(2)} against ${own.toFixed(2)}`,
			reached: found <= own + SLACK,
		};
	});
	return [...ofCpu, ...ofIsolates];
}

function facts(all: Figures): string[] {
	const against = (engine: EngineName, name: CaseName) => times(all.ratio(engine, name, 'static', cpu));
	return [
		`Against a Webhook node without any expression, with n8n’s default settings: the Webhook Trigger takes ${against('vm', 'organization')} of its CPU, the Chatbot Trigger ${against('vm', 'chatbot')}. n8n creates an isolate, a small JavaScript engine of its own for expressions, when a webhook node starts, unless it is n8n’s own Webhook node without expressions. A community node cannot change that.`,
		`With \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\` n8n creates an isolate only where an expression is worked out. Then it is ${against('lazy', 'organization')} and ${against('lazy', 'chatbot')}, since n8n itself works out one for each webhook node of version 1. With \`N8N_EXPRESSION_ENGINE=legacy\`, without isolates, it is ${against('legacy', 'organization')} and ${against('legacy', 'chatbot')}.`,
		`With n8n’s default settings, n8n creates one more isolate to read a credential, as for its Webhook node with Header Auth. The triggers keep the digest of the secret for 30 seconds, so they read the credential only twice a minute.`,
		`With n8n’s default settings, a repeated delivery costs ${show(all.spread('vm', 'repeat', cpu), 1)} ms of CPU, and one with a wrong secret ${show(all.spread('vm', 'refused', cpu), 1)} ms.`,
	];
}

/** The figures, for the terminal. */
export function table(measured: Round[]): string {
	return inColumns(HEADINGS, blocks(new Figures(measured)));
}

/** The targets and facts, for the terminal. */
export function summary(measured: Round[]): string {
	const all = new Figures(measured);
	return [verdicts(targets(all)), '', ...facts(all)].join('\n');
}

/** The page for docs/. */
export function page(measured: Round[], machine: string, date: Date): string {
	const all = new Figures(measured);
	return `# Benchmark: the webhook triggers

Measured on ${date.toISOString().slice(0, 10)} with \`npm run bench -- --webhooks\`: ${machine}.

What one delivery costs n8n at the OneTalk Webhook Trigger and the OneTalk Chatbot Trigger, compared with n8n’s own Webhook node. Each
workflow is its trigger and a No Operation node; executions are saved, in SQLite. The deliveries come ${AT_A_TIME} at a time, each on a connection
of its own. Three n8n with different settings run at once, and the cases take turns: ${all.rounds} rounds of ${all.deliveries} deliveries each, after one
round that does not count. CPU is that of n8n’s process, all threads, from the first delivery until all executions have ended.

Figures are medians over the rounds, with the lowest and the highest in parentheses; *of one expression* and *of no expression* are ratios to n8n’s
Webhook node, taken within each round. p50 and p99 are those of the time until the answer, over all rounds. Other work on the machine changes
the figures, latencies most of all; compare those of one table only. The load average of the machine was ${loadavg()[2].toFixed(0)} over the last 15 minutes.

## Targets

${targetTable(targets(all))}

## What the figures mean

${facts(all)
	.map((fact) => `- ${fact}`)
	.join('\n')}

## Figures

${inMarkdown(HEADINGS, blocks(all))}
`;
}
