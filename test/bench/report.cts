/** Turns the figures of sending into a table for the terminal and a page for docs/. */

import { NAMES, ROUNDS, count } from './cases.cts';
import { Figures, perItem, ratio, type Spread } from './figures.cts';
import { inColumns, inMarkdown, targetTable, verdicts } from './tables.cts';
import { facts, targets } from './targets.cts';
import type { Measured } from './run.cts';

const HEADINGS = [
	'',
	'ms per item',
	'CPU ms per item',
	'peak memory, MB',
	'connections',
	'most in flight',
	'first line’s time',
	'first line’s CPU',
];

/** @returns a line for each */
function lines(members: Measured[]): string[][] {
	const own = members.find(({ spec }) => spec.kind === 'oneTalk' || spec.kind === 'oneTalkAutomatic');
	const against = (one: Measured, time: 'wallMs' | 'cpuMs') =>
		own && own !== one ? `× ${show(ratio(own, one, time))}` : '';
	return members.map((one) => [
		nameOf(one, members),
		show(perItem(one, 'wallMs')),
		show(perItem(one, 'cpuMs')),
		(one.figures.peakBytes / 1e6).toFixed(0),
		one.spec.server === 'simulator' ? '' : count(one.figures.connections),
		count(one.figures.maxInFlight),
		against(one, 'wallMs'),
		against(one, 'cpuMs'),
	]);
}

/** Several of one kind in a table differ in how many are sent at a time. */
function nameOf({ spec }: Measured, members: Measured[]): string {
	const isOnly = members.filter((other) => other.spec.kind === spec.kind).length === 1;
	return isOnly ? NAMES[spec.kind] : `${NAMES[spec.kind]}, ${spec.concurrency} at a time`;
}

function show({ median, min, max }: Spread): string {
	return min === max ? median.toFixed(2) : `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

function blocks(all: Figures) {
	return all.groups.map(({ group, members }) => ({ title: group, lines: lines(members) }));
}

/** The figures, for the terminal. */
export function table(measured: Measured[]) {
	return inColumns(HEADINGS, blocks(new Figures(measured)));
}

/** The targets and facts, for the terminal. */
export function summary(measured: Measured[]) {
	const all = new Figures(measured);
	return [verdicts(targets(all)), '', ...facts(all)].join('\n');
}

/** The page for docs/. */
export function page(measured: Measured[], machine: string, date: Date) {
	const all = new Figures(measured);
	return `# Benchmark

Measured on ${date.toISOString().slice(0, 10)} with \`npm run bench\`: ${machine}.

The OneTalk node (Message: Send, text, with On Error: Stop) against two others that make the same POST from the same two
expressions per item: n8n's HTTP Request node, and a bare loop on n8n's request helper, which is the least that a node can do.
They run on n8n's own engine with its production expression engine, each case in a fresh process that has sent 200 messages
before. All cases are measured in turn, in ${ROUNDS} rounds; the heap, the simulator and the check of all rows are measured once.
A figure is the median of its rounds, with the smallest and the largest in parentheses. A ratio is worked out for each round, from two
cases that were measured within a minute or so of each other; shown are the median, the smallest and the largest ratio.
Time, CPU (all threads of n8n's process, none of the server's) and memory are those of the one node. The server, in a process of its own
on the same machine, is a bare one that answers as OneTalk does after the given time and counts, since the simulator has no TLS and
remembers every message; one table shows the simulator.

HTTP Request cannot bound what is in flight. *Batching* starts as many items as are compared at once, then waits as long as the
server takes (1 ms where it takes none); *default* starts all items at once.
Its credential is Header Auth unless said otherwise.

## Targets

${targetTable(targets(all))}

## What the figures mean

${facts(all)
	.map((fact) => `- ${fact}`)
	.join('\n')}

## Figures

${inMarkdown(HEADINGS, blocks(all))}

*Peak memory* is how far the process grew, with what V8 had not yet cleared away. *First line's time* and *CPU*: the first
line's divided by this line's.
`;
}
