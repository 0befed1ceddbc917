/** Chatbot: Send and Wait for Response: a customer taps a button on the phone, and the execution that waits goes on. */

import assert from 'node:assert/strict';
import { after as afterAll, before, describe, test } from 'node:test';
import { outputOf, type Json } from '../../tools/n8n-execution.cts';
import type { Delivery } from '../../simulator/server.cts';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { pause, until } from './wait.cts';
import { after, post, untilWaiting } from './waiting.cts';
import { chain, inARow, node } from './workflows.cts';

const WEBHOOK = '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c03';
const TRIGGER = 'OneTalk Chatbot Trigger';
const QUESTION = 'Your table for four on Friday at 19:00: shall we book it?';
const APPROVAL = {
	values: { approvalType: 'double', approveLabel: 'Book it', disapproveLabel: 'No, thanks' },
};
const FIRST_MESSAGE = 'Hi';
const WABA = '2100480937';

let lab: Lab;
let browser: Browser;
let credentials: Record<string, { id: string; name: string }>;
/** The workflow that answers customers. */
let chatId: string;

before(async () => {
	lab = await startLab('chat-approval', { withCredential: false });
	const { chatbotUrl: url, chatbotSecretKey: secretKey } = lab.simulator;
	const { id } = await lab.api.createCredential('oneTalkChatbotApi', 'My chatbot', { url, secretKey });
	credentials = { oneTalkChatbotApi: { id, name: 'My chatbot' } };
	const steps = [
		{ ...node(TRIGGER, 'n8n-nodes-onetalk.oneTalkChatbotTrigger', 1, {}), webhookId: WEBHOOK, credentials },
		node('End', 'n8n-nodes-base.noOp', 1, {}),
	];
	const chat = await lab.api.createWorkflow({
		name: 'Chat',
		nodes: inARow(steps),
		connections: chain(steps),
	});
	chatId = chat.id;
	await lab.api.publish(chat);
	await until(
		'the workflow is published',
		async () => (await lab.api.publicationStatus(chatId)).status === 'published',
	);
	lab.simulator.connect({ chatbotUrl: `${lab.url}/webhook/${WEBHOOK}/webhook` });
	lab.simulator.configure({ chatbotRetries: 10, retryPauseMs: 300 });
	browser = await openBrowser();
});
afterAll(async () => {
	await browser?.close();
	await lab?.stop();
});

/** A question on a customer's phone. */
interface Asked {
	/** of the execution that waits */
	id: string;
	workflowId: string;
	caseID: string;
	/** of the message, for a tap on it */
	messageID: string;
	buttons: Array<{ id: string; title: string }>;
}

let customers = 0;

/** Opens a case of a new customer, and asks there; returns as soon as the phone shows the question. */
async function ask(parameters: Record<string, unknown> = {}): Promise<Asked> {
	const phone = String(6281200000001 + customers++);
	const { id: caseID } = lab.simulator.createCase({
		contact: { phone },
		channelID: WABA,
		firstMessage: FIRST_MESSAGE,
	});
	const steps = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {
				resource: 'chatbot',
				operation: 'sendAndWait',
				caseId: caseID,
				message: QUESTION,
				approvalOptions: APPROVAL,
				...parameters,
			}),
			credentials,
		},
		node('After', 'n8n-nodes-base.noOp', 1, {}),
	];
	const workflow = { name: 'Ask in the chat', nodes: inARow(steps), connections: chain(steps) };
	const { id: workflowId } = await lab.api.createWorkflow(workflow);
	const id = await lab.api.start(workflowId, 'Start');
	const questions = () => lab.simulator.chat(caseID).filter(({ from }) => from === 'chatbot');
	await until('the phone shows the question', () => questions().length === 1, 60_000);
	const [entry] = questions() as Json[];
	const buttons = (entry.message.whatsappba?.interactive.buttonAction.buttons ?? []) as Json[];
	return { id, workflowId, caseID, messageID: entry.id, buttons: buttons.map(({ reply }) => reply) };
}

/** As `ask`, and waits until the execution waits. */
async function waiting(parameters: Record<string, unknown> = {}): Promise<Asked> {
	const asked = await ask(parameters);
	await untilWaiting(lab, asked.id);
	return asked;
}

const tap = ({ messageID, buttons }: Asked, title: string) =>
	lab.simulator.customerTaps(messageID, buttons.find((button) => button.title === title)?.id ?? '');

