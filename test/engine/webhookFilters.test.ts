/** Which deliveries start a workflow, on n8n's webhook context. */

import type { INodeParameters } from 'n8n-workflow';

import type { CredentialData } from '../support/credentials';
import { CASE_RESOLVED, CHAT_MESSAGE, chatMessage, MESSAGE_STATUS } from '../support/deliveries';
import { startWebhook, type WebhookServer } from '../support/webhookServer.cts';

const KEY = 'only-for-tests-secret-key';

let server: WebhookServer;
afterEach(async () => {
	expect(server.thrown).toEqual([]);
	await server.stop();
});

/** Whether a delivery starts the workflow; it is answered with 200 either way. */
async function starts(type: string, parameters: INodeParameters, body: object): Promise<boolean> {
	const credentials: CredentialData =
		type === 'oneTalkChatbotTrigger' ? { oneTalkChatbotApi: { secretKey: KEY } } : {};
	server = await startWebhook(type, { parameters, credentials, mode: 'webhook' });
	expect(await server.deliver(body, { 'x-secret-key': KEY })).toEqual([200, '']);
	return server.started.length === 1;
}

const status = (detail: object) => ({
	...MESSAGE_STATUS,
	integrationMessageStatus: { ...MESSAGE_STATUS.integrationMessageStatus, ...detail },
});
const OTHER = { type: 'something_new', organizationID: 2222 };
const ALL = { events: ['messageStatus', 'caseResolved', 'other'] };

it.each<[string, INodeParameters, object, boolean]>([
	['a status, without any setting', {}, MESSAGE_STATUS, true],
	['a resolved case, without any setting', {}, CASE_RESOLVED, true],
	['an unknown event, without any setting', {}, OTHER, false],
	['an unknown event that is chosen', { events: ['other'] }, OTHER, true],
	['a status that is not chosen', { events: ['caseResolved'] }, MESSAGE_STATUS, false],
	[
		'events from an expression that gives text',
		{ events: '={{ "other, messageStatus" }}' },
		MESSAGE_STATUS,
		true,
	],
	['a status in the list', { statuses: ['delivered'] }, MESSAGE_STATUS, true],
	['a status with capitals', { statuses: ['delivered'] }, status({ status: 'Delivered' }), true],
	['a status that is not in the list', { statuses: ['failed'] }, MESSAGE_STATUS, false],
	['no statuses chosen', { statuses: [] }, MESSAGE_STATUS, true],
	['an unknown status', { statuses: ['failed'] }, status({ status: 'queued' }), true],
	['a status that is missing', { statuses: ['failed'] }, status({ status: null }), true],
	['a resolved case, whatever the statuses', { statuses: ['failed'] }, CASE_RESOLVED, true],
	['the organization', { filters: { organizationId: '1, 2222' } }, MESSAGE_STATUS, true],
	['another organization', { filters: { organizationId: '1' } }, MESSAGE_STATUS, false],
	['the channel type', { filters: { channelType: 'whatsapp' } }, CASE_RESOLVED, true],
	['another channel type', { filters: { channelType: 'whatsapp' } }, MESSAGE_STATUS, false],
	['the channel by expression', { filters: { channelId: '={{ [2401234567] }}' } }, MESSAGE_STATUS, true],
	['another channel', { filters: { channelId: '1' } }, MESSAGE_STATUS, false],
	['a field that the event does not have', { ...ALL, filters: { channelId: '1' } }, OTHER, true],
	['an unknown event of another organization', { ...ALL, filters: { organizationId: '1' } }, OTHER, false],
])('OneTalk Webhook Trigger: %s', async (_what, parameters, body, expected) => {
	expect(await starts('oneTalkWebhookTrigger', parameters, body)).toBe(expected);
});

it.each<[string, INodeParameters, object, boolean]>([
	['no filter', {}, CHAT_MESSAGE, true],
	['the channel type', { filters: { channelType: 'WhatsAppBA, line' } }, CHAT_MESSAGE, true],
	['another channel type', { filters: { channelType: 'line' } }, CHAT_MESSAGE, false],
	['the message type', { filters: { messageType: ['text'] } }, CHAT_MESSAGE, true],
	['the message type as text', { filters: { messageType: '={{ "image, text" }}' } }, CHAT_MESSAGE, true],
	['another message type', { filters: { messageType: ['image'] } }, CHAT_MESSAGE, false],
	[
		'a tap as a text',
		{ filters: { messageType: ['text'] } },
		chatMessage({ type: 'interactive', whatsappba: { button: { text: 'Yes', payload: '' } } }),
		true,
	],
	['no type at all', { filters: { messageType: ['text'] } }, chatMessage({}), true],
])('OneTalk Chatbot Trigger: %s', async (_what, parameters, body, expected) => {
	expect(await starts('oneTalkChatbotTrigger', parameters, body)).toBe(expected);
});
