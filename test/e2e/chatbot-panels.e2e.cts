/** The panels of Chatbot and Contact, filled in by typing in n8n's editor and run there. Each stores a picture with its output. */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Json } from '../../tools/n8n-execution.cts';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { until } from './wait.cts';
import { inARow, node } from './workflows.cts';

let lab: Lab;
let editor: Browser;
/** An open case that is with the chatbot. */
let caseId: string;
let workflowId: string;

/** The operations, by the names of their nodes. */
const NODES: Record<string, { resource: string; operation: string }> = {
	Message: { resource: 'chatbot', operation: 'sendMessage' },
	Document: { resource: 'chatbot', operation: 'sendMessage' },
	Buttons: { resource: 'chatbot', operation: 'sendButtons' },
	List: { resource: 'chatbot', operation: 'sendList' },
	Flow: { resource: 'chatbot', operation: 'sendFlow' },
	'Contact info': { resource: 'chatbot', operation: 'requestContactInfo' },
	Question: { resource: 'chatbot', operation: 'sendAndWait' },
	'Change case': { resource: 'chatbot', operation: 'updateCase' },
	'Change contact': { resource: 'chatbot', operation: 'updateContact' },
	'Hand over': { resource: 'chatbot', operation: 'handOver' },
	Close: { resource: 'chatbot', operation: 'closeCase' },
	Contact: { resource: 'contact', operation: 'upsert' },
	'Auth ticket': { resource: 'contact', operation: 'createAuthTicket' },
};

