/** Deliveries to the organization's webhook: statuses of messages, and resolved cases. */

import type { Settings } from '../../../simulator/server.cts';
import { SEND, TEMPLATE, TEMPLATED, TEXT, useSimulator, waitUntil } from '../harness.cts';
import { startReceiver, type Receiver } from './receiver.cts';

const api = useSimulator({ settings: { statusDelayMs: 0 } });
let receiver: Receiver;
beforeAll(async () => {
	receiver = await startReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
	receiver.clear();
	api.sim.connect({ webhookUrl: `${receiver.url}?token=a-token` });
});

const statuses = () => receiver.received.map(({ body }) => body.integrationMessageStatus.status);
const waitFor = (count: number) => waitUntil(() => receiver.received.length >= count);

test('a message gets its statuses in order', async () => {
	const { data } = await api.postJson(TEMPLATE, TEMPLATED);
	await waitFor(3);
	expect(statuses()).toEqual(['acknowledge', 'delivered', 'read']);
	expect(receiver.received[0]).toMatchObject({ url: '/webhook/1?token=a-token' });
	expect(receiver.received[0].body).toEqual({
		type: 'integration_message_status',
		organizationID: 2222,
		integrationMessageStatus: {
			trxID: data.trxID,
			channelID: TEMPLATED.channelID,
			channelType: 'whatsappba',
			contactPhone: TEMPLATED.phone,
			status: 'acknowledge',
			reason: '',
			timestamp: expect.any(Number),
		},
	});
});

const orders: Array<[settings: Partial<Settings>, expected: string[]]> = [
	[{ messageStatuses: 'delivered' }, ['acknowledge', 'delivered']],
	[{ messageStatuses: 'acknowledge' }, ['acknowledge']],
	[{ statusOrder: 'reversed' }, ['read', 'delivered', 'acknowledge']],
	[{ deliveryRepeats: 2, messageStatuses: 'acknowledge' }, ['acknowledge', 'acknowledge']],
	[{ failedPercent: 100 }, ['failed']],
];
test.each(orders)('with %p, the statuses are %p', async (settings, expected) => {
	api.sim.configure(settings);
	await api.post(SEND, TEXT);
	await waitFor(expected.length);
	expect(statuses()).toEqual(expected);
});

test('a failed message has a reason', async () => {
	api.sim.configure({ failedPercent: 100, failureReason: 'insufficient_balance' });
	await api.post(SEND, TEXT);
	await waitFor(1);
	expect(receiver.received[0].body.integrationMessageStatus).toMatchObject({
		channelType: 'whatsapp',
		status: 'failed',
		reason: 'insufficient_balance',
	});
});

test('statusDelayMs makes the statuses come late', async () => {
	api.sim.configure({ statusDelayMs: 150 });
	const startedAt = Date.now();
	await api.post(SEND, TEXT);
	await waitFor(2);
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(290);
});

test('a status can be set by hand', async () => {
	api.sim.configure({ messageStatuses: 'none' });
	const { data } = await api.postJson(SEND, TEXT);
	expect(
		await api.controlJson('POST', '/statuses', { trxID: data.trxID, status: 'failed', reason: 'blocked' }),
	).toEqual({
		status: 'failed',
		reason: 'blocked',
	});
	await waitFor(1);
	expect(receiver.received[0].body.integrationMessageStatus).toMatchObject({
		status: 'failed',
		reason: 'blocked',
	});
	expect(() => api.sim.setStatus('unknown', 'read')).toThrow('There is no message "unknown"');
});

