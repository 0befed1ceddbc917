/** Deliveries to the chatbot: what a customer writes and taps. */

import type { CustomerContent } from '../../../simulator/server.cts';
import { interactiveBody, postChatbot } from '../api/chatbot/requests.cts';
import { SEND, TEMPLATE, TEMPLATED, TEXT, useSimulator, waitUntil } from '../harness.cts';
import { startReceiver, type Receiver } from './receiver.cts';

const PHONE = '6281212345678';
const URL = 'https://example.com/a.bin';
const api = useSimulator({ settings: { statusDelayMs: 0, retryPauseMs: 0 } });
let receiver: Receiver;
beforeAll(async () => {
	receiver = await startReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
	receiver.clear();
	api.sim.connect({ chatbotUrl: receiver.url });
});
const waitFor = (count: number) => waitUntil(() => receiver.received.length >= count);
const messages = () => receiver.received.map(({ body }) => body.message);

test('a text is delivered with its case, its sender and the secret key', async () => {
	const { caseID, id } = api.sim.customerWrites('+62 812-1234-5678', 'Hello', { fullName: 'Sari' });
	await waitFor(1);
	expect(receiver.received[0].headers['x-secret-key']).toBe(api.sim.chatbotSecretKey);
	expect(receiver.received[0].body).toEqual({
		caseID,
		channelType: 'whatsappba',
		channelID: '2100480937',
		channelName: 'WhatsApp Business API',
		sender: { customerUserID: '', phone: PHONE, contactName: 'Sari' },
		message: { id, type: 'text', text: { body: 'Hello' }, timestamp: expect.any(Number) },
	});
	expect(id).toMatch(/^wamid\./);
	expect(api.sim.cases).toMatchObject([{ id: caseID, firstMessage: 'Hello', contact: { fullName: 'Sari' } }]);
});

const contents: Array<[content: CustomerContent, message: object]> = [
	[{ image: { url: URL } }, { type: 'image', image: { url: URL, caption: '' } }],
	[{ video: { url: URL, caption: 'See' } }, { type: 'video', video: { url: URL, caption: 'See' } }],
	[{ document: { url: URL } }, { type: 'document', document: { url: URL, filename: 'a.bin', caption: '' } }],
	[
		{ location: { latitude: -6.2, longitude: 106.8, name: 'Office' } },
		{ type: 'location', location: { latitude: -6.2, longitude: 106.8, address: '', name: 'Office' } },
	],
	[
		{ button: { payload: 'reschedule', text: 'Reschedule' } },
		{
			type: 'text',
			text: { body: 'Reschedule' },
			whatsappba: { type: 'button', button: { payload: 'reschedule', text: 'Reschedule' } },
		},
	],
];
test.each(contents)('%j is delivered', async (content, message) => {
	api.sim.customerWrites(PHONE, content);
	await waitFor(1);
	expect(messages()).toEqual([expect.objectContaining(message)]);
});

test('chatbotVideoKey image: the details of a video are under the key of an image', async () => {
	api.sim.configure({ chatbotVideoKey: 'image' });
	api.sim.customerWrites(PHONE, { video: { url: URL } });
	await waitFor(1);
	expect(messages()[0]).toMatchObject({ type: 'video', image: { url: URL } });
	expect(messages()[0]).not.toHaveProperty('video');
});

test('chatbotSenderPhone and chatbotOlderFormat', async () => {
	api.sim.configure({ chatbotSenderPhone: 'empty' });
	api.sim.customerWrites(PHONE, '1');
	await waitFor(1);
	api.sim.configure({ chatbotSenderPhone: 'missing', chatbotOlderFormat: true });
	api.sim.customerWrites(PHONE, '2');
	await waitFor(2);
	const [first, second] = receiver.received.map(({ body }) => body);
	expect(first.sender.phone).toBe('');
	expect(Object.keys(second)).toEqual(['caseID', 'channelType', 'sender', 'message']);
	expect(Object.keys(second.sender)).toEqual(['contactName']);
	expect(second.message).not.toHaveProperty('timestamp');
});

test('a sender on another channel has no phone, and a customer user ID if the contact has one', async () => {
	await api.postJson('/user/sync_contact', { customerUserID: 'c-1', fullName: 'Sari', phone: PHONE });
	api.sim.customerWrites(PHONE, 'Hello', { channelID: '2101230002' });
	await waitFor(1);
	expect(receiver.received[0].body).toMatchObject({ channelType: 'instagram' });
	expect(receiver.received[0].body.sender).toEqual({ customerUserID: 'c-1', contactName: 'Sari' });
});

