/** The cases of the benchmark of sending. */

/** What sends the items. */
export type Kind =
	| 'oneTalk'
	| 'oneTalkAutomatic'
	| 'httpPaced'
	| 'httpAtOnce'
	| 'httpPredefined'
	| 'loop'
	| 'read';

/** One measured run of a node. */
export interface Case {
	/** Cases of one group are compared with each other. */
	group: string;
	kind: Kind;
	items: number;
	/** Requests in flight; the automatic speed finds its own. */
	concurrency: number;
	/** The server's response time. */
	latencyMs: number;
	server: 'plain' | 'tls' | 'simulator';
	repeats: number;
	dryRun?: boolean;
	/** Measures the heap in use while the node runs, which makes the times of this run meaningless. */
	livePeak?: boolean;
	/** The server refuses the last row. */
	failLast?: boolean;
}

export const NAMES: Record<Kind, string> = {
	oneTalk: 'OneTalk',
	oneTalkAutomatic: 'OneTalk, automatic speed',
	httpPaced: 'HTTP Request, batching',
	httpAtOnce: 'HTTP Request, default',
	httpPredefined: 'HTTP Request, batching, OneTalk credential',
	loop: 'bare loop on the helper',
	read: 'two expressions only',
};

const SENDERS: Kind[] = ['oneTalk', 'httpPaced', 'loop'];
const COMPARED: Kind[] = [...SENDERS, 'httpPredefined'];

/** Rounds of all cases that are timed: enough for a median and a spread. */
export const ROUNDS = 5;

/** The fixed settings that the automatic speed is compared with, where OneTalk takes 50 and 200 ms. */
export const FIXED = [20, 50] as const;

/** Items by concurrency: a run takes about five seconds at a response time of 50 ms. */
export const SCALING = { 1: 100, 2: 200, 5: 500, 10: 1000, 20: 1000 };

/** Requests in flight by response time (ms): enough to keep n8n's one thread busy. */
const IN_FLIGHT = { 0: 5, 50: 20, 200: 50 };
type Latency = keyof typeof IN_FLIGHT;

function group(kinds: Kind[], rest: Omit<Case, 'kind' | 'group'>): Case[] {
	const { items, latencyMs, server, concurrency, livePeak } = rest;
	const where = server === 'tls' ? 'TLS' : server === 'simulator' ? 'the simulator' : 'plain';
	const name = `${count(items)} items, ${latencyMs} ms, ${where}, ${concurrency} at a time`;
	return kinds.map((kind) => ({ group: livePeak ? `${name}, heap` : name, kind, ...rest }));
}

export function count(items: number): string {
	return items.toLocaleString('en-US');
}

/** The cases of a mode, those that are compared next to each other. */
export function plan(mode: 'quick' | 'default' | 'full'): Case[] {
	const quick = mode === 'quick';
	const repeats = quick ? 1 : ROUNDS;
	const many = quick ? 2000 : 10_000;
	const plain = { server: 'plain' as const, concurrency: 5, latencyMs: 0 };
	const latencies: Latency[] = quick ? [0, 50] : [0, 50, 200];
	const once = { ...plain, items: many, repeats: 1 };
	const cases = [
		...latencies.flatMap((latencyMs) => compared('plain', latencyMs, 1000, repeats)),
		...compared('tls', 50, 1000, repeats),
		...automatic(1000, latencies, repeats),
		...automatic(many, latencies, repeats),
		...group(['oneTalk', 'httpAtOnce', 'loop'], { ...plain, concurrency: 1000, items: 1000, repeats }),
		...group(SENDERS, { ...plain, server: 'simulator', items: 1000, repeats: 1 }),
		...([1, 2, 5, 10] as const).flatMap((concurrency) =>
			group(['oneTalk', 'loop'], {
				...plain,
				latencyMs: 50,
				concurrency,
				items: SCALING[concurrency],
				repeats,
			}),
		),
		...[1000, many].flatMap((items) =>
			group(['oneTalk', 'httpAtOnce', 'loop'], { ...plain, items, repeats: 1, livePeak: true }),
		),
		{ ...once, group: 'check', kind: 'oneTalk' as Kind, dryRun: true },
		{ ...once, group: 'check', kind: 'read' as Kind },
		{ ...once, group: 'send', kind: 'oneTalk' as Kind },
		{ ...once, group: 'ledger', kind: 'oneTalk' as Kind, failLast: true },
	];
	return distinct(mode === 'full' ? [...cases, ...everything()] : cases);
}

/** The nodes that are compared, with as many requests in flight as keep n8n's one thread busy. */
function compared(server: Case['server'], latencyMs: Latency, items: number, repeats: number): Case[] {
	return group(COMPARED, { server, latencyMs, items, concurrency: IN_FLIGHT[latencyMs], repeats });
}

/** The automatic speed, and OneTalk with fixed settings. */
function automatic(items: number, latencies: Latency[], repeats: number): Case[] {
	return latencies
		.filter((latencyMs) => latencyMs > 0)
		.flatMap((latencyMs) => {
			const name = `${count(items)} items, ${latencyMs} ms, plain, automatic speed`;
			const rest = { group: name, items, latencyMs, server: 'plain' as const, repeats };
			return [
				{ ...rest, kind: 'oneTalkAutomatic' as Kind, concurrency: 50 },
				...FIXED.map((concurrency) => ({ ...rest, kind: 'oneTalk' as Kind, concurrency })),
			];
		});
}

/** Every combination; takes many hours. */
function everything(): Case[] {
	const cases: Case[] = [];
	for (const server of ['plain', 'tls'] as const)
		for (const latencyMs of [0, 50, 200])
			for (const items of [1000, 10_000])
				for (const concurrency of [1, 5, 20])
					cases.push(
						...group([...COMPARED, 'httpAtOnce'], { server, latencyMs, items, concurrency, repeats: 3 }),
					);
	return cases;
}

function distinct(cases: Case[]): Case[] {
	return [
		...new Map(
			cases.map((one) => [`${one.group} ${one.kind} ${one.concurrency} ${one.dryRun}`, one]),
		).values(),
	];
}
