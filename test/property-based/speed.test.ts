/** The automatic speed: close to what the server can take, whatever that is, with few 429s and within its bound. */

import fc from 'fast-check';

import { runLoaded, type Load } from '../support/loadedServer';

const ROWS = 3_000;
/** The same servers in every run; another seed generates others. */
const SEED = 20_261_124;
const MAX_IN_FLIGHT = 50;

/** The most that any number of requests in flight up to 50 can reach, in rows per second. */
function mostOf({ latencyMs, rate = Infinity, capacity = Infinity }: Load): number {
	return Math.min(rate, (Math.min(capacity, MAX_IN_FLIGHT) * 1000) / latencyMs);
}

async function expectGoodSpeed(load: Load) {
	const { throughput, busyShare, mostInFlight, done } = await runLoaded(load, ROWS);
	expect(done).toBe(ROWS);
	expect(throughput).toBeGreaterThan(0.8 * mostOf(load));
	expect(busyShare).toBeLessThan(0.02);
	expect(mostInFlight).toBeLessThanOrEqual(MAX_IN_FLIGHT);
}

const latencyMs = fc.integer({ min: 50, max: 400 });

it('comes within 20 % of a hidden rate limit, with less than 2 % of 429', async () => {
	const load = fc.record({ latencyMs, rate: fc.integer({ min: 5, max: 100 }) });
	await fc.assert(
		fc.asyncProperty(load, async (one) => {
			await expectGoodSpeed({ ...one, burst: Math.max(2, one.rate / 2) });
		}),
		{ numRuns: 8, seed: SEED },
	);
}, 120_000);

it('comes within 20 % of what a server can do that gets slower under load', async () => {
	const load = fc.record({
		latencyMs,
		capacity: fc.integer({ min: 5, max: 60 }),
		exponent: fc.constantFrom(1, 1.2),
	});
	await fc.assert(fc.asyncProperty(load, expectGoodSpeed), { numRuns: 8, seed: SEED });
}, 120_000);

it('is the fixed one where the user gives it', async () => {
	for (const batchSize of [1, 7, 80]) {
		const { mostInFlight } = await runLoaded({ latencyMs: 100 }, 200, batchSize);
		expect(mostInFlight).toBe(batchSize);
	}
});

it('begins with five requests in flight', async () => {
	const { mostInFlight } = await runLoaded({ latencyMs: 100 }, 5);
	expect(mostInFlight).toBe(5);
});

it('never lets two requests to one recipient overlap', async () => {
	const { overlapped, done } = await runLoaded({ latencyMs: 100, rate: 40, burst: 20 }, 600, undefined, 30);
	expect(overlapped).toBe(false);
	expect(done).toBe(600);
});

it('takes a server that has become slow for what it is, and does not crawl', async () => {
	// Its response time triples for good once 300 requests were made.
	const { throughput } = await runLoaded({ latencyMs: 100, slowsDownAfter: 300 }, 1_500);
	expect(throughput).toBeGreaterThan(0.6 * (MAX_IN_FLIGHT / 0.3));
});

it('does not stop where OneTalk answers nothing but 429 for a while', async () => {
	const { done, seconds } = await runLoaded({ latencyMs: 100, busyUntilMs: 20_000 }, 400);
	expect(done).toBeGreaterThan(300);
	expect(seconds).toBeLessThan(120);
});
