/** The log of requests: what it holds, and that it holds no key. */

import { SEND, TEXT, UPDATE, useSimulator, waitUntil } from '../harness.cts';

const api = useSimulator({ faults: [{ kind: 'html', endpoint: 'update' }] });

test('contains each request with its response, without API keys', async () => {
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
	expect(JSON.stringify(api.sim.requests[0].body).length).toBeLessThan(2_200);
	expect(api.sim.messages[0].body).toHaveLength(100_000);
});

test('contains a request that gets no response', async () => {
	api.sim.fault({ kind: 'timeout' });
	const stop = new AbortController();
	const request = fetch(`${api.sim.baseUrl}${SEND}`, { method: 'POST', signal: stop.signal }).catch(() => {});
	await waitUntil(() => api.sim.requests.length === 1);
	expect(api.sim.requests).toMatchObject([{ fault: 'timeout', httpStatus: null }]);
	stop.abort();
	await request;
});
