/** The faults of the chatbot endpoint: what each kind responds with, and which requests it hits. */

import type { Fault } from '../../../../simulator/server.cts';
import { SEND, TEXT, useSimulator } from '../../harness.cts';
import { OK, postChatbot } from './requests.cts';

const api = useSimulator();
let caseID = '';
beforeEach(() => {
	caseID = api.sim.customerWrites('6281212345678', 'Hello').caseID;
});
const text = () => ({ caseID, eventType: 'messages', messages: [{ type: 'text', text: { body: 'Hi' } }] });
const sent = () => api.sim.chatbotMessages().length;

const answers: Array<[fault: Fault, status: number, text: RegExp]> = [
	[{ kind: 'http', httpStatus: 503 }, 503, /^HTTP 503\n$/],
	[{ kind: 'http', httpStatus: 500, withAnswer: true }, 500, /^ok$/],
	[{ kind: 'status', status: 429 }, 429, /^internal server error$/],
	[{ kind: 'status', status: 400, message: 'topic is closed' }, 400, /^topic is closed$/],
	[{ kind: 'html' }, 200, /^<!DOCTYPE html>/],
	[{ kind: 'empty' }, 200, /^$/],
	[{ kind: 'truncated' }, 200, /^o$/],
	[{ kind: 'string' }, 200, /^"ok"$/],
	[{ kind: 'successFalse' }, 200, /^\{"success":false/],
	[{ kind: 'echoKey' }, 401, /simulator-chatbot-secret/],
];
test.each(answers)('%p is not carried out', async (fault, status, pattern) => {
	api.sim.fault(fault);
	expect(await postChatbot(api.sim, text())).toEqual({ status, text: expect.stringMatching(pattern) });
	expect(sent()).toBe(0);
	expect(await postChatbot(api.sim, text())).toEqual(OK);
});

test('HTTP 429 with Retry-After', async () => {
	api.sim.fault({ kind: 'http', httpStatus: 429, retryAfter: 3, endpoint: 'chatbot' });
	const response = await fetch(api.sim.chatbotUrl, { method: 'POST', body: '{}' });
	expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3']);
});

test('a reset, before and after the request was carried out', async () => {
	api.sim.fault({ kind: 'reset' });
	await expect(postChatbot(api.sim, text())).rejects.toThrow();
	expect(sent()).toBe(0);
	api.sim.fault({ kind: 'resetAfterTaken' });
	await expect(postChatbot(api.sim, text())).rejects.toThrow();
	expect(sent()).toBe(1);
});

test('a response that never comes, after the request was carried out', async () => {
	api.sim.fault({ kind: 'timeout', taken: true });
	const headers = { 'Secret-Key': api.sim.chatbotSecretKey };
	const signal = AbortSignal.timeout(300);
	const request = fetch(api.sim.chatbotUrl, {
		method: 'POST',
		headers,
		body: JSON.stringify(text()),
		signal,
	});
	await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
	expect(sent()).toBe(1);
});

test('a fault for sends hits the messages of both APIs, and nothing else', async () => {
	api.sim.fault({ kind: 'http', endpoint: 'sends', times: 2 });
	expect(await postChatbot(api.sim, { caseID, eventType: 'close_case' })).toEqual(OK);
	expect((await api.get('?since_timestamp=0')).status).toBe(200);
	expect((await api.post(SEND, TEXT)).status).toBe(503);
	expect((await postChatbot(api.sim, text())).status).toBe(503);
});
