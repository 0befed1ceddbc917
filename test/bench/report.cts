/** Turns the figures of sending into a table for the terminal and a page for docs/. */

import { NAMES, count } from './cases.cts';
import { Figures, cpu, wall } from './figures.cts';
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
	'OneTalk’s time',
	'OneTalk’s CPU',
];

/** @returns a line for each */
function lines(members: Measured[]): string[][] {
	const own = members.find(({ spec }) => spec.kind === 'oneTalk');
	return members.map((one) => [
		NAMES[one.spec.kind],
		wall(one).toFixed(2),
		cpu(one).toFixed(2),
		(one.figures.peakBytes / 1e6).toFixed(0),
		one.spec.server === 'simulator' ? '' : count(one.figures.connections),
		count(one.figures.maxInFlight),
		own && own !== one ? `× ${(wall(own) / wall(one)).toFixed(2)}` : '',
		own && own !== one ? `× ${(cpu(own) / cpu(one)).toFixed(2)}` : '',
	]);
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
before, in rounds. Up to 1,000 items the figures are medians of three runs, but for the heap and the simulator, which like 10,000
items were measured once. Time, CPU (all threads of n8n's process, none of the server's) and memory are those of the one node. The server, in a process of its own on the same machine, is a bare one that answers as OneTalk does after the
given time and counts, since the simulator has no TLS and remembers every message; one table shows the simulator.

HTTP Request cannot bound what is in flight. *Batching* starts as many items as are compared at once, then waits as long as the
server takes (1 ms where it takes none); *default* starts all items at once.
Its credential is Header Auth unless said otherwise, which n8n adds to the request without working out an expression.
Other work on the machine changes the figures; compare those of one table only.

## Targets

${targetTable(targets(all))}

## What the figures mean

${facts(all)
	.map((fact) => `- ${fact}`)
	.join('\n')}

## Figures

${inMarkdown(HEADINGS, blocks(all))}

*Peak memory* is how far the process grew, with what V8 had not yet cleared away. *OneTalk's time* and *CPU*: times the other's.
`;
}
