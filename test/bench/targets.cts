/** The targets of the benchmark of sending, and whether the figures reach them. */

import { FIXED, SCALING, count, type Kind } from './cases.cts';
import type { Measured } from './run.cts';
import { ratio, type Figures, type Spread, type Time } from './figures.cts';
import type { Target } from './tables.cts';

/** The concurrency N at which sending must be N times as fast. */
const AT_A_TIME = [2, 5, 10, 20] as const;
const LATENCY = 50;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const signed = (share: number) => `${share >= 1 ? '+' : '−'}${Math.abs(100 * (share - 1)).toFixed(0)} %`;
const ms = (time: number) => `${time.toFixed(2)} ms`;
const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** What the node has to reach, and what it does reach. */
export function targets(all: Figures): Target[] {
	return [...againstOthers(all), ...automatic(all), scaling(all), ...memory(all), checking(all)];
}

function againstOthers(all: Figures): Target[] {
	const { checked, read, sent } = first(all);
	const busy = `Where the server takes no time (no real one does), n8n's one thread is busy all the while, and what the node does beside the same calls shows: it checks all rows before the first request, keeps the order of each recipient, and remembers what was sent. Its check of all rows takes ${ms(checked.cpu - read.cpu)} of the ${ms(sent.cpu)} of CPU per item.`;
	const within = (what: string, other: Kind, time: Time, most: number): Target => {
		const ratios = all.groups.flatMap(({ members }) => {
			const [own, others] = ['oneTalk', other].map((kind) => members.find(({ spec }) => spec.kind === kind));
			return own && others && isCompared(members)
				? [
						{
							where: `${own.spec.server === 'tls' ? 'TLS, ' : ''}${own.spec.latencyMs} ms`,
							...ratio(own, others, time),
						},
					]
				: [];
		});
		return {
			what,
			target: `at most ${most.toFixed(2)}`,
			found: ratios.map(({ where, ...spread }) => `${where}: ${timesWith(spread)}`).join('; '),
			reached: ratios.every((one) => one.median <= most),
			why: busy,
		};
	};
	return [
		within('Time against HTTP Request, same credential', 'httpPredefined', 'wallMs', 1),
		within('CPU against HTTP Request, same credential', 'httpPredefined', 'cpuMs', 1),
		within('Time against HTTP Request with Header Auth', 'httpPaced', 'wallMs', 1),
		within('CPU against HTTP Request with Header Auth', 'httpPaced', 'cpuMs', 1),
		within('Time against the bare loop', 'loop', 'wallMs', 1.15),
		within('CPU against the bare loop', 'loop', 'cpuMs', 1.15),
	];
}

/** Whether all nodes are in the table: it is not one about the simulator, the scaling or the automatic speed. */
function isCompared(members: Measured[]): boolean {
	return members.some(({ spec }) => spec.kind === 'httpPredefined');
}

function timesWith({ median: middle, min, max }: Spread): string {
	return `× ${middle.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
}

/** The automatic speed against the faster one of the fixed settings, round by round. */
function automatic(all: Figures): Target[] {
	return all.select({ kind: 'oneTalkAutomatic' }).map((own) => {
		const { group, items, latencyMs } = own.spec;
		const fixed = all.select({ kind: 'oneTalk', group });
		const best = fixed.reduce((a, b) => (a.figures.wallMs <= b.figures.wallMs ? a : b));
		const found = ratio(own, best, 'wallMs');
		return {
			what: `Time of the automatic speed against the best of ${FIXED.join(' and ')} at a time, ${count(items)} items, ${latencyMs} ms`,
			target: 'at most 1.30',
			found: `${timesWith(found)} of ${best.spec.concurrency} at a time`,
			reached: found.median <= 1.3,
			why: 'the automatic speed begins with 5 at a time and has to find out how many the server takes.',
		};
	});
}

function scaling(all: Figures): Target {
	const over = (kind: Kind) => {
		const timed = (concurrency: 1 | 2 | 5 | 10 | 20) =>
			all.one({ kind, latencyMs: LATENCY, concurrency, items: SCALING[concurrency], server: 'plain' }).time;
		return AT_A_TIME.map((n) => ({ n, over: (timed(n) * n) / timed(1) }));
	};
	const show = (found: Array<{ n: number; over: number }>) =>
		found.map(({ n, over: share }) => `N = ${n}: ${signed(share)}`).join(', ');
	const own = over('oneTalk');
	const { checked, loop } = first(all);
	return {
		what: `Time at ${LATENCY} ms with N at a time against 1/N of one at a time`,
		target: 'at most + 15 %',
		found: show(own),
		reached: own.every(({ over: share }) => share <= 1.15),
		why: `n8n runs a workflow on one thread, and the least that a node can do takes ${ms(loop.cpu)} of CPU a request (two expressions, n8n's request helper). That is the least time an item can take, however many are under way, and more than 1/N of one at a time where N is large. Besides, all rows are checked before the first leaves (${ms(checked.cpu)} an item). The bare loop, which checks nothing before: ${show(over('loop'))}.`,
	};
}

function memory(all: Figures): Target[] {
	const { most } = all;
	const heap = (kind: Kind, items: number) => all.one({ kind, items, livePeak: true }).livePeakBytes / items;
	return [
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
	];
}

function checking(all: Figures): Target {
	const { checked, read, sent } = first(all);
	return {
		what: `CPU of checking ${count(all.most)} items against sending them`,
		target: 'under 10 %',
		found: percent(checked.cpu / sent.cpu),
		reached: checked.cpu < 0.1 * sent.cpu,
		why: `n8n takes ${ms(read.cpu)} of CPU to work out the two expressions of an item, ${percent(read.cpu / sent.cpu)} of sending it. Every node that has them pays this; OneTalk pays it before the first request, the others along the way. The check itself takes ${ms(checked.cpu - read.cpu)}, ${percent((checked.cpu - read.cpu) / sent.cpu)} of sending.`,
	};
}

/** Facts that explain the figures. */
export function facts(all: Figures): string[] {
	const { oneTalk, paced, predefined, loop } = first(all);
	const reads = ({ credentialReads, items }: { credentialReads: number; items: number }) =>
		(credentialReads / items).toFixed(1);
	const { ledger } = all.one({ group: 'ledger' });
	const perRow = (bytes: number) => `${Math.round(bytes / (ledger?.rows ?? 1))} bytes`;
	return [
		`Each reads its credential so many times per item: OneTalk ${reads(oneTalk)}, HTTP Request ${reads(paced)} (${reads(predefined)} with the OneTalk credential), bare loop ${reads(loop)}. Here that costs next to nothing; n8n reads its database each time.`,
		`The ledger adds ${perRow(ledger?.flatted ?? 0)} per row to a saved execution that failed at its last row (${perRow(ledger?.json ?? 0)} as plain JSON), and nothing to one that succeeded.`,
	];
}

/** Figures of 1,000 items sent by each node without latency, and of the largest number of items: sent, checked, and only read. */
function first(all: Figures) {
	const sending = {
		latencyMs: 0,
		server: 'plain' as const,
		livePeak: undefined,
		dryRun: undefined,
	};
	const thousand = (kind: Kind) => all.one({ ...sending, kind, items: 1000 });
	return {
		oneTalk: thousand('oneTalk'),
		paced: thousand('httpPaced'),
		predefined: thousand('httpPredefined'),
		loop: thousand('loop'),
		sent: all.one({ group: 'send' }),
		checked: all.one({ group: 'check', kind: 'oneTalk' }),
		read: all.one({ group: 'check', kind: 'read' }),
	};
}
