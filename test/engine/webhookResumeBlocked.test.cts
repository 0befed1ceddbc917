/** A tap where n8n's protection against requests to its own network is on, and n8n's webhook URL lies in it. */

import { CHAT_MESSAGE } from '../support/deliveries.ts';
import { startWebhook } from '../support/webhookServer.cts';

const SETTING = 'N8N_SSRF_PROTECTION_ENABLED';
const KEY = 'only-for-tests-secret-key';

// n8n reads its settings at the first request of this file
beforeAll(() => void (process.env[SETTING] = 'true'));
afterAll(() => void delete process.env[SETTING]);

it('is not accepted, and the log names the setting that lets it pass', async () => {
	const trigger = await startWebhook('oneTalkChatbotTrigger', {
		parameters: {},
		credentials: { oneTalkChatbotApi: { secretKey: KEY } },
		mode: 'webhook',
		waitingBaseUrl: 'http://127.0.0.1:9/webhook-waiting',
	});
	const id = `n8n1|1/node?run=0&approved=true&signature=${'0'.repeat(64)}`;
	const tap = {
		type: 'interactive',
		interactive: { type: 'button_reply', button_reply: { id, title: 'Yes' } },
	};
	const body = { ...CHAT_MESSAGE, message: { ...CHAT_MESSAGE.message, whatsappba: tap } };
	expect(await trigger.deliver(body, { 'x-secret-key': KEY })).toEqual([503, '']);
	expect(trigger.warnings.join()).toMatch(
		/blocked because .*: add the host .* to N8N_SSRF_ALLOWED_HOSTNAMES/,
	);
	expect(trigger.started).toEqual([]);
	await trigger.stop();
});
