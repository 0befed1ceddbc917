/** The ready-made assistants and the approval, in the real n8n with a stand-in model: what people read, and what OneTalk gets. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { demoCredentials } from '../../demo/credentials.cts';
import { modelCredential } from '../../demo/model.cts';
import { readyMadeWorkflows } from '../../demo/workflows.cts';
import { startModel, type StandInModel } from '../../tools/model/server.cts';
import type { Workflow, WorkflowNode } from '../../tools/n8n-api.cts';
import { openBrowser, type Browser } from './browser.cts';
import { customerOf } from './customer.cts';
import { docsPicture } from './docsPictures.cts';
import { startLab, type Lab } from './lab.cts';
import { until } from './wait.cts';

let lab: Lab;
let model: StandInModel;
let browser: Browser;
let assistant: Workflow;
let stubborn: Workflow;
let shortMessages: Workflow;
let approval: Workflow;
/** an execution of `approval` that nobody answers */
let unanswered: string;

const customer = (number: number) => customerOf(lab.simulator, number);

before(async () => {
	model = await startModel();
	lab = await startLab('assistant', { withCredential: false });
	const credentials = await createCredentials();
	assistant = await create(7, credentials);
	stubborn = await create(7, credentials, (node) => ({
		...node,
		...(node.name === 'AI Agent' && { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 }),
		...(node.webhookId && { webhookId: 'an-agent-that-n8n-runs-again' }),
	}));
	approval = await create(8, credentials, withoutTimeToAnswer);
	shortMessages = await create(9, credentials);
	for (const workflow of [assistant, stubborn, shortMessages]) await publish(workflow);
	lab.simulator.connect({ chatbotUrl: urlOf(assistant) });
	browser = await openBrowser();
	await browser.page.goto(lab.simulator.url);
});
after(async () => {
	await browser?.close();
	await lab?.stop();
	await model?.stop();
});

/** The credentials of the demo. */
async function createCredentials() {
	const wanted = [...demoCredentials(lab.simulator.url), modelCredential(model.account)];
	return await Promise.all(
		wanted.map(async (it) => ({ ...it, ...(await lab.api.createCredential(it.type, it.name, it.data)) })),
	);
}

/** Creates a ready-made workflow. */
async function create(
	number: number,
	credentials: Awaited<ReturnType<typeof createCredentials>>,
	change: (node: WorkflowNode) => WorkflowNode = (node) => node,
): Promise<Workflow> {
	const found = readyMadeWorkflows().find(({ file }) => parseInt(file) === number);
	assert.ok(found, `workflow ${number}`);
	const nodes = found.content.nodes.map((node) => {
		const own = credentials.filter(({ isFor }) => isFor(node));
		const chosen = Object.fromEntries(own.map(({ type, id, name }) => [type, { id, name }]));
		return change({ ...node, credentials: chosen });
	});
	return await lab.api.createWorkflow({ ...found.content, nodes });
}

/** n8n looks once a minute whether the time is over. */
function withoutTimeToAnswer(node: WorkflowNode): WorkflowNode {
	const { options } = node.parameters as { options?: { limitWaitTime?: object } };
	if (!options?.limitWaitTime) return node;
	const values = { limitType: 'afterTimeInterval', resumeAmount: 0.1, resumeUnit: 'minutes' };
	return { ...node, parameters: { ...node.parameters, options: { ...options, limitWaitTime: { values } } } };
}

/** Publishes a workflow, and waits until its trigger runs. */
async function publish(workflow: Workflow): Promise<void> {
	await lab.api.publish(workflow);
	await until(`${workflow.name} is published`, async () => {
		const { status, triggers } = await lab.api.publicationStatus(workflow.id);
		assert.notEqual(status, 'failed', JSON.stringify(triggers));
		return status === 'published';
	});
}

/** The production URL of a workflow's Chatbot Trigger. */
function urlOf({ nodes }: Workflow): string {
	return `${lab.url}/webhook/${nodes.find(({ type }) => type.endsWith('ChatbotTrigger'))?.webhookId}/webhook`;
}

/** Waits until no execution of a workflow runs any more; returns the statuses of all, newest first. */
async function rest({ id, name }: Workflow): Promise<string[]> {
	let statuses: string[] = [];
	await until(`${name} rests`, async () => {
		statuses = (await lab.api.executions(id)).map(({ status }) => status);
		return !statuses.some((status) => ['new', 'running', 'waiting'].includes(status));
	});
	return statuses;
}

