/** The simulator as a whole: delays, counters, reset, stop, and options that it refuses. */

import { setTimeout as wait } from 'node:timers/promises';
import { startSimulator, type SimulatorOptions } from '../../simulator/server.cts';
import { SEND, TEXT, UPDATE, invalidInput, useSimulator, waitUntil } from './harness.cts';

const api = useSimulator({ settings: { pageLimit: 50 }, faults: [{ kind: 'html', endpoint: 'update' }] });

test('latencyMs delays the response, but the request is carried out at once', async () => {
	api.sim.configure({ latencyMs: 300 });
	const startedAt = Date.now();
	const response = api.post(SEND, TEXT);
	await waitUntil(() => api.sim.messages.length === 1);
	expect(api.sim.requests).toMatchObject([{ httpStatus: null }]);
	await response;
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(290);
});

test('maxInFlight is the largest number of requests at once', async () => {
	api.sim.configure({ latencyMs: 100 });
	await Promise.all([1, 2, 3, 4].map(() => api.post(SEND, TEXT)));
	await api.post(SEND, TEXT);
	expect(api.sim.maxInFlight).toBe(4);
	expect(api.sim.connections).toBeGreaterThan(0);
});

test('reset restores the initial state', async () => {
	api.sim.configure({ pageLimit: 7 });
	api.sim.setClock(5);
	api.sim.clearFaults();
	api.sim.bulk(3);
	await api.post(SEND, TEXT);
	api.sim.reset();
	expect([api.sim.cases, api.sim.versions, api.sim.messages, api.sim.requests]).toEqual([[], [], [], []]);
	expect(api.sim.settings.pageLimit).toBe(50);
	expect(api.sim.now()).toBeGreaterThan(5);
	expect(await (await api.post(UPDATE, {})).text()).toMatch(/^<!DOCTYPE/);
});

test('stop cuts off requests without a response and event streams at once', async () => {
	const sim = await startSimulator({ quiet: true });
	sim.fault({ kind: 'timeout', rate: 1, endpoint: 'update' });
	const hanging = fetch(`${sim.baseUrl}${UPDATE}`, { method: 'POST' }).then(
		() => 'answered',
		() => 'cut off',
	);
	const events = fetch(`${sim.url}/_simulator/events`)
		.then((response) => response.text())
		.catch(() => 'cut off');
	sim.configure({ latencyMs: 60_000 });
	const slow = fetch(`${sim.baseUrl}${SEND}`, { method: 'POST' }).then(
		() => 'answered',
		() => 'cut off',
	);
	await wait(200);
	const startedAt = Date.now();
	await sim.stop();
	expect(Date.now() - startedAt).toBeLessThan(1_000);
	expect(await Promise.all([hanging, events, slow])).toEqual(['cut off', 'cut off', 'cut off']);
	expect(sim.connections).toBe(0);
	await expect(fetch(sim.url)).rejects.toThrow();
});

test('a taken port is an error with the code EADDRINUSE', async () => {
	const port = Number(new URL(api.sim.url).port);
	await expect(startSimulator({ port, quiet: true })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

const refused: Array<[options: SimulatorOptions, message: string]> = [
	[{ apiKey: 'short' }, 'An API key of the simulator is 8 to 128'],
	[{ apiKey: 'the-same-key', noTierKey: 'the-same-key' }, 'The two API keys must differ'],
	[{ settings: { pageLimit: 1000 } }, 'Setting "pageLimit"'],
	[{ faults: [invalidInput({ kind: 'none' })] }, 'A fault needs a kind'],
];
test.each(refused)('refuses to start with %p', async (options, message) => {
	await expect(startSimulator({ quiet: true, ...options })).rejects.toThrow(message);
});
