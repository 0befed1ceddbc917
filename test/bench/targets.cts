/** The targets of the benchmark of sending, and whether the figures reach them. */

import { SCALING, count, type Kind } from './cases.cts';
import { cpu, wall, type Figures } from './figures.cts';
import { median } from './rounds.cts';
import type { Measured } from './run.cts';
import type { Target } from './tables.cts';

/** The concurrency N at which sending must be N times as fast. */
const AT_A_TIME = [2, 5, 10, 20] as const;
const LATENCY = 50;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const signed = (share: number) => `${share >= 1 ? '+' : '−'}${Math.abs(100 * (share - 1)).toFixed(0)} %`;
const ms = (time: number) => `${time.toFixed(2)} ms`;
const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const range = (ratios: number[]) => `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;

/** What the node has to reach, and what it does reach. */
export function targets(all: Figures): Target[] {
	return [...againstOthers(all), scaling(all), ...memory(all), checking(all)];
}

function againstOthers(all: Figures): Target[] {
	const within = (
		what: string,
		other: Kind,
		figure: (one: Measured) => number,
		most: number,
		why: string,
	) => {
		const ratios = (wanted: (latencyMs: number) => boolean) =>
			all.groups.flatMap(({ members }) => {
				const [own, others] = ['oneTalk', other].map((kind) =>
					members.find(({ spec }) => spec.kind === kind),
				);
				return own && others && wanted(own.spec.latencyMs) ? [figure(own) / figure(others)] : [];
			});
		const waiting = ratios((latencyMs) => latencyMs > 0);
		const busy = ratios((latencyMs) => latencyMs === 0);
		return {
			what,
			target: `at most ${most.toFixed(2)}`,
			found: `where OneTalk takes time × ${range(waiting)}, where it takes none × ${range(busy)}; median ${median([...waiting, ...busy]).toFixed(2)}`,
			reached: Math.max(...waiting, ...busy) <= most,
			why,
		};
	};
	const { read } = first(all);
	const spread = `the time of one case differs from run to run by ${signed(median(all.spreads))} in the middle and ${signed(Math.max(...all.spreads))} at most, so that one table cannot tell a tenth apart. Where OneTalk takes time to answer, the node is faster in most tables, since it lets a request leave before it prepares the next one: those that are prepared together leave together, and n8n then waits for all of them. Where it takes none (no real server does), n8n's one thread is busy all the while, both make the same calls, and what the node does beside them shows: it checks, keeps order, and remembers what was sent.`;
	const expression = `n8n works out the expression of a credential anew for each request (authenticate() in its credentials-helper.js), and takes ${ms(read.cpu / 2)} of CPU for an expression; a Header Auth credential has none. HTTP Request with the OneTalk credential pays the same. n8n's lint refuses a community node that adds the key itself.`;
	return [
		within(
			'Time against HTTP Request at equal concurrency, same credential',
			'httpPredefined',
			wall,
			1,
			spread,
		),
		within(
			'CPU against HTTP Request at equal concurrency, same credential',
			'httpPredefined',
			cpu,
			1,
			spread,
		),
		within('Time against HTTP Request with Header Auth', 'httpPaced', wall, 1, expression),
		within('CPU against HTTP Request with Header Auth', 'httpPaced', cpu, 1, expression),
		within('Time against the bare loop', 'loop', wall, 1.15, spread),
		within('CPU against the bare loop', 'loop', cpu, 1.15, spread),
	];
}

function scaling(all: Figures): Target {
	const over = (kind: Kind) => {
		const timed = (concurrency: 1 | 2 | 5 | 10 | 20) =>
			all.one({ kind, latencyMs: LATENCY, concurrency, items: SCALING[concurrency] }).time;
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
		why: `n8n runs a workflow on one thread, and the least that a node can do takes ${ms(loop.cpu)} of CPU a request (two expressions, the credential's expression, n8n's request helper). That is the least time an item can take, however many are under way, and more than 1/N of one at a time where N is large. Besides, all rows are checked before the first leaves (${ms(checked.cpu)} an item). The bare loop, which checks nothing before: ${show(over('loop'))}.`,
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
		sent: all.one({ ...sending, kind: 'oneTalk', items: all.most }),
		checked: all.one({ group: 'check', kind: 'oneTalk' }),
		read: all.one({ group: 'check', kind: 'read' }),
	};
}