/** No word of a program, its errors and its files. */
function assertPlain(texts: string[]): void {
	for (const text of texts)
		assert.doesNotMatch(text, /error|\bat \S+:\d|node_modules|http|undefined|[{}[\]]/i);
}

describe('on the phone', () => {
	const says = async (text: string, answer: RegExp) => {
		const { page } = browser;
		const count = await page.locator('.bubble', { hasText: answer }).count();
		await page.locator('.composer input').first().fill(text);
		await page.keyboard.press('Enter');
		await page.locator('.bubble', { hasText: answer }).nth(count).waitFor({ timeout: 30_000 });
	};

	test('the assistant answers what a person types', async () => {
		await says('Hi', /I am the assistant\. Ask me about opening hours/);
		await says('When are you open?', /9 am to 6 pm/);
	});

	test('it uses a tool, and remembers what was said before', async () => {
		await says('My name is Sari', /I have noted your name/);
		assert.equal(lab.simulator.contacts()[0].fullName, 'Sari');
		await says('My order is 1042', /about order 1042/);
		await says('What is my name?', /Your name is Sari\./);
		await says('Please note that I am home after 5 pm', /I have noted it/);
		assert.equal(lab.simulator.cases[0].agentRemark, 'I am home after 5 pm');
	});

	test('it hands over with a summary that the page shows, and then is silent', async () => {
		await says('I want to talk to a person', /passed your conversation on to a colleague/);
		const note = browser.page.locator('.note', { hasText: /Handed over.*Name: Sari\. Order: 1042\./ });
		await note.first().waitFor();
		await browser.picture('80-assistant-phone');
		await docsPicture('assistant-phone', browser.page);
		await rest(assistant);
		const { length } = await lab.api.executions();
		const deliveries = lab.simulator.deliveries('chatbot').length;
		lab.simulator.customerWrites('6281212345678', 'Hello?');
		assert.equal(lab.simulator.deliveries('chatbot').length, deliveries);
		assert.equal((await lab.api.executions()).length, length);
	});
});

test('two customers at once do not mix', async () => {
	const pair = [customer(1), customer(2)];
	const names = ['Ani', 'Budi'];
	await Promise.all(pair.map(async (one, i) => await one.asks(`My name is ${names[i]}`)));
	const answers = await Promise.all(pair.map(async (one) => await one.asks('What is my name?')));
	assert.deepEqual(answers, ['Your name is Ani.', 'Your name is Budi.']);
});

test('the same message delivered twice is answered once', async () => {
	const one = customer(3);
	lab.simulator.configure({ deliveryRepeats: 2 });
	try {
		await one.asks('When are you open?');
		const twice = () =>
			lab.simulator
				.deliveries('chatbot')
				.slice(-2)
				.map(({ state, body }) => [state, (body as { message: { id: string } }).message.id]);
		await until('both deliveries are done', () => twice().every(([state]) => state === 'done'));
		assert.equal(twice()[0][1], twice()[1][1]);
		await rest(assistant);
		assert.equal(one.read().length, 1);
	} finally {
		lab.simulator.configure({ deliveryRepeats: 1 });
	}
});

test('a goodbye closes the case, and nothing is sent into the closed case', async () => {
	const one = customer(4);
	await one.asks('Hi');
	one.says('Thanks, that is all');
	await until('the case is closed', () => one.notes().includes('Case closed'));
	const [status] = await rest(assistant);
	assert.equal(status, 'success');
	assert.equal(one.read().length, 1);
});

