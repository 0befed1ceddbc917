/**
 * @typedef {'oneTalk' | 'httpPaced' | 'httpAtOnce' | 'httpPredefined' | 'loop' | 'read'} Kind
 *
 * @typedef {object} Case
 * @property {string} group cases of one group are compared with each other
 * @property {Kind} kind
 * @property {number} items
 * @property {number} concurrency
 * @property {number} latencyMs of the server
 * @property {'plain' | 'tls' | 'simulator'} server
 * @property {number} repeats
 * @property {boolean} [dryRun]
 * @property {boolean} [livePeak] looks at the heap in use all the while; its times say nothing
 * @property {boolean} [failLast] the last row is refused
 */

/** @type {Record<Kind, string>} */
const NAMES = {
	oneTalk: 'OneTalk',
	httpPaced: 'HTTP Request, batching',
	httpAtOnce: 'HTTP Request, default',
	httpPredefined: 'HTTP Request, batching, OneTalk credential',
	loop: 'bare loop on the helper',
	read: 'two expressions only',
};

/** @type {Kind[]} */
const SENDERS = ['oneTalk', 'httpPaced', 'loop'];

/** Numbers of items for one to twenty at a time that keep a run near five seconds at 50 ms. */
const SCALING = { 1: 100, 2: 200, 5: 500, 10: 1000, 20: 1000 };

/** How many are in flight at a latency (ms): enough to keep n8n's one thread busy. */
const IN_FLIGHT = { 0: 5, 50: 20, 200: 50 };

/**
 * @param {Kind[]} kinds
 * @param {Omit<Case, 'kind' | 'group'>} rest
 * @returns {Case[]}
 */
function group(kinds, rest) {
	const { items, latencyMs, server, concurrency, livePeak } = rest;
	const where = server === 'tls' ? 'TLS' : server === 'simulator' ? 'the simulator' : 'plain';
	const name = `${count(items)} items, ${latencyMs} ms, ${where}, ${concurrency} at a time`;
	return kinds.map((kind) => ({ group: livePeak ? `${name}, heap` : name, kind, ...rest }));
}

/** @param {number} items */
function count(items) {
	return items.toLocaleString('en-US');
}

/**
 * What is measured.
 * @param {'quick' | 'default' | 'full'} mode
 * @returns {Case[]}
 */
function plan(mode) {
	const quick = mode === 'quick';
	const repeats = quick ? 1 : 3;
	const many = quick ? 2000 : 10_000;
	const plain = { server: /** @type {const} */ ('plain'), concurrency: 5, latencyMs: 0 };
	const latencies = /** @type {Array<keyof typeof IN_FLIGHT>} */ (quick ? [0, 50] : [0, 50, 200]);
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
				items: SCALING[/** @type {1 | 2 | 5 | 10} */ (concurrency)],
				repeats,
			}),
		),
		...[1000, many].flatMap((items) =>
			group(['oneTalk', 'httpAtOnce', 'loop'], { ...plain, items, repeats: 1, livePeak: true }),
		),
		{
			group: 'check',
			kind: /** @type {Kind} */ ('oneTalk'),
			...plain,
			items: many,
			repeats: 1,
			dryRun: true,
		},
		{ group: 'check', kind: /** @type {Kind} */ ('read'), ...plain, items: many, repeats: 1 },
		{
			group: 'ledger',
			kind: /** @type {Kind} */ ('oneTalk'),
			...plain,
			items: many,
			repeats: 1,
			failLast: true,
		},
	];
	return mode === 'full' ? distinct([...cases, ...everything()]) : cases;
}

/**
 * Each latency, plain and over TLS.
 * @param {number} items
 * @param {Array<keyof typeof IN_FLIGHT>} latencies
 */
function combinations(items, latencies) {
	return /** @type {const} */ (['plain', 'tls']).flatMap((server) =>
		latencies.map((latencyMs) => ({ server, latencyMs, items, concurrency: IN_FLIGHT[latencyMs] })),
	);
}

/** Every combination; takes many hours. */
function everything() {
	/** @type {Case[]} */
	const cases = [];
	for (const server of /** @type {const} */ (['plain', 'tls']))
		for (const latencyMs of [0, 50, 200])
			for (const items of [1000, 10_000])
				for (const concurrency of [1, 5, 20])
					cases.push(
						...group([...SENDERS, 'httpAtOnce'], { server, latencyMs, items, concurrency, repeats: 3 }),
					);
	return cases;
}

/** @param {Case[]} cases */
function distinct(cases) {
	return [...new Map(cases.map((one) => [`${one.group} ${one.kind} ${one.dryRun}`, one])).values()];
}

export { NAMES, SCALING, count, plan };