before(async () => {
	lab = await startLab('chatbot-panels');
	const { chatbotUrl: url, chatbotSecretKey: secretKey } = lab.simulator;
	const { id } = await lab.api.createCredential('oneTalkChatbotApi', 'My chatbot', { url, secretKey });
	const credentials = {
		...(await lab.credentials()),
		oneTalkChatbotApi: { id, name: 'My chatbot' },
	};
	caseId = lab.simulator.createCase({ channelID: '2100480937', firstMessage: 'Hello' }).id;
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const steps = Object.entries(NODES).map(([name, parameters]) => ({
		...node(name, 'n8n-nodes-onetalk.oneTalk', 1, parameters),
		credentials,
	}));
	({ id: workflowId } = await lab.api.createWorkflow({
		name: 'Panels',
		nodes: inARow([start, ...steps]),
		connections: { Start: { main: [steps.map((step) => ({ node: step.name, type: 'main', index: 0 }))] } },
	}));
	editor = await openBrowser();
	await editor.signIn(lab);
	await editor.page.setViewportSize({ width: 1440, height: 1200 });
	await editor.page.goto(`${lab.url}/workflow/${workflowId}`);
	await editor.part('canvas-node').first().waitFor();
});
afterEach(async (t) => {
	if ('passed' in t && t.passed) return;
	await editor?.picture(`failed-panel-${t.name.replace(/\W+/g, '-')}`);
	await editor?.page.goto(`${lab.url}/workflow/${workflowId}`);
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

/** Types into the field of a parameter; of several with the same name, into the one at the index. */
async function type(name: string, value: string, index = 0): Promise<void> {
	const parameter = editor.part(`parameter-input-${name}`).nth(index);
	const field = parameter.locator('input, textarea, .cm-content').first();
	await field.click();
	await editor.page.keyboard.press('ControlOrMeta+A');
	await field.pressSequentially(value);
}

/** Chooses from the list of a parameter. */
async function choose(name: string, option: string): Promise<void> {
	await editor.part(`parameter-input-${name}`).locator('input').first().click();
	const label = editor.page.getByRole('option').getByText(option, { exact: true });
	await label.locator('visible=true').click();
}

/** Adds an entry to a list of entries. */
async function addEntry(name: string): Promise<void> {
	await editor.part(`fixed-collection-${name}`).locator('[data-test-id="fixed-collection-add"]').click();
}

/** Adds a field to a parameter that begins without any. */
async function addField(placeholder: string, field: string): Promise<void> {
	await editor.page.getByPlaceholder(placeholder).first().click();
	await editor.page.getByText(field, { exact: true }).locator('visible=true').last().click();
}

/** Runs the node with "Execute step", and waits until its output shows all texts. */
async function execute(...shows: string[]): Promise<void> {
	await press();
	await shown(...shows);
}

async function press(): Promise<void> {
	// the editor takes what is typed after a short pause
	await editor.page.waitForTimeout(600);
	await editor.part('node-execute-button').click();
}

async function shown(...texts: string[]): Promise<void> {
	for (const text of texts) await editor.part('output-panel').getByText(text).first().waitFor();
}

/** A test in the panel of one node: fills it in, and stores a picture of it with its output. */
function panel(name: string, fill: () => Promise<void>): void {
	test(name, async () => {
		await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await editor.part('ndv').waitFor();
		await fill();
		await editor.picture(`8-panel-${name.toLowerCase().replaceAll(' ', '-')}`);
		await editor.part('ndv-close-button').click();
	});
}

/** The newest message that the chatbot has sent. */
const newest = (): Json => lab.simulator.chatbotMessages(caseId).at(-1);
const interactive = (): Json => newest().whatsappba.interactive;
const SENT = 'Sent 1 message to the customer of case';

panel('Message', async () => {
	await type('caseId', caseId);
	await type('text', 'Your order is ready for pick-up.');
	await execute(SENT, 'Your order is ready for pick-up.');
	assert.deepEqual(newest().text, { body: 'Your order is ready for pick-up.' });
});

panel('Document', async () => {
	await type('caseId', caseId);
	await choose('messageType', 'Document');
	await type('mediaUrl', 'https://www.example.com/files/receipt.pdf');
	await type('caption', 'Your receipt');
	await execute(SENT);
	assert.deepEqual(newest().document, {
		url: 'https://www.example.com/files/receipt.pdf',
		filename: 'receipt.pdf',
		caption: 'Your receipt',
	});
});

panel('Buttons', async () => {
	await type('caseId', caseId);
	await type('text', 'Shall we call you?');
	await type('footer', 'This is an automatic reply');
	for (const [i, title] of ['Yes, please', 'No'].entries()) {
		await addEntry('buttons');
		await type('title', title, i);
	}
	await type('id', 'call', 0);
	await execute(SENT);
	const { buttons } = interactive().buttonAction;
	assert.deepEqual(
		buttons.map(({ reply }: Json) => reply),
		[
			{ id: 'call', title: 'Yes, please' },
			{ id: 'No', title: 'No' },
		],
	);
});

panel('List', async () => {
	await type('caseId', caseId);
	await type('text', 'What is it about?');
	await type('listButton', 'Choose');
	await addEntry('rows');
	await type('title', 'Late order');
	await type('description', 'It has not come yet');
	await execute(SENT);
	assert.deepEqual(interactive().listAction.sections[0].rows, [
		{ id: 'Late order', title: 'Late order', description: 'It has not come yet' },
	]);
});

panel('Flow', async () => {
	await type('caseId', caseId);
	await type('text', 'Book a visit');
	await type('flowId', '123456');
	await type('flowCta', 'Book');
	await type('flowScreen', 'DATES');
	await type('flowData', '{ "shop": "Example" }');
	await execute(SENT);
	assert.deepEqual(interactive().flowAction.flowActionPayload, {
		screen: 'DATES',
		data: { shop: 'Example' },
	});
});

panel('Contact info', async () => {
	await type('caseId', caseId);
	await type('text', 'May we have your number?');
	await execute(SENT);
	assert.equal(interactive().type, 'request_contact_info');
});

panel('Question', async () => {
	await type('caseId', caseId);
	await type('message', 'At what time shall we come?');
	await choose('responseType', 'Free Text');
	const before = lab.simulator.chatbotMessages(caseId).length;
	await press();
	await until('the question is sent', () => lab.simulator.chatbotMessages(caseId).length > before);
	const [link] = /https?:\/\/\S+$/.exec(newest().text.body) ?? [];
	await until('it is answered', async () => {
		const answer = await fetch(link ?? '', {
			method: 'POST',
			body: new URLSearchParams({ text: 'At five' }),
		});
		return (await answer.text()).includes('Thank you');
	});
	await shown('At five');
});

panel('Change case', async () => {
	await type('caseId', caseId);
	await addField('Add Field', 'Agent Remark');
	await type('agentRemark', 'Wants a call');
	await execute('Updated');
	assert.equal(lab.simulator.cases.find(({ id }) => id === caseId)?.agentRemark, 'Wants a call');
});

panel('Change contact', async () => {
	await type('caseId', caseId);
	await addField('Add Field', 'Alias');
	await type('alias', 'Regular customer');
	await addEntry('customFields');
	await type('code', 'birthday');
	await choose('type', 'Date');
	await type('value', '2000-12-31');
	await execute('Updated');
	const contact = lab.simulator.contacts().find(({ alias }) => alias === 'Regular customer');
	assert.deepEqual((contact as Json)?.customFields, { birthday: '2000-12-31' });
});

panel('Contact', async () => {
	await type('customerUserId', 'customer-1');
	await type('fullName', 'Sari Example');
	await addField('Add Field', 'Phone');
	await type('phone', '0812 0000 0002');
	await execute('customer-1', '6281200000002');
});

panel('Auth ticket', async () => {
	await type('customerUserId', 'customer-1');
	await type('fullName', 'Sari Example');
	await execute('customer-1', 'ticket');
});

panel('Hand over', async () => {
	await type('caseId', caseId);
	await type('summary', 'Wants to return order 4711');
	await type('agentEmail', 'agent@example.com');
	await execute('Handed case');
});

panel('Close', async () => {
	await type('caseId', caseId);
	await editor
		.part('parameter-input-sendClosingMessage')
		.locator('[role=switch], .el-switch')
		.first()
		.click();
	await execute('Closed');
	assert.equal(lab.simulator.cases.find(({ id }) => id === caseId)?.isClosed, true);
});