describe('when something fails', () => {
	// it sleeps while these tests run
	before(async () => {
		unanswered = await lab.api.start(approval.id, 'Start by hand');
	});

	test('an error of the API reaches the model in words, and the customer reads none of it', async () => {
		const one = customer(5);
		lab.simulator.fault({ kind: 'status', status: 400, message: 'topic is closed', endpoint: 'chatbot' });
		const answer = await one.asks('I want to talk to a person');
		assert.match(answer, /I am sorry, that did not work/);
		assertPlain(one.read());
		const observed = model.requests.at(-1)?.messages.at(-1);
		assert.equal(observed?.role, 'tool');
		assert.match(String(observed?.content), /topic is closed/);
		assert.doesNotMatch(String(observed?.content), /\bat \S+:\d|node_modules/);
		assert.deepEqual(one.notes(), []);
	});

	test('an agent that n8n runs again does nothing twice', async () => {
		const one = customer(6);
		lab.simulator.connect({ chatbotUrl: urlOf(stubborn) });
		model.fail(1, true);
		try {
			assert.match(await one.asks('I want to talk to a person'), /passed your conversation on/);
			assert.deepEqual(await rest(stubborn), ['success']);
		} finally {
			lab.simulator.connect({ chatbotUrl: urlOf(assistant) });
		}
		assert.equal(one.notes().length, 1);
		assert.equal(one.read().length, 1);
		assert.match(String(model.requests.at(-1)?.messages.at(-1)?.content), /alreadyDone/);
	});

	test('an answer whose fate is unknown is not sent again', async () => {
		const one = customer(7);
		lab.simulator.fault({ kind: 'resetAfterTaken', endpoint: 'sends' });
		await one.asks('When are you open?');
		const [status] = await rest(assistant);
		assert.equal(status, 'error');
		assert.equal(one.read().length, 1);
	});

	test('without the model the customer gets an apology and a person', async () => {
		const one = customer(8);
		model.fail(100);
		const answer = await one.asks('When are you open?');
		model.fail(0);
		assert.match(answer, /A colleague will write to you here/);
		assertPlain(one.read());
		await until('the case is handed over', () => one.notes().length === 1);
		assert.match(one.notes()[0], /could not answer\. The customer wrote: When are you open\?/);
	});
});

describe('several short messages', () => {
	test('are answered once, all of them, and apart from those of another customer', async () => {
		lab.simulator.connect({ chatbotUrl: urlOf(shortMessages) });
		const [one, other] = [customer(11), customer(12)];
		one.says('Hi');
		one.says('When are you open?');
		other.says('Do you deliver to Bandung?');
		one.says('Can I return a gift?');
		await until('both have an answer', () => [one, other].every(({ read }) => read().length > 0), 30_000);
		await rest(shortMessages);
		assert.equal(one.read().length, 1);
		assert.match(one.read()[0], /I am the assistant.*\n.*9 am to 6 pm.*\n.*within 7 days/);
		assert.deepEqual(other.read(), ['We deliver in all of Indonesia, in 2 to 5 days.']);
		const again = await one.asks('My name is Ani');
		assert.doesNotMatch(again, /9 am/);
	});
});

describe('an approval by a manager', () => {
	const MANAGER = '6281200000009';
	const sentTo = (phone: string) =>
		lab.simulator.messages.filter((message) => message.phone === phone).map(({ body = '' }) => body);

	/** Runs the workflow, and presses a button on the page behind the link that the manager gets. */
	async function answer(button: string): Promise<string> {
		const [asked, told] = [sentTo(MANAGER).length, sentTo('6281212345678').length];
		const execution = await lab.api.start(approval.id, 'Start by hand');
		await until('the manager is asked', () => sentTo(MANAGER).length > asked);
		const [link] = /http\S+$/.exec(sentTo(MANAGER)[asked]) ?? [''];
		const { page } = browser;
		await page.goto(link);
		await page.getByText('Sari Example wants Rp 150.000 back for order 1042').waitFor();
		assert.equal(sentTo('6281212345678').length, told, 'the customer has got no answer yet');
		await page.getByRole('button', { name: button }).click();
		await page.getByText('Your answer was recorded').waitFor();
		assert.equal((await lab.api.finished(execution)).status, 'success');
		assert.equal(sentTo('6281212345678').length, told + 1);
		return sentTo('6281212345678')[told];
	}

	test('pays on one button, and not on the other', async () => {
		assert.match(await answer('Approve'), /you get Rp 150\.000 back for order 1042/);
		assert.match(await answer('Decline'), /we cannot refund order 1042/);
	});

	test('reminds a manager who did not answer in time', async () => {
		assert.equal((await lab.api.finished(unanswered, 70_000)).status, 'success');
		assert.ok(sentTo(MANAGER).some((text) => text.includes('order 1042 is still open')));
	});
});
