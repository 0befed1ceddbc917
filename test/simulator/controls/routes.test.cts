/** The controls over HTTP, and which requests they refuse. */

import { get } from 'node:http';
import type { Case } from '../../../simulator/server.cts';
import { SEND, TEXT, useSimulator } from '../harness.cts';

const api = useSimulator();

test('settings are read and changed, and an invalid one is refused', async () => {
	expect(await api.controlJson('GET', '/settings')).toEqual(api.sim.settings);
	expect(await api.controlJson('POST', '/settings', { order: 'shuffled' })).toMatchObject({
		order: 'shuffled',
	});
	const refused = await api.control('POST', '/settings', { order: 'up' });
	expect(refused.status).toBe(400);
	expect(await refused.json()).toEqual({ error: expect.stringMatching(/^Setting "order" must be one of/) });
});

test('faults are added, listed and cleared, and an invalid one is refused', async () => {
	const faults = [{ kind: 'html', times: 2, left: 2 }];
	expect(await api.controlJson('POST', '/faults', { kind: 'html', times: 2 })).toEqual({ faults });
	expect((await api.control('POST', '/faults', { kind: 'none' })).status).toBe(400);
	expect(await api.controlJson('GET', '/faults')).toEqual({ faults });
	await api.control('DELETE', '/faults');
	expect(await api.controlJson('GET', '/faults')).toEqual({ faults: [] });
});

test('cases are created, changed and listed, and an invalid change is refused', async () => {
	const created = (await api.controlJson('POST', '/cases', {
		contact: { fullName: 'Sari', phone: '628111222333' },
		firstMessage: 'Hi',
	})) as Case;
	expect(created).toEqual(api.sim.cases[0]);
	const changed = await api.controlJson('PATCH', `/cases/${created.id}`, { isClosed: true });
	expect(changed).toMatchObject({ id: created.id, isClosed: true });
	expect(await api.controlJson('GET', '/cases')).toEqual({ cases: [changed] });
	expect((await api.control('PATCH', '/cases/FFFFFFFFFF', {})).status).toBe(400);
	expect((await api.control('PATCH', `/cases/${created.id}`, { id: 'other' })).status).toBe(400);
});

test('messages and requests are listed, requests are cleared, and reset clears everything', async () => {
	await api.post(SEND, TEXT);
	expect(await api.controlJson('GET', '/messages')).toMatchObject({ messages: [{ body: 'Hi' }] });
	expect(await api.controlJson('GET', '/requests')).toMatchObject({ requests: [{ method: 'POST' }] });
	await api.control('DELETE', '/requests');
	expect(api.sim.requests).toHaveLength(0);
	expect(await api.controlJson('POST', '/reset')).toMatchObject({
		totals: { messages: 0, cases: 0, requests: 0 },
	});
});

test('events send the state at once and after a change', async () => {
	const response = await fetch(`${api.sim.url}/_simulator/events`);
	if (!response.body) throw new Error('The response has no body');
	const reader = response.body.getReader();
	let text = '';
	const readUntil = async (pattern: RegExp) => {
		while (!pattern.test(text)) text += new TextDecoder().decode((await reader.read()).value);
	};
	await readUntil(/"cases":0/);
	api.sim.createCase();
	await readUntil(/"cases":1/);
	await reader.cancel();
});

test('refuses another host name that resolves to this machine', async () => {
	const { port } = new URL(api.sim.url);
	const status = await new Promise((resolve) => {
		const options = { port, host: '127.0.0.1', path: '/_simulator/state', headers: { Host: 'example.com' } };
		get(options, (response) => resolve(response.resume().statusCode));
	});
	expect(status).toBe(403);
});

test.each([[{ Origin: 'http://example.com' }], [{ Origin: 'null' }]])(
	'refuses requests from another website: %p',
	async (headers) => {
		expect((await api.control('POST', '/cases', {}, headers)).status).toBe(403);
		expect(api.sim.cases).toHaveLength(0);
	},
);
