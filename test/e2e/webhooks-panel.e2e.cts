/** The panels of the webhook triggers in n8n's editor, as docs/answer-customers.md and docs/message-status.md describe them. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { OLDER_N8N } from './olderN8n.cts';
import { until } from './wait.cts';
import { createTrigger, SECRET, type CreatedTrigger } from './webhooks/trigger.cts';

const PHONE = '6281212345678';

let lab: Lab;
let editor: Browser;

before(async () => {
	editor = await openBrowser();
	lab = await startLab('webhooks-panel', { withCredential: false });
	await editor.signIn(lab);
	await editor.page.setViewportSize({ width: 1440, height: 1000 });
});
afterEach(async (t) => {
	if (!('passed' in t && t.passed)) await editor?.picture(`failed-${t.name.replace(/\W+/g, '-')}`);
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

/** Opens the trigger's panel and its URLs. */
async function openPanel({ workflowId }: CreatedTrigger): Promise<void> {
	await editor.page.goto(`${lab.url}/workflow/${workflowId}`, { timeout: 60_000 });
	await editor.page
		.locator('[data-test-id="canvas-node"][data-node-name="Trigger"]')
		.dblclick({ timeout: 60_000 });
	await editor.part('ndv').waitFor();
	await editor.page.getByText('Webhook URLs', { exact: true }).first().click();
}

/** The URL that the panel shows. */
async function shownUrl(tab: 'Test URL' | 'Production URL'): Promise<string> {
	await editor.part('ndv').getByText(tab, { exact: true }).first().click();
	const prefix = tab === 'Test URL' ? '/webhook-test/' : '/webhook/';
	const text = await editor
		.part('ndv')
		.getByText(new RegExp(`http\\S*${prefix}`))
		.first()
		.innerText();
	return /http\S+/.exec(text)?.[0] ?? '';
}

/** Executions in the list of executions, which are those of published workflows. */
const published = async ({ workflowId }: CreatedTrigger) =>
	(await lab.api.executions(workflowId)).filter(({ mode }) => mode === 'webhook');

describe('OneTalk Chatbot Trigger', { skip: OLDER_N8N !== '' }, () => {
	let trigger: CreatedTrigger;

	test('the panel has the steps, and both URLs', async () => {
		trigger = await createTrigger(lab, 'chatbot');
		await openPanel(trigger);
		for (const step of [/1\. Publish this workflow/, /2\. Open Webhook URLs/, /3\. In OneTalk’s dashboard/]) {
			await editor.part('ndv').getByText(step).first().waitFor();
		}
		assert.equal(await shownUrl('Test URL'), lab.url + trigger.path.replace('/webhook/', '/webhook-test/'));
		await editor.picture('chatbot-trigger-panel');
		assert.equal(await shownUrl('Production URL'), lab.url + trigger.path);
	});

	test('“Execute step” waits for, and shows, the message that the customer writes', async () => {
		await editor.part('node-execute-button').click();
		await editor.page
			.getByText(/Waiting for OneTalk to call the test URL/)
			.first()
			.waitFor();
		await editor.picture('chatbot-trigger-listening');
		lab.simulator.connect({
			chatbotUrl: lab.url + trigger.path.replace('/webhook/', '/webhook-test/'),
		});
		lab.simulator.customerWrites(PHONE, 'Where is my order?');
		const table = editor.part('output-panel').locator('table').first();
		await table.waitFor();
		assert.match(await table.innerText(), /chatInput[\s\S]*Where is my order\?/);
		await editor.picture('chatbot-trigger-output');
	});

	test('once it is published, each message is in the list of executions', async () => {
		await trigger.publish();
		lab.simulator.connect({ chatbotUrl: trigger.url });
		lab.simulator.customerWrites(PHONE, 'Is anybody there?');
		await until('an execution', async () => (await published(trigger))[0]?.status === 'success');
	});
});

describe('OneTalk Webhook Trigger', { skip: OLDER_N8N !== '' }, () => {
	let trigger: CreatedTrigger;

	const send = async () => {
		const response = await fetch(`${lab.account.baseUrl}/inbox/send_message_whatsapp`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'API-Key': lab.account.apiKey },
			body: JSON.stringify({ channelID: '2101081881', phone: PHONE, messageType: 'text', body: 'Hi' }),
		});
		assert.equal(response.status, 200);
	};

	test('“Execute step” waits for, and shows, the status of a message; the token is at the end of the URL', async () => {
		trigger = await createTrigger(lab, 'organization');
		await openPanel(trigger);
		await editor
			.part('ndv')
			.getByText(/2\. Open Webhook URLs .*add \?token=/)
			.first()
			.waitFor();
		const url = await shownUrl('Test URL');
		await editor.picture('webhook-trigger-panel');
		await editor.part('node-execute-button').click();
		await editor.page
			.getByText(/Waiting for OneTalk to call the test URL/)
			.first()
			.waitFor();
		lab.simulator.connect({ webhookUrl: `${url}?token=${SECRET}` });
		await send();
		const table = editor.part('output-panel').locator('table').first();
		await table.waitFor();
		assert.match(await table.innerText(), /messageStatus[\s\S]*acknowledge/);
		await editor.picture('webhook-trigger-output');
	});

	test('once it is published, each status is in the list of executions', async () => {
		await trigger.publish();
		lab.simulator.connect({ webhookUrl: `${trigger.url}?token=${SECRET}` });
		await send();
		await until('three executions', async () => {
			const executions = await published(trigger);
			return executions.length === 3 && executions.every(({ status }) => status === 'success');
		});
	});
});
