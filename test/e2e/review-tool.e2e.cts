/** Send and Wait for Response for an AI agent: as the human review of a tool, and as a tool itself. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { startModel, type ScriptedModel } from './scriptedModel.cts';
import { until } from './wait.cts';
import { linkIn, post, question, untilWaiting } from './waiting.cts';
import { inARow, node } from './workflows.cts';

let lab: Lab;
let model: ScriptedModel;
let browser: Browser;

before(async () => {
	model = await startModel();
	lab = await startLab('review-tool');
	browser = await openBrowser();
	await browser.page.setViewportSize({ width: 390, height: 700 });
});
after(async () => {
	await browser?.close();
	await lab?.stop();
	model?.close();
});
beforeEach(() => {
	lab.simulator.reset();
	model.script = [];
});

/** A workflow with an agent, and a tool that has a connection to it or to another tool. */
async function agentWorkflow(
	tools: Array<{ name: string; type: string; parameters: object; guards?: string; settings?: object }>,
): Promise<string> {
	const credentials = await lab.credentials();
	const openAiApi = await lab.api.createCredential('openAiApi', 'Model', { apiKey: 'none', url: model.url });
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', 3, { promptType: 'define', text: 'Hi', options: {} }),
		{
			...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				model: { __rl: true, mode: 'id', value: 'scripted' },
				options: {},
			}),
			credentials: { openAiApi: { id: openAiApi.id, name: 'Model' } },
		},
		...tools.map(({ name, type, parameters, settings }) => ({
			...node(name, `n8n-nodes-onetalk.${type}`, 1, parameters as Record<string, unknown>),
			credentials,
			...settings,
		})),
	];
	const to = (name: string, type: string) => ({ [type]: [[{ node: name, type, index: 0 }]] });
	const guarded = new Map(tools.map(({ name, guards }) => [guards, name]));
	const { id } = await lab.api.createWorkflow({
		name: 'Agent',
		nodes: inARow(nodes),
		connections: {
			Start: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, to(guarded.get(name) ?? 'Agent', 'ai_tool')])),
		},
	});
	return await lab.api.start(id, 'Start');
}

const send = {
	name: 'Send',
	type: 'oneTalkTool',
	parameters: {
		resource: 'message',
		operation: 'send',
		channelId: '2101081881',
		phone: '6281200000001',
		text: "={{ $fromAI('text', 'The message', 'string') }}",
	},
};
const review = {
	name: 'Ask {{the}} "manager"',
	type: 'oneTalkHitlTool',
	parameters: {
		channelId: '2101081881',
		phone: '6281212345678',
		// as n8n fills it in; older releases leave out the input
		message: '=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}',
	},
	guards: 'Send',
};
const callSend = (text: string) => ({
	calls: [{ name: 'Send', input: { toolParameters: { text }, hitlParameters: {} } }],
});

const textsTo = (phone: string) =>
	lab.simulator.messages.filter((message) => message.phone === phone).map(({ body }) => body);

/** What the model was told after its newest call. */
const told = () => JSON.stringify(model.messages.at(-1)).replaceAll('\\', '');

async function untilAsked(id: string, questions: number): Promise<string> {
	await until('the reviewer is asked, or not', async () => {
		return (
			textsTo('6281212345678').length === questions || (await lab.api.execution(id)).status === 'success'
		);
	});
	assert.equal(textsTo('6281212345678').length, questions, told());
	await untilWaiting(lab, id);
	return linkIn(lab);
}

describe('human review of an agent’s tool', () => {
	test('the reviewer approves, and the tool runs', async () => {
		model.script = [callSend('Your refund is approved.'), { says: 'Done.' }];
		const id = await agentWorkflow([send, review]);
		const link = await untilAsked(id, 1);
		const [asked] = textsTo('6281212345678');
		assert.match(asked ?? '', /The agent wants to run this tool: Send/);
		assert.match(asked ?? '', /Your refund is approved\./);
		assert.deepEqual(textsTo('6281200000001'), []);

		const { page } = browser;
		await page.goto(link);
		await page.getByText('Your refund is approved.').waitFor();
		await browser.picture('send-and-wait-review');
		await page.getByRole('button', { name: 'Approve' }).click();
		assert.equal((await lab.api.finished(id)).status, 'success');
		assert.deepEqual(textsTo('6281200000001'), ['Your refund is approved.']);
		assert.match(told(), /"success":true/);
	});

	test('the reviewer declines with a comment, and is asked again for the next call', async () => {
		model.script = [callSend('Hello'), callSend('Hello'), callSend('Goodbye'), { says: 'Done.' }];
		const id = await agentWorkflow([send, review]);
		const first = await untilAsked(id, 1);
		await post(first, { answer: 'decline', comment: 'Be more polite' });
		const link = await untilAsked(id, 2);
		assert.match(told(), /provided feedback: "Be more polite"/);
		await post(link, { answer: 'decline', comment: '' });
		const other = await untilAsked(id, 3);
		assert.match(told(), /User rejected the tool call/);
		assert.match(await (await fetch(other)).text(), /Goodbye/);
		// the reviewer looks at the first message again
		assert.equal((await post(first, { answer: 'approve' })).status, 410);
		await post(other, { answer: 'decline', comment: '' });
		assert.equal((await lab.api.finished(id)).status, 'success');
		assert.deepEqual(textsTo('6281200000001'), []);
	});

	test('the reviewer cannot be asked: the tool does not run, and the model is told why', async () => {
		model.script = [callSend('Hello'), { says: 'Done.' }];
		const id = await agentWorkflow([
			send,
			{ ...review, parameters: { ...review.parameters, phone: '0812-ABC' } },
		]);
		assert.equal((await lab.api.finished(id)).status, 'success');
		assert.match(told(), /The reviewer could not be asked/);
		assert.equal(lab.simulator.messages.length, 0);
	});
});

test('nobody reviews: the tool does not run once the time limit is over', { timeout: 150_000 }, async () => {
	model.script = [callSend('Hello'), { says: 'Done.' }];
	const limitWaitTime = {
		values: { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' },
	};
	const id = await agentWorkflow([
		send,
		{ ...review, parameters: { ...review.parameters, options: { limitWaitTime } } },
	]);
	await untilAsked(id, 1);
	assert.equal((await lab.api.finished(id, 120_000)).status, 'success');
	assert.match(told(), /User rejected the tool call/);
	assert.deepEqual(textsTo('6281200000001'), []);
});

describe('as a tool', () => {
	const ask = {
		name: 'Ask',
		type: 'oneTalkTool',
		parameters: { ...question, message: "={{ $fromAI('question', 'The question', 'string') }}" },
	};

	test('the agent waits, and gets the answer', async () => {
		model.script = [
			{ calls: [{ name: 'Ask', input: { question: 'Refund?' } }] },
			{ calls: [{ name: 'Ask', input: { question: 'Refund?' } }] },
			{ says: 'Done.' },
		];
		const id = await agentWorkflow([ask]);
		await until('asked', () => lab.simulator.messages.length === 1);
		await untilWaiting(lab, id);
		await post(linkIn(lab), { answer: 'approve', comment: 'Half of it' });
		assert.equal((await lab.api.finished(id)).status, 'success');
		const results = model.messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content));
		assert.match(results[0], /"approved":true.*Half of it/);
		assert.match(results[1], /was made before/);
		assert.equal(lab.simulator.messages.length, 1);
	});
});
