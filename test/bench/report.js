'use strict';

const { NAMES, SCALING, count } = require('./cases');

/**
 * @typedef {import('./run').Measured} Measured
 * @typedef {import('./cases').Case} Case
 * @typedef {import('./cases').Kind} Kind
 *
 * @typedef {object} Target
 * @property {string} what
 * @property {string} target
 * @property {string} found
 * @property {boolean} reached
 */

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

/**
 * @param {number[]} values
 * @returns {number}
 */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Looks things up in what was measured. */
class Figures {
	/** @param {Measured[]} measured */
	constructor(measured) {
		this.all = measured;
	}

	/** @param {Partial<Case>} wanted */
	select(wanted) {
		return this.all.filter(({ spec }) =>
			Object.entries(wanted).every(([name, value]) => spec[/** @type {keyof Case} */ (name)] === value),
		);
	}

	/** @param {Partial<Case>} wanted */
	one(wanted) {
		const [first] = this.select(wanted);
		return { time: wall(first), cpu: cpu(first), items: first.spec.items, ...first.figures };
	}

	/** The groups whose times are compared, each with OneTalk first. */
	get groups() {
		const names = new Set(this.all.filter(({ spec }) => isTimed(spec)).map(({ spec }) => spec.group));
		return [...names].map((group) => ({ group, members: this.select({ group }) }));
	}

	/** The most items that were sent at no latency. */
	get most() {
		return Math.max(...this.select({ group: 'check' }).map(({ spec }) => spec.items));
	}
}

/** @param {Case} spec */
function isTimed({ group, livePeak }) {
	return !livePeak && group !== 'check' && group !== 'ledger';
}

