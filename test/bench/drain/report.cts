/** Turns the figures of draining a backlog into a table for the terminal and a page for docs/. */

import { inColumns, inMarkdown, targetTable, verdicts, type Block, type Target } from '../tables.cts';
import { PAGE } from './backlog.cts';
import type { Case, Measured } from './run.cts';

const NAMES = { trigger: 'OneTalk Trigger', loop: 'simplest loop' };

const HEADINGS = [
	'',
	'polls',
	'requests',
	'of the least',
	'seconds',
	'of the floor',
	'longest poll, ms',
	'CPU ms per case',
	'peak memory, MB',
	'heap after a poll, MB',
	'state, KB',
	'given twice',
];

/** The time for one poll, in ms: n8n's durable scheduler abandons a poll after 45 s and asks it to finish in 36 s. */
const TIME_FOR_A_POLL = 36_000;
const MOST_REQUESTS = 1.05;
const MOST_GROWTH_MB = 5;

const count = (n: number) => n.toLocaleString('en-US');
const times = (ratio: number) => `× ${ratio.toFixed(2)}`;
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const leastRequests = ({ cases }: Case) => Math.ceil(cases / PAGE);
const floorMs = (spec: Case) => leastRequests(spec) * spec.latencyMs;

function select(measured: Measured[], wanted: Partial<Case>) {
	return measured.filter(({ spec }) =>
		Object.entries(wanted).every(([name, value]) => spec[name as keyof Case] === value),
	);
}

/** The runs that are compared with each other, the trigger first. */
function blocks(measured: Measured[]): Block[] {
	const timed = select(measured, { looksAtHeap: false });
	return select(timed, { kind: 'trigger' }).map(({ spec: { cases, latencyMs } }) => ({
		title: `${count(cases)} cases, ${latencyMs} ms`,
		lines: lines(measured, select(timed, { cases, latencyMs })),
	}));
}

/** @returns a line for each, and one that compares them */
function lines(all: Measured[], members: Measured[]): string[][] {
	const lineOf = ({ spec, figures }: Measured) => {
		const [heap] = select(all, { kind: spec.kind, cases: spec.cases, looksAtHeap: true });
		return [
			NAMES[spec.kind],
			count(figures.polls),
			count(figures.requests),
			times(figures.requests / leastRequests(spec)),
			(figures.wallMs / 1000).toFixed(2),
			spec.latencyMs === 0 ? '' : times(figures.wallMs / floorMs(spec)),
			count(Math.round(figures.longestMs)),
			(figures.cpuMs / spec.cases).toFixed(3),
			megabytes(figures.peakBytes),
			megabytes(heap.figures.heapBytes),
			(figures.stateBytes / 1000).toFixed(1),
			count(figures.doubled),
		];
	};
	const [own, loop] = members.map(({ figures }) => figures);
	const against = (name: 'polls' | 'requests' | 'wallMs' | 'longestMs' | 'cpuMs' | 'peakBytes') =>
		times(own[name] / loop[name]);
	const ratios = {
		0: 'trigger : loop',
		1: against('polls'),
		2: against('requests'),
		4: against('wallMs'),
		6: against('longestMs'),
		7: against('cpuMs'),
		8: against('peakBytes'),
	};
	return [...members.map(lineOf), HEADINGS.map((_, i) => (ratios as Record<number, string>)[i] ?? '')];
}

/** The figures, for the terminal. */
export function table(measured: Measured[]) {
	return inColumns(HEADINGS, blocks(measured));
}

/** The targets of the trigger. */
function targets(measured: Measured[]): Target[] {
	const own = select(measured, { kind: 'trigger', looksAtHeap: false });
	const heaps = select(measured, { kind: 'trigger', looksAtHeap: true }).map(
		({ figures }) => figures.heapBytes,
	);
	const requests = Math.max(...own.map(({ spec, figures }) => figures.requests / leastRequests(spec)));
	const longest = Math.max(...own.map(({ figures }) => figures.longestMs));
	const doubled = Math.max(...own.map(({ figures }) => figures.doubled));
	const growth = (Math.max(...heaps) - heaps[0]) / 1e6;
	return [
		{
			what: 'requests, against the least that pages of 100 allow',
			target: `at most ${times(MOST_REQUESTS)}`,
			found: `${times(requests)} at most`,
			reached: requests <= MOST_REQUESTS,
		},
		{
			what: 'heap in use after a poll, from the smallest backlog to the largest',
			target: `at most ${MOST_GROWTH_MB} MB more`,
			found: `${growth.toFixed(1)} MB more`,
			reached: growth <= MOST_GROWTH_MB,
		},
		{
			what: "the longest poll, against n8n's shortest time for one",
			target: `at most ${TIME_FOR_A_POLL / 1000} s`,
			found: `${(longest / 1000).toFixed(2)} s`,
			reached: longest <= TIME_FOR_A_POLL,
		},
		{
			what: 'every case given once',
			target: 'none twice',
			found: `${count(doubled)} twice`,
			reached: doubled === 0,
		},
	];
}

/** The targets, for the terminal. */
export function summary(measured: Measured[]) {
	return verdicts(targets(measured));
}

/** The page for docs/. */
export function page(measured: Measured[], machine: string, date: Date) {
	return `# Benchmark: draining a backlog

Measured on ${date.toISOString().slice(0, 10)} with \`npm run bench -- --drain\`: ${machine}.

The OneTalk Trigger, told to start at a date, reads all cases since then: poll after poll without a pause, on n8n's own poll
context, with what it remembers carried over as JSON as in n8n's database. Beside it the simplest loop that can be written on
n8n's request helper: from the last time on, page by page, ${count(10 * PAGE)} cases in a poll as the trigger takes them. Each run is a
fresh process that has drained a small backlog before; the figures are medians of three.

The server is a bare one in a process of its own on the same machine. It hands out pages of ${PAGE} from memory after the given time,
the time asked for included, and counts. The least requests are the cases divided by ${PAGE}; the floor is those requests times the
server's time for one.

## Targets

${targetTable(targets(measured))}

## Figures

${inMarkdown(HEADINGS, blocks(measured))}

*Heap after a poll* is the most that was in use between two polls over what was before, from a run of its own: it is what draining
really takes, and must not grow with the backlog. *Peak memory* is how far the process grew in all, most of it used memory that V8
had not yet cleared away; it clears more often where there is less room. *State* is what the trigger keeps in n8n's static data, as JSON.
*Given twice* are cases that had been there before; each of them would start a workflow again.
CPU is that of all threads of the process, none of the server's. Other work on the machine changes the figures; compare those of
one table only.
`;
}
