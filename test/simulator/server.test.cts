import { get } from 'node:http';

import { SEND, TEXT, UPDATE, useSimulator } from './harness.cts';
import { startSimulator } from '../../simulator/server.cts';

const api = useSimulator({ settings: { pageLimit: 50 }, faults: [{ kind: 'html', endpoint: 'update' }] });

/** @param {number} ms */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe('log', () => {
	test('holds each request with its answer, and no key', async () => {
		const key = api.sim.apiKey;
		await api.post(`${SEND}?key=${key}`, { ...TEXT, body: `my key is ${key}`, [key]: 1 });
		await api.post(UPDATE, { caseID: 'another-secret-key' }, { 'API-Key': 'another-secret-key' });
		await api.post('/nothing-here', {});
		expect(api.sim.requests).toEqual([
			{
				at: expect.any(Number),
				method: 'POST',
				path: `/api/integration/v1${SEND}`,
				query: { key: '[API key]' },
				body: { ...TEXT, body: 'my key is [API key]', '[API key]': 1 },
				httpStatus: 200,
				bodyStatus: 200,
				code: '',
				fault: null,
				ms: expect.any(Number),
			},
			expect.objectContaining({ fault: 'html', httpStatus: 200, bodyStatus: null, code: '' }),
			expect.objectContaining({ httpStatus: 404, bodyStatus: null }),
		]);
		const state = await (await api.control('GET', '/state')).text();
		for (const text of [JSON.stringify(api.sim.requests), state]) {
			expect(text).not.toContain(key);
			expect(text).not.toContain('another-secret-key');
		}
	});

	test('cuts long strings', async () => {
		await api.post(SEND, { ...TEXT, body: 'x'.repeat(100_000) });
		expect(/** @type {any} */ (api.sim.requests[0].body).body.length).toBeLessThan(2_100);
		expect(api.sim.messages[0].body).toHaveLength(100_000);
	});

	test('shows a request that hangs', async () => {
		api.sim.fault({ kind: 'timeout' });
		const stop = new AbortController();
		const request = fetch(`${api.sim.baseUrl}${SEND}`, { method: 'POST', signal: stop.signal }).catch(() => {});
		await wait(100);
		expect(api.sim.requests).toMatchObject([{ fault: 'timeout', httpStatus: null }]);
		stop.abort();
		await request;
	});
});

test('latencyMs holds the answer back, but what was asked for is done at once', async () => {
	api.sim.configure({ latencyMs: 300 });
	const startedAt = Date.now();
	const request = api.post(SEND, TEXT);
	await wait(100);
	expect(api.sim.messages).toHaveLength(1);
	await request;
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(290);
});

test('maxInFlight is the largest number of requests at once', async () => {
	api.sim.configure({ latencyMs: 100 });
	await Promise.all([1, 2, 3, 4].map(() => api.post(SEND, TEXT)));
	await api.post(SEND, TEXT);
	expect(api.sim.maxInFlight).toBe(4);
	expect(api.sim.connections).toBeGreaterThan(0);
});