test('closing a case is delivered with the documented fields', async () => {
	const { caseID } = api.sim.customerWrites('6281212345678', 'Hello');
	api.sim.updateCase(caseID, {
		agentRemark: 'paid',
		agent: { email: 'agent@example.com', fullName: 'Agent' },
	});
	const closed = api.sim.updateCase(caseID, { isClosed: true });
	await waitFor(1);
	expect(receiver.received[0].body).toEqual({
		type: 'case_resolved',
		organizationID: 2222,
		caseResolved: {
			caseID,
			channelType: 'whatsappba',
			channelID: '2100480937',
			topicID: 1,
			topicName: 'Support',
			assigneeType: 'agent',
			chatbotID: '',
			chatbotName: '',
			agentEmail: 'agent@example.com',
			agentFullName: 'Agent',
			isJunk: false,
			agentRemark: 'paid',
			createdTime: closed.createdTime,
			counterStartTime: closed.createdTime,
			firstResponseTime: 0,
			resolvedTime: closed.updatedTime,
		},
	});
	api.sim.updateCase(caseID, { agentRemark: 'still closed' });
	expect(api.sim.deliveries('webhook')).toHaveLength(1);
});

test('webhookRetries: a delivery that is not answered with HTTP 200 is made again, else dropped', async () => {
	api.sim.configure({ webhookRetries: 2, retryPauseMs: 0, messageStatuses: 'acknowledge' });
	receiver.plan.statuses = [500, 302];
	await api.post(SEND, TEXT);
	await waitUntil(() => api.sim.deliveries()[0]?.state === 'done');
	expect(api.sim.deliveries()[0].attempts).toMatchObject([
		{ httpStatus: 500, answer: 'answer 500' },
		{ httpStatus: 302 },
		{ httpStatus: 200 },
	]);
	receiver.plan.statuses = [404, 404, 404];
	await api.post(SEND, TEXT);
	await waitUntil(() => api.sim.deliveries()[1]?.state === 'dropped');
	expect(api.sim.deliveries()[1].attempts).toHaveLength(3);
	expect(receiver.received.every(({ url }) => url.startsWith('/webhook/1'))).toBe(true);
});

test('a receiver that does not answer in time, and one that is not there', async () => {
	api.sim.configure({ messageStatuses: 'acknowledge', deliveryTimeoutMs: 50 });
	receiver.plan.delayMs = 300;
	await api.post(SEND, TEXT);
	await waitUntil(() => api.sim.deliveries()[0]?.state === 'dropped');
	expect(api.sim.deliveries()[0].attempts).toMatchObject([{ httpStatus: null, answer: 'no answer in time' }]);
	api.sim.connect({ webhookUrl: 'http://127.0.0.1:9/' });
	await api.post(SEND, TEXT);
	await waitUntil(() => api.sim.deliveries()[1]?.state === 'dropped');
	expect(api.sim.deliveries()[1].attempts).toMatchObject([{ httpStatus: null }]);
});

test('any body can be delivered', async () => {
	await api.controlJson('POST', '/deliveries', { to: 'webhook', body: { type: 'something_new' } });
	await waitFor(1);
	expect(receiver.received[0].body).toEqual({ type: 'something_new' });
	expect((await api.control('POST', '/deliveries', { to: 'nobody', body: {} })).status).toBe(400);
});

test('the state shows deliveries without the query of the URL', async () => {
	api.sim.deliverToWebhook({ type: 'something_new' });
	await waitFor(1);
	const state = JSON.stringify(await api.controlJson('GET', '/state'));
	expect(state).toContain('something_new');
	expect(state).not.toContain('a-token');
});

test.each([
	[{ webhookUrl: 'https://example.com/hook' }, 'The URL of the webhook must be an http URL of this machine'],
	[
		{ webhookUrl: 'http://127.0.0.1.example.com/' },
		'The URL of the webhook must be an http URL of this machine',
	],
	[{ chatbotUrl: 'file:///etc/hosts' }, 'The URL of the chatbot must be an http URL of this machine'],
	[{ chatbotUrl: 5 }, 'The URL of the chatbot must be an http URL of this machine'],
	[{ other: 'http://127.0.0.1/' }, 'There is no connection "other"'],
])('refuses the connection %j', async (connections, message) => {
	const response = await api.control('POST', '/connections', connections);
	expect(response.status).toBe(400);
	expect(await response.json()).toEqual({ error: expect.stringContaining(message) });
});
