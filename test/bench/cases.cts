/** The cases of the benchmark of sending. */

/** What sends the items. */
export type Kind = 'oneTalk' | 'httpPaced' | 'httpAtOnce' | 'httpPredefined' | 'loop' | 'read';

/** One measured run of a node. */
export interface Case {
	/** Cases of one group are compared with each other. */
	group: string;
	kind: Kind;
	items: number;
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
	httpPaced: 'HTTP Request, batching',
	httpAtOnce: 'HTTP Request, default',
	httpPredefined: 'HTTP Request, batching, OneTalk credential',
	loop: 'bare loop on the helper',
	read: 'two expressions only',
};

const SENDERS: Kind[] = ['oneTalk', 'httpPaced', 'loop'];

/** Items by concurrency: a run takes about five seconds at a response time of 50 ms. */
export const SCALING = { 1: 100, 2: 200, 5: 500, 10: 1000, 20: 1000 };

/** Requests in flight by response time (ms): enough to keep n8n's one thread busy. */
const IN_FLIGHT = { 0: 5, 50: 20, 200: 50 };

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
	const repeats = quick ? 1 : 3;
	const many = quick ? 2000 : 10_000;
	const plain = { server: 'plain' as const, concurrency: 5, latencyMs: 0 };
	const latencies = (quick ? [0, 50] : [0, 50, 200]) as Array<keyof typeof IN_FLIGHT>;
	const cases = [
		...combinations(1000, latencies).flatMap((one) =>
			group([...SENDERS, 'httpPredefined'], { ...one, repeats }),
		),
		...combinations(many, latencies).flatMap((one) =>
			group([...SENDERS, 'httpPredefined'], { ...one, repeats: 1 }),
		),
		...group(['oneTalk', 'httpAtOnce', 'loop'], { ...plain, concurrency: 1000, items: 1000, repeats }),
		...group(SENDERS, { ...plain, server: 'simulator', items: 1000, repeats: 1 }),
		...[1, 2, 5, 10].flatMap((concurrency) =>
			group(['oneTalk', 'loop'], {
				...plain,
				latencyMs: 50,
				concurrency,
				items: SCALING[concurrency as 1 | 2 | 5 | 10],
				repeats,
			}),
		),
		...[1000, many].flatMap((items) =>
			group(['oneTalk', 'httpAtOnce', 'loop'], { ...plain, items, repeats: 1, livePeak: true }),
		),
		{
			group: 'check',
			kind: 'oneTalk' as Kind,
			...plain,
			items: many,
			repeats: 1,
			dryRun: true,
		},
		{ group: 'check', kind: 'read' as Kind, ...plain, items: many, repeats: 1 },
		{
			group: 'ledger',
			kind: 'oneTalk' as Kind,
			...plain,
			items: many,
			repeats: 1,
			failLast: true,
		},
	];
	return mode === 'full' ? distinct([...cases, ...everything()]) : cases;
}

/** Each latency, plain and over TLS. */
function combinations(items: number, latencies: Array<keyof typeof IN_FLIGHT>) {
	return (['plain', 'tls'] as const).flatMap((server) =>
		latencies.map((latencyMs) => ({ server, latencyMs, items, concurrency: IN_FLIGHT[latencyMs] })),
	);
}

/** Every combination; takes many hours. */
function everything(): Case[] {
	const cases: Case[] = [];
	for (const server of ['plain', 'tls'] as const)
		for (const latencyMs of [0, 50, 200])
			for (const items of [1000, 10_000])
				for (const concurrency of [1, 5, 20])
					cases.push(
						...group([...SENDERS, 'httpAtOnce'], { server, latencyMs, items, concurrency, repeats: 3 }),
					);
	return cases;
}

function distinct(cases: Case[]): Case[] {
	return [...new Map(cases.map((one) => [`${one.group} ${one.kind} ${one.dryRun}`, one])).values()];
}