test('reset goes back to the start', async () => {
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

describe('controls over HTTP', () => {
	test('settings', async () => {
		expect(await (await api.control('GET', '/settings')).json()).toEqual(api.sim.settings);
		expect(await (await api.control('POST', '/settings', { order: 'shuffled' })).json()).toMatchObject({ order: 'shuffled' });
		const refused = await api.control('POST', '/settings', { order: 'up' });
		expect(refused.status).toBe(400);
		expect((await refused.json()).error).toMatch(/^Setting "order" must be one of/);
	});

	test('faults', async () => {
		await api.control('DELETE', '/faults');
		const answer = await (await api.control('POST', '/faults', { kind: 'html', times: 2 })).json();
		expect(answer.faults).toEqual([{ kind: 'html', times: 2, left: 2 }]);
		expect((await api.control('POST', '/faults', { kind: 'none' })).status).toBe(400);
		await api.control('DELETE', '/faults');
		expect(await (await api.control('GET', '/faults')).json()).toEqual({ faults: [] });
	});

	test('cases', async () => {
		const created = await (
			await api.control('POST', '/cases', { contact: { fullName: 'Sari', phone: '628111222333' }, firstMessage: 'Hi' })
		).json();
		expect(created).toEqual(api.sim.cases[0]);
		const changed = await (await api.control('PATCH', `/cases/${created.id}`, { isClosed: true })).json();
		expect(changed).toMatchObject({ id: created.id, isClosed: true });
		expect((await (await api.control('GET', '/cases')).json()).cases).toEqual([changed]);
		expect((await api.control('PATCH', '/cases/FFFFFFFFFF', {})).status).toBe(400);
		expect((await api.control('PATCH', `/cases/${created.id}`, { id: 'other' })).status).toBe(400);
	});

	test('messages, requests and reset', async () => {
		await api.post(SEND, TEXT);
		expect((await (await api.control('GET', '/messages')).json()).messages).toMatchObject([{ body: 'Hi' }]);
		expect((await (await api.control('GET', '/requests')).json()).requests).toHaveLength(1);
		await api.control('DELETE', '/requests');
		expect(api.sim.requests).toHaveLength(0);
		expect((await (await api.control('POST', '/reset')).json()).totals).toEqual({ messages: 0, cases: 0, requests: 0 });
	});

	test('events tell the state at once and after a change', async () => {
		const response = await fetch(`${api.sim.url}/_simulator/events`);
		const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
		let text = '';
		const read = async (/** @type {RegExp} */ until) => {
			while (!until.test(text)) text += new TextDecoder().decode((await reader.read()).value);
		};
		await read(/"cases":0/);
		api.sim.createCase();
		await read(/"cases":1/);
		await reader.cancel();
	});

	test('refuses a foreign host name that leads to this machine', async () => {
		const { port } = new URL(api.sim.url);
		const status = await new Promise((resolve) => {
			const options = { port, host: '127.0.0.1', path: '/_simulator/state', headers: { Host: 'example.com' } };
			get(options, (response) => resolve(response.resume().statusCode));
		});
		expect(status).toBe(403);
	});

	test.each([[{ Origin: 'http://example.com' }], [{ Origin: 'null' }]])('refuses another website: %p', async (headers) => {
		expect((await api.control('POST', '/cases', {}, headers)).status).toBe(403);
		expect(api.sim.cases).toHaveLength(0);
	});
});

describe('page', () => {
	const files = ['/', '/page/style.css', '/page/main.js', '/page/phones.js', '/page/cases.js', '/page/controls.js', '/page/dom.js'];
	test.each(files)('%s loads nothing from elsewhere and holds no key', async (path) => {
		const response = await fetch(api.sim.url + path);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		const text = await response.text();
		expect(text).not.toMatch(/(src|href)="https?:|url\(|@import|innerHTML|outerHTML|insertAdjacentHTML/);
		expect(text).not.toContain(api.sim.apiKey);
	});

	test('says that it is a simulator', async () => {
		expect(await (await fetch(api.sim.url)).text()).toContain('This is a simulator. Nothing is really sent.');
	});
});

test('stop ends hanging requests and event streams at once', async () => {
	const sim = await startSimulator({ quiet: true });
	sim.fault({ kind: 'timeout', rate: 1, endpoint: 'update' });
	const hanging = fetch(`${sim.baseUrl}${UPDATE}`, { method: 'POST' }).then(() => 'answered', () => 'cut off');
	const events = fetch(`${sim.url}/_simulator/events`).then((response) => response.text()).catch(() => 'cut off');
	sim.configure({ latencyMs: 60_000 });
	const slow = fetch(`${sim.baseUrl}${SEND}`, { method: 'POST' }).then(() => 'answered', () => 'cut off');
	await wait(200);
	const startedAt = Date.now();
	await sim.stop();
	expect(Date.now() - startedAt).toBeLessThan(1_000);
	expect(await Promise.all([hanging, events, slow])).toEqual(['cut off', 'cut off', 'cut off']);
	expect(sim.connections).toBe(0);
	await expect(fetch(sim.url)).rejects.toThrow();
});

test('a taken port is told by its code', async () => {
	const port = Number(new URL(api.sim.url).port);
	await expect(startSimulator({ port, quiet: true })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test.each([
	[{ apiKey: 'short' }, 'An API key of the simulator is 8 to 128'],
	[{ apiKey: 'the-same-key', noTierKey: 'the-same-key' }, 'The two API keys must differ'],
	[{ settings: { pageLimit: 1000 } }, 'Setting "pageLimit"'],
	[{ faults: [{ kind: 'none' }] }, 'A fault needs a kind'],
])('refuses to start with %p', async (options, message) => {
	await expect(startSimulator({ quiet: true, ...options })).rejects.toThrow(message);
});
