/** Contacts and the custom chatbot in a real n8n and its editor: credential test, every panel, and what reaches the simulator. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { outputOf } from '../../tools/n8n-execution.cts';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { chain, inARow, node } from './workflows.cts';

const CHATBOT = 'oneTalkChatbotApi';

let lab: Lab;
let editor: Browser;
let credentials: Record<string, { id: string; name: string }>;
/** An open case that is with the chatbot. */
let caseId: string;

before(async () => {
	lab = await startLab('chatbot');
	const { chatbotUrl: url, chatbotSecretKey: secretKey } = lab.simulator;
	const chatbot = await lab.api.createCredential(CHATBOT, 'My chatbot', { url, secretKey });
	credentials = { ...(await lab.credentials()), [CHATBOT]: { id: chatbot.id, name: 'My chatbot' } };
	caseId = lab.simulator.createCase({ firstMessage: 'Hello' }).id;
	editor = await openBrowser();
	await editor.signIn(lab);
	await editor.page.setViewportSize({ width: 1440, height: 1100 });
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

describe('the credential test', () => {
	// the data of a stored credential, changed and not saved: n8n 1.x tests no other
	const testOf = async (data: object) =>
		await lab.api.testCredential({ ...credentials[CHATBOT], type: CHATBOT, data });

	test('passes for a right key, without any effect', async () => {
		const { chatbotUrl: url, chatbotSecretKey: secretKey } = lab.simulator;
		const { status, message } = await testOf({ url, secretKey });
		assert.equal(status, 'OK', message);
		assert.deepEqual(lab.simulator.chatbotMessages(), []);
	});

	test('says that a key is wrong', async () => {
		const { status, message } = await testOf({ url: lab.simulator.chatbotUrl, secretKey: 'another-key' });
		assert.equal(status, 'Error');
		assert.match(message, /key/i);
		assert.doesNotMatch(message, /could not be decided/i);
	});

	test('says that something else answers', async () => {
		const url = `${lab.url}/api/visitor/v1/webhook/chatbot/custom/2222/31`;
		const { status, message } = await testOf({ url, secretKey: 'any-key' });
		assert.equal(status, 'Error');
		assert.match(message, /^It could not be decided whether the key is right/);
	});
});

/** Each operation with parameters that work, and parameters that its panel shows. */
const OPERATIONS: Array<[name: string, parameters: Record<string, unknown>, shows: string[]]> = [
	[
		'Send a chatbot message',
		{ operation: 'sendMessage', text: 'Hello from the chatbot' },
		['caseId', 'text'],
	],
	[
		'Send buttons',
		{
			operation: 'sendButtons',
			text: 'Shall we call you?',
			buttons: { button: [{ id: 'yes', title: 'Yes' }] },
		},
		['caseId', 'text', 'buttonsMode'],
	],
	[
		'Send a list',
		{
			operation: 'sendList',
			text: 'What is it about?',
			listButton: 'Choose',
			rows: {
				row: [{ section: 'Orders', id: 'late', title: 'Late order', description: 'It has not come yet' }],
			},
		},
		['caseId', 'listButton', 'rowsMode'],
	],
	[
		'Send a flow',
		{ operation: 'sendFlow', text: 'Book a visit', flowId: '123456', flowCta: 'Book' },
		['caseId', 'flowId', 'flowCta'],
	],
	[
		'Ask for contact info',
		{ operation: 'requestContactInfo', text: 'May we have your number?' },
		['caseId', 'text'],
	],
	['Change the case', { operation: 'updateCase', updateFields: { agentRemark: 'Wants a call' } }, ['caseId']],
	['Change the contact', { operation: 'updateContact', updateFields: { alias: 'A customer' } }, ['caseId']],
	['Hand over', { operation: 'handOver', summary: 'Wants a call about an order' }, ['caseId', 'summary']],
	['Close the case', { operation: 'closeCase' }, ['caseId', 'sendClosingMessage']],
];

describe('the panels of Chatbot and Contact', () => {
	const oneTalk = (name: string, parameters: Record<string, unknown>) => ({
		...node(name, 'n8n-nodes-onetalk.oneTalk', 1, parameters),
		credentials,
	});

	test('every chatbot operation runs, one after the other, and answers in a row that a person can read', async () => {
		const steps = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			...OPERATIONS.map(([name, parameters]) =>
				oneTalk(name, { resource: 'chatbot', caseId, ...parameters }),
			),
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Chatbot',
			nodes: inARow(steps),
			connections: chain(steps),
		});
		const execution = await lab.api.execute(id, 'Start');
		assert.equal(execution.status, 'success', JSON.stringify(execution.data?.resultData?.error));
		for (const [name] of OPERATIONS) {
			const [{ json }] = outputOf(execution, name);
			assert.deepEqual([name, json.success, json.caseID], [name, true, caseId]);
			assert.match(String(json.message), /\S+ \S+/);
		}
		await editor.page.goto(`${lab.url}/workflow/${id}`);
	});

	for (const [i, [name, , shows]] of OPERATIONS.entries()) {
		test(`${name}: the panel shows its parameters, Resource and the chatbot's credential`, async () => {
			await open(name, ['resource', 'operation', ...shows]);
			const chosen = editor.part('node-credentials-select').locator('input');
			assert.equal(await chosen.count(), 1);
			assert.equal(await chosen.inputValue(), 'My chatbot');
			await editor.picture(`6${i}-${name.toLowerCase().replaceAll(' ', '-')}`);
			await editor.part('ndv-close-button').click();
		});
	}

	test('a contact is created, then found again by its ID', async () => {
		const parameters = {
			resource: 'contact',
			operation: 'upsert',
			customerUserId: 'customer-1',
			fullName: 'Example Customer',
			additionalFields: { phone: '0812 0000 0002' },
		};
		const steps = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			oneTalk('Create or update', parameters),
			oneTalk('Auth ticket', { ...parameters, operation: 'createAuthTicket' }),
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Contact',
			nodes: inARow(steps),
			connections: chain(steps),
		});
		const execution = await lab.api.execute(id, 'Start');
		assert.equal(execution.status, 'success', JSON.stringify(execution.data?.resultData?.error));
		const [{ json }] = outputOf(execution, 'Auth ticket');
		assert.deepEqual(
			[json.success, json.customerUserID, json.phone, typeof json.ticket],
			[true, 'customer-1', '6281200000002', 'string'],
		);
		await editor.page.goto(`${lab.url}/workflow/${id}`);
		await open('Create or update', ['resource', 'operation', 'customerUserId', 'fullName']);
		await editor.picture('70-contact');
		await editor.part('ndv-close-button').click();
	});
});

describe('the panels of the webhook triggers', () => {
	test('show the three steps, and both URLs', async () => {
		const triggers = [
			{ ...node('Chatbot Trigger', 'n8n-nodes-onetalk.oneTalkChatbotTrigger', 1, {}), credentials },
			{ ...node('Webhook Trigger', 'n8n-nodes-onetalk.oneTalkWebhookTrigger', 1, {}), credentials },
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Webhook triggers',
			nodes: inARow(triggers),
			connections: {},
		});
		await editor.page.goto(`${lab.url}/workflow/${id}`);
		for (const [i, { name }] of triggers.entries()) {
			await open(name, []);
			await editor
				.part('node-parameters')
				.getByText(/Production/)
				.first()
				.waitFor();
			await editor.picture(`7${i + 1}-${name.toLowerCase().replaceAll(' ', '-')}`);
			await editor.part('ndv-close-button').click();
		}
	});
});

/** Opens the panel of a node and waits until it shows the parameters. */
async function open(name: string, shows: string[]): Promise<void> {
	await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
	for (const parameter of shows) await editor.part(`parameter-input-${parameter}`).first().waitFor();
}