test('a tap on a button, on a row of a list, and an answered flow are delivered', async () => {
	const { caseID } = api.sim.customerWrites(PHONE, 'Hello');
	const body = { text: 'Choose' };
	const sent = async (interactive: object) => {
		await postChatbot(api.sim, interactiveBody(caseID, interactive));
		return api.sim.chat(caseID).at(-1)?.id ?? '';
	};
	const reply = { id: 'yes', title: 'Yes' };
	const row = { id: 'r1', title: 'Red', description: 'A color' };
	const buttons = await sent({ type: 'button', body, buttonAction: { buttons: [{ type: 'reply', reply }] } });
	const list = await sent({
		type: 'list',
		body,
		listAction: { button: 'Menu', sections: [{ rows: [row] }] },
	});
	const flow = await sent({ type: 'flow', body, flowAction: { flowID: 'f', flowCTA: 'Open' } });
	const contact = await sent({ type: 'request_contact_info', body });
	await api.controlJson('POST', '/tap', { messageID: buttons, optionID: 'yes' });
	await api.controlJson('POST', '/tap', { messageID: list, optionID: 'r1' });
	await api.controlJson('POST', '/flow', { messageID: flow, response: { size: 'M' } });
	api.sim.customerTaps(contact, '');
	await waitFor(5);
	const [, tap, choice, answer, phone] = messages();
	expect(tap).toMatchObject({
		type: 'text',
		text: { body: 'Yes' },
		whatsappba: { type: 'interactive', interactive: { type: 'button_reply', button_reply: reply } },
	});
	expect(choice).toMatchObject({
		text: { body: 'Red' },
		whatsappba: { interactive: { type: 'list_reply', list_reply: row } },
	});
	expect(answer).toMatchObject({
		text: { body: 'Sent' },
		whatsappba: {
			interactive: {
				type: 'nfm_reply',
				nfm_reply: { response_json: '{"size":"M"}', body: 'Sent', name: 'flow' },
			},
		},
	});
	expect(phone).toMatchObject({ type: 'text', text: { body: `+${PHONE}` } });
	expect(() => api.sim.customerTaps(buttons, 'no')).toThrow('no button or row with the ID "no"');
	expect(() => api.sim.customerTaps('unknown', 'no')).toThrow('There is no message "unknown"');
	expect(() => api.sim.customerFillsIn(buttons, {})).toThrow('This message is not a flow');
});

test('a tap on the quick reply of a template is delivered', async () => {
	const { templateName, languageCode } = TEMPLATED;
	api.sim.addTemplate({ templateName, languageCode, body: 'Hi {{name}}', buttons: ['Stop'] });
	const { data } = await api.postJson(TEMPLATE, { ...TEMPLATED, withCase: true });
	api.sim.customerTaps(String(data.trxID), 'Stop');
	await waitFor(1);
	expect(receiver.received[0].body).toMatchObject({
		caseID: data.caseID,
		message: { whatsappba: { type: 'button', button: { payload: 'Stop', text: 'Stop' } } },
	});
});

test('what is not answered with HTTP 200 is delivered again a limited number of times, then dropped', async () => {
	api.sim.configure({ chatbotRetries: 2 });
	receiver.plan.statuses = [500, 204, 403];
	api.sim.customerWrites(PHONE, '1');
	api.sim.customerWrites(PHONE, '2');
	await waitFor(4);
	expect(messages().map(({ text }) => text.body)).toEqual(['1', '1', '1', '2']);
	await waitUntil(() => api.sim.deliveries('chatbot')[1]?.state === 'done');
	expect(api.sim.deliveries('chatbot')[0].state).toBe('dropped');
});

test('a slow answer holds up the messages behind it', async () => {
	receiver.plan.delayMs = 150;
	api.sim.customerWrites(PHONE, '1');
	api.sim.customerWrites(PHONE, '2');
	await waitFor(1);
	expect(api.sim.deliveries()).toHaveLength(1);
	await waitFor(2);
});

test('after a hand-over, messages are not delivered; after closing, the next message opens a new case', async () => {
	const { caseID } = api.sim.customerWrites(PHONE, '1');
	await waitFor(1);
	await postChatbot(api.sim, { caseID, eventType: 'handover_case' });
	expect(api.sim.customerWrites(PHONE, '2').caseID).toBe(caseID);
	expect(api.sim.deliveries()).toHaveLength(1);
	await postChatbot(api.sim, { caseID, eventType: 'close_case' });
	const { caseID: next } = api.sim.customerWrites(caseID, '3');
	expect(next).not.toBe(caseID);
	await waitFor(2);
	expect(receiver.received[1].body.caseID).toBe(next);
});

test('a customer without an open case answers on the channel of the last message', async () => {
	await api.post(SEND, TEXT);
	api.sim.customerWrites(TEXT.phone, 'Thanks');
	await waitFor(1);
	expect(receiver.received[0].body).toMatchObject({ channelType: 'whatsapp', channelID: TEXT.channelID });
});

test('the first message of a new case is delivered', async () => {
	const created = await api.controlJson('POST', '/cases', { contact: { phone: PHONE }, firstMessage: 'Hi' });
	await waitFor(1);
	expect(receiver.received[0].body).toMatchObject({
		caseID: (created as { id: string }).id,
		channelType: 'whatsappba',
	});
});

test('nothing is delivered after a reset, which ends the connection', async () => {
	api.sim.configure({ retryPauseMs: 200 });
	receiver.plan.statuses = [500];
	api.sim.customerWrites(PHONE, '1');
	await waitFor(1);
	api.sim.reset();
	api.sim.customerWrites(PHONE, '2');
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(receiver.received).toHaveLength(1);
	expect(api.sim.deliveries()).toEqual([]);
});

test.each<[content: unknown, message: string]>([
	[{}, 'exactly one of text, image'],
	[{ text: 'a', image: { url: URL } }, 'exactly one of text, image'],
	[{ audio: {} }, 'exactly one of text, image'],
	['', 'The text must be a text that is not empty'],
	[{ image: {} }, 'The url of the image'],
	[{ location: { latitude: 100, longitude: 0 } }, 'A location has a latitude'],
])('refuses the message %j', async (message, error) => {
	const response = await api.control('POST', '/write', { to: PHONE, message });
	expect(response.status).toBe(400);
	expect(await response.json()).toEqual({ error: expect.stringContaining(error) });
	expect(api.sim.cases).toEqual([]);
});

test('refuses what is neither a case nor a phone, and an unknown channel', () => {
	expect(() => api.sim.customerWrites('somebody', 'Hi')).toThrow('"somebody" is not a phone number');
	expect(() => api.sim.customerWrites(PHONE, 'Hi', { channelID: '1' })).toThrow('There is no channel "1"');
});