/** Waits until so many deliveries about a case have been answered; the first one is its first message. */
async function untilDelivered(caseID: string, count = 2): Promise<Delivery[]> {
	const of = () => lab.simulator.deliveries('chatbot').filter(({ body }) => body.caseID === caseID);
	await until(
		`${count} deliveries are answered`,
		() => of().length >= count && of().every(({ state }) => state !== 'waiting'),
	);
	return of();
}

/** What a case has started in the workflow that answers customers after its first message, oldest first. */
async function started(caseID: string): Promise<Json[]> {
	await pause(500);
	const executions = await lab.api.executions(chatId);
	const ended = await Promise.all(executions.map(async ({ id }) => await lab.api.finished(id)));
	const items = ended.reverse().flatMap((execution) => outputOf(execution, TRIGGER));
	return items
		.map(({ json }) => json as Json)
		.filter((json) => json.caseID === caseID && json.text !== FIRST_MESSAGE);
}

const answerOf = async (asked: Asked) => ((await after(lab, asked.id)) as Json).data;

describe('a tap on a button', () => {
	test('continues the execution, with the answer that the button stands for', async () => {
		const asked = await waiting();
		assert.deepEqual(
			asked.buttons.map(({ title }) => title),
			['Book it', 'No, thanks'],
		);
		for (const { id } of asked.buttons) assert.ok(id.length > 130 && id.length <= 256, `${id.length}`);
		const { page } = browser;
		await page.setViewportSize({ width: 1200, height: 800 });
		await page.goto(lab.simulator.url);
		await page.getByRole('button', { name: 'Book it' }).waitFor();
		await browser.picture('chat-approval-phone');
		assert.doesNotMatch(await page.locator('.phone').first().innerText(), /n8n1|signature/);
		await page.getByRole('button', { name: 'Book it' }).click();
		const { respondedAt, ...data } = await answerOf(asked);
		assert.equal(data.approved, true);
		assert.ok(Math.abs(Date.parse(respondedAt) - Date.now()) < 60_000);
		await browser.picture('chat-approval-tapped');
		const delivery = (await untilDelivered(asked.caseID)).at(-1);
		assert.deepEqual([delivery?.state, delivery?.attempts.length], ['done', 1]);
		assert.deepEqual(await started(asked.caseID), []);
	});

	test('declines', async () => {
		const asked = await waiting();
		tap(asked, 'No, thanks');
		assert.equal((await answerOf(asked)).approved, false);
		await untilDelivered(asked.caseID);
		assert.deepEqual(await started(asked.caseID), []);
	});

	test('that comes before n8n has stored that the execution waits is not lost', async () => {
		for (let i = 0; i < 3; i++) {
			const asked = await ask();
			tap(asked, 'Book it');
			assert.equal((await answerOf(asked)).approved, true);
			assert.deepEqual(await started(asked.caseID), []);
		}
	});

	test('that is delivered three times continues it once', async () => {
		const asked = await waiting();
		lab.simulator.configure({ deliveryRepeats: 3 });
		tap(asked, 'Book it');
		assert.equal((await answerOf(asked)).approved, true);
		await untilDelivered(asked.caseID, 4);
		lab.simulator.configure({ deliveryRepeats: 1 });
		assert.deepEqual(await started(asked.caseID), []);
		assert.equal((await lab.api.executions(asked.workflowId)).length, 1);
	});

	test('that comes too late starts the workflow as a message', async () => {
		const asked = await waiting();
		tap(asked, 'No, thanks');
		assert.equal((await answerOf(asked)).approved, false);
		await untilDelivered(asked.caseID);
		tap(asked, 'Book it');
		await untilDelivered(asked.caseID, 3);
		const [message, ...more] = await started(asked.caseID);
		assert.deepEqual(more, []);
		assert.deepEqual([message.chatInput, message.reply.title], ['Book it', 'Book it']);
		assert.equal((await answerOf(asked)).approved, false);
		assert.match(lab.log, /no execution waits for a tap \(any more\), so it is handled like any message/);
	});

	test('on both buttons at the same moment: one answers, the other one starts the workflow', async () => {
		const asked = await waiting();
		tap(asked, 'Book it');
		tap(asked, 'No, thanks');
		const { approved } = await answerOf(asked);
		await untilDelivered(asked.caseID, 3);
		const messages = await started(asked.caseID);
		assert.deepEqual(
			messages.map(({ chatInput }) => chatInput),
			[approved ? 'No, thanks' : 'Book it'],
		);
	});

	test('that was not signed by this n8n starts the workflow, and the execution goes on waiting', async () => {
		const asked = await waiting();
		const [{ id }] = asked.buttons;
		const last = id.at(-1) === '0' ? '1' : '0';
		const forged = [
			id.slice(0, -1) + last,
			id.replace('approved=true', 'approved=false'),
			id.replace(/\|\d+\//, '|999999/'),
			id.replace(/&signature=.*/, ''),
			id.replace('n8n1|', 'n8n1|../rest/'),
		];
		for (const one of forged)
			lab.simulator.customerWrites(asked.caseID, { buttonReply: { id: one, title: 'Forged' } });
		await untilDelivered(asked.caseID, 1 + forged.length);
		const messages = await started(asked.caseID);
		assert.deepEqual(new Set(messages.map(({ reply }) => reply.id)), new Set(forged));
		assert.equal((await lab.api.execution(asked.id)).status, 'waiting');
		tap(asked, 'Book it');
		assert.equal((await answerOf(asked)).approved, true);
	});

	test('after a restart of n8n', async () => {
		const asked = await waiting();
		await lab.restartN8n();
		assert.equal((await lab.api.execution(asked.id)).status, 'waiting');
		tap(asked, 'Book it');
		assert.equal((await answerOf(asked)).approved, true);
		assert.deepEqual(await started(asked.caseID), []);
		assert.equal(lab.simulator.chatbotMessages(asked.caseID).length, 1);
	});

	test('while n8n is down is repeated by OneTalk, and continues the execution then', async () => {
		const asked = await waiting();
		await lab.killN8n();
		lab.simulator.configure({ chatbotRetries: 20, retryPauseMs: 2_000 });
		tap(asked, 'Book it');
		await pause(500);
		await lab.startN8n();
		assert.equal((await answerOf(asked)).approved, true);
		assert.deepEqual(await started(asked.caseID), []);
	});
});

test('other messages of the customer start the workflow meanwhile', async () => {
	const asked = await waiting();
	lab.simulator.customerWrites(asked.caseID, 'Do you have a terrace?');
	await untilDelivered(asked.caseID);
	assert.deepEqual(
		(await started(asked.caseID)).map(({ chatInput }) => chatInput),
		['Do you have a terrace?'],
	);
	assert.equal((await lab.api.execution(asked.id)).status, 'waiting');
	tap(asked, 'No, thanks');
	assert.equal((await answerOf(asked)).approved, false);
});

test('a free text is answered on a page behind a link', async () => {
	const asked = await waiting({ responseType: 'freeText' });
	const [message] = lab.simulator.chatbotMessages(asked.caseID);
	const [link] = /https?:\/\/\S+$/.exec((message as Json).text.body) ?? [];
	assert.ok(link);
	await post(link, { text: 'At 20:00, please' });
	assert.equal((await answerOf(asked)).text, 'At 20:00, please');
});

test('a case that is not on WhatsApp Business API: OneTalk’s refusal is shown, and nothing waits', async () => {
	const { id: caseId } = lab.simulator.createCase({ channelID: '2101230001', firstMessage: FIRST_MESSAGE });
	const steps = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {
				...{ resource: 'chatbot', operation: 'sendAndWait', caseId, message: QUESTION },
			}),
			credentials,
		},
	];
	const workflow = { name: 'Ask elsewhere', nodes: inARow(steps), connections: chain(steps) };
	const { status, data } = await lab.api.execute((await lab.api.createWorkflow(workflow)).id, 'Start');
	assert.equal(status, 'error');
	assert.match(data.resultData.error?.message ?? '', /whatsapp/i);
});

test('the panel shows what it needs', async () => {
	const { workflowId } = await waiting();
	await browser.signIn(lab);
	await browser.page.setViewportSize({ width: 1440, height: 1100 });
	await browser.page.goto(`${lab.url}/workflow/${workflowId}`);
	await browser.page.locator('[data-test-id="canvas-node"][data-node-name="OneTalk"]').dblclick();
	for (const name of ['resource', 'operation', 'caseId', 'message', 'responseType'])
		await browser.part(`parameter-input-${name}`).first().waitFor();
	await browser.page.getByText(/The tap comes back through the OneTalk Chatbot Trigger/).waitFor();
	await browser.picture('chat-approval-panel');
});

test('neither the secret key nor a signature is in n8n’s log, nor the key in an execution', async () => {
	assert.ok(!lab.log.includes(lab.simulator.chatbotSecretKey));
	assert.doesNotMatch(lab.log, /signature=[0-9a-f]{64}/);
	for (const { id } of await lab.api.executions()) {
		const text = JSON.stringify(await lab.api.call('GET', `/rest/executions/${id}`));
		assert.ok(!text.includes(lab.simulator.chatbotSecretKey), `execution ${id}`);
	}
});