const wall = (/** @type {Measured} */ { spec, figures }) => figures.wallMs / spec.items;
const cpu = (/** @type {Measured} */ { spec, figures }) => figures.cpuMs / spec.items;
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(0)} %`;
const signed = (/** @type {number} */ share) =>
	`${share >= 1 ? '+' : '−'}${Math.abs(100 * (share - 1)).toFixed(0)} %`;
const range = (/** @type {number[]} */ ratios) =>
	`${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;

/**
 * @param {Measured[]} members
 * @returns {string[][]} a line for each
 */
function lines(members) {
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

/**
 * For a terminal.
 * @param {Measured[]} measured
 */
function table(measured) {
	const blocks = new Figures(measured).groups.map(({ group, members }) => {
		const cells = lines(members);
		const widths = HEADINGS.map((heading, i) =>
			Math.max(heading.length, ...cells.map((line) => line[i].length)),
		);
		const show = (/** @type {string[]} */ line) =>
			line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
		return [group, show(HEADINGS), ...cells.map(show)].join('\n');
	});
	return blocks.join('\n\n');
}

/**
 * For a terminal.
 * @param {Measured[]} measured
 */
function summary(measured) {
	const all = new Figures(measured);
	return [
		...targets(all).map(
			({ what, target, found, reached }) => `${reached ? 'yes' : 'NO '}  ${what}: ${found} (${target})`,
		),
		'',
		...facts(all),
	].join('\n');
}

/**
 * What the node is to reach, and what it does.
 * @param {Figures} all
 * @returns {Target[]}
 */
function targets(all) {
	const ratios = (/** @type {Kind} */ kind, /** @type {(one: Measured) => number} */ figure) =>
		all.groups.flatMap(({ members }) => {
			const [own, other] = ['oneTalk', kind].map((wanted) =>
				members.find(({ spec }) => spec.kind === wanted),
			);
			return own && other ? [figure(own) / figure(other)] : [];
		});
	const within = (/** @type {string} */ what, /** @type {number[]} */ found, /** @type {number} */ most) => ({
		what,
		target: `at most ${most.toFixed(2)}`,
		found: `× ${range(found)}, median ${median(found).toFixed(2)}`,
		reached: Math.max(...found) <= most,
	});
	const sequential = all.one({ kind: 'oneTalk', latencyMs: 50, concurrency: 1 });
	const speedUps = [2, 5, 10, 20].map((n) => {
		const { time } = all.one({
			kind: 'oneTalk',
			latencyMs: 50,
			concurrency: n,
			items: SCALING[/** @type {2} */ (n)],
		});
		return { n, over: (time * n) / sequential.time };
	});
	const heap = (/** @type {Kind} */ kind, /** @type {number} */ items) => {
		const { livePeakBytes } = all.one({ kind, items, livePeak: true });
		return livePeakBytes / items;
	};
	const { most } = all;
	const checked = all.one({ group: 'check', kind: 'oneTalk' });
	const sent = all.one({
		kind: 'oneTalk',
		items: most,
		latencyMs: 0,
		livePeak: undefined,
		dryRun: undefined,
	});
	return [
		within(
			'Time against HTTP Request at equal concurrency, same credential',
			ratios('httpPredefined', wall),
			1,
		),
		within(
			'CPU against HTTP Request at equal concurrency, same credential',
			ratios('httpPredefined', cpu),
			1,
		),
		within('The same against HTTP Request with Header Auth: time', ratios('httpPaced', wall), 1),
		within('The same against HTTP Request with Header Auth: CPU', ratios('httpPaced', cpu), 1),
		within('Time against the bare loop', ratios('loop', wall), 1.15),
		within('CPU against the bare loop', ratios('loop', cpu), 1.15),
		{
			what: 'Time at 50 ms with N at a time against 1/N of one at a time',
			target: 'at most + 15 %',
			found: speedUps.map(({ n, over }) => `N = ${n}: ${signed(over)}`).join(', '),
			reached: speedUps.every(({ over }) => over <= 1.15),
		},
		{
			what: `Most heap in use per item, ${count(most)} items, against HTTP Request`,
			target: 'at most its',
			found: `${kb(heap('oneTalk', most))} against ${kb(heap('httpAtOnce', most))} (bare loop ${kb(heap('loop', most))})`,
			reached: heap('oneTalk', most) <= heap('httpAtOnce', most),
		},
		{
			what: `Most heap in use per item, 1,000 and ${count(most)} items`,
			target: 'linear',
			found: `${kb(heap('oneTalk', 1000))} and ${kb(heap('oneTalk', most))}`,
			reached: heap('oneTalk', most) <= 1.15 * heap('oneTalk', 1000),
		},
		{
			what: `CPU of checking ${count(most)} items against sending them`,
			target: 'under 10 %',
			found: percent(checked.cpu / sent.cpu),
			reached: checked.cpu < 0.1 * sent.cpu,
		},
	];
}

/** @param {number} bytes */
function kb(bytes) {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

/**
 * What explains the figures.
 * @param {Figures} all
 * @returns {string[]}
 */
function facts(all) {
	const { most } = all;
	const checked = all.one({ group: 'check', kind: 'oneTalk' });
	const read = all.one({ group: 'check', kind: 'read' });
	const sent = all.one({
		kind: 'oneTalk',
		items: most,
		latencyMs: 0,
		livePeak: undefined,
		dryRun: undefined,
	});
	const first = { items: 1000, latencyMs: 0, server: /** @type {const} */ ('plain'), livePeak: undefined };
	const paced = all.one({ ...first, kind: 'httpPaced' });
	const predefined = all.one({ ...first, kind: 'httpPredefined' });
	const reads = (/** @type {Kind} */ kind) => {
		const { credentialReads, items } = all.one({ ...first, kind });
		return (credentialReads / items).toFixed(1);
	};
	const { ledger } = all.one({ group: 'ledger' });
	const perRow = (/** @type {number} */ bytes) => `${Math.round(bytes / (ledger?.rows ?? 1))} bytes`;
	return [
		`Working out two expressions takes n8n ${read.cpu.toFixed(2)} ms of CPU per item: ${percent(read.cpu / checked.cpu)} of the check, and ${percent(read.cpu / sent.cpu)} of sending. Every node that has them pays this; OneTalk pays it before the first request, the others along the way.`,
		`The check without it takes ${(checked.cpu - read.cpu).toFixed(2)} ms of CPU per item, ${percent((checked.cpu - read.cpu) / sent.cpu)} of sending.`,
		`HTTP Request with a Header Auth credential, as compared above, takes ${paced.cpu.toFixed(2)} ms of CPU per item; with the OneTalk credential ${predefined.cpu.toFixed(2)} ms.`,
		`Each reads its credential so many times per item: OneTalk ${reads('oneTalk')}, HTTP Request ${reads('httpPaced')} (${reads('httpPredefined')} with the OneTalk credential), bare loop ${reads('loop')}. Here that costs next to nothing; n8n reads its database each time.`,
		`The ledger adds ${perRow(ledger?.flatted ?? 0)} per row to a saved execution that failed at its last row (${perRow(ledger?.json ?? 0)} as plain JSON), and nothing to one that succeeded.`,
	];
}

/**
 * The page for docs/.
 * @param {Measured[]} measured
 * @param {string} machine
 * @param {Date} date
 */
function page(measured, machine, date) {
	const all = new Figures(measured);
	const markdown = (/** @type {string[][]} */ rows) =>
		rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	const ruler = HEADINGS.map((_, i) => (i === 0 ? '---' : '---:'));
	return `# Benchmark

Measured on ${date.toISOString().slice(0, 10)} with \`npm run bench\`: ${machine}.

The OneTalk node (Message: Send, text, with On Error: Stop) against two others that make the same POST from the same two
expressions per item: n8n's HTTP Request node, and a bare loop on n8n's request helper, which is the least that a node can do.
They run on n8n's own engine with its production expression engine, each case in a fresh process that has sent 200 messages
before, in rounds; the figures are medians. Time, CPU (all threads of n8n's process, none of the server's) and memory are those of
the one node. The server, in a process of its own on the same machine, is a bare one that answers as OneTalk does after the
given time and counts, since the simulator has no TLS and remembers every message; one table shows the simulator.

HTTP Request cannot bound what is in flight. *Batching* starts as many items as are compared at once, then waits as long as the
server takes (1 ms where it takes none); *default* starts all items at once.
Its credential is Header Auth unless said otherwise, which n8n adds to the request without working out an expression.
Other work on the machine changes the figures; compare those of one table only.

## Targets

${markdown([
	['', 'target', 'found', 'reached'],
	['---', '---', '---', '---'],
	...targets(all).map(({ what, target, found, reached }) => [
		what,
		target,
		found,
		reached ? 'yes' : '**no**',
	]),
])}

## What the figures mean

${facts(all)
	.map((fact) => `- ${fact}`)
	.join('\n')}

## Figures

${all.groups
	.map(({ group, members }) => `### ${group}\n\n${markdown([HEADINGS, ruler, ...lines(members)])}`)
	.join('\n\n')}

*Peak memory* is how far the process grew, with what V8 had not yet cleared away. *OneTalk's time* and *CPU*: times the other's.
`;
}

module.exports = { median, page, summary, table };
