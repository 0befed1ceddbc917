/** The webhook triggers in a real n8n: deliveries to the production and the test URL, repeats, and hostile deliveries. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Workflow } from '../../tools/n8n-api.cts';
import { outputOf, type Execution, type Json } from '../../tools/n8n-execution.cts';
import { CASE_RESOLVED, CHAT_MESSAGE, chatMessage, MESSAGE_STATUS } from '../support/deliveries.ts';
import { FOLDER, startLab, type Lab } from './lab.cts';
import { pause, until } from './wait.cts';
import { deliver, inParallel, type Answer } from './webhooks/deliver.cts';
import { nearMisses, wrongBodies, wrongValues, type Hostile } from './webhooks/hostile.cts';
import { chain, inARow, node } from './workflows.cts';

const LAB = 'webhooks';
const SECRET = 'only-for-tests-secret-key';
const TOKEN = 'only-for-tests-webhook-token';
const CHATBOT_URL = 'https://onetalk-api.taptalk.io/api/visitor/v1/webhook/chatbot/custom/2222/1234';
const CHATBOT = { type: 'oneTalkChatbotTrigger', webhookId: '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c01' };
const ORGANIZATION = { type: 'oneTalkWebhookTrigger', webhookId: '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c02' };
const OK: Answer = { status: 200, body: '' };

let lab: Lab;
let chatbotCredential: { id: string };
let organizationCredential: { id: string };
let chatbot: Workflow;
let organization: Workflow;

before(async () => {
	lab = await startLab(LAB, { withCredential: false });
	chatbotCredential = await lab.api.createCredential('oneTalkChatbotApi', 'Chatbot', {
		url: CHATBOT_URL,
		secretKey: SECRET,
	});
	organizationCredential = await lab.addCredential({ webhookToken: TOKEN } as object);
	chatbot = await published(CHATBOT, { filters: { channelType: 'whatsappba' } });
	organization = await published(ORGANIZATION, { events: ['messageStatus', 'caseResolved', 'other'] });
});
after(async () => await lab?.stop());

interface Trigger {
	type: string;
	webhookId: string;
}

/** Trigger → End. The fixed webhook ID makes the URL. */
async function workflow(
	{ type, webhookId }: Trigger,
	parameters: object,
	credential?: object,
): Promise<Workflow> {
	const isChatbot = type === CHATBOT.type;
	const { id } = isChatbot ? chatbotCredential : organizationCredential;
	const trigger = {
		...node('Trigger', `n8n-nodes-onetalk.${type}`, 1, { ...parameters }),
		webhookId,
		credentials: credential ?? {
			[isChatbot ? 'oneTalkChatbotApi' : 'oneTalkApi']: { id, name: 'Credential' },
		},
	};
	const steps = [trigger, node('End', 'n8n-nodes-base.noOp', 1, {})] as Array<ReturnType<typeof node>>;
	return await lab.api.createWorkflow({ name: type, nodes: inARow(steps), connections: chain(steps) });
}

async function published(trigger: Trigger, parameters: object): Promise<Workflow> {
	const created = await workflow(trigger, parameters);
	await lab.api.publish(created);
	await until(
		'the workflow is published',
		async () => (await lab.api.publicationStatus(created.id)).status === 'published',
	);
	return created;
}

const urlOf = ({ webhookId }: Trigger, prefix = 'webhook') => `${lab.url}/${prefix}/${webhookId}/webhook`;

/** Delivers JSON to the production URL, with the right secret. */
async function send(trigger: Trigger, body: object, headers: object = { 'x-secret-key': secretOf(trigger) }) {
	return await deliver(urlOf(trigger), {
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
}

const secretOf = ({ type }: Trigger) => (type === CHATBOT.type ? SECRET : TOKEN);

/** How many executions of a workflow have ended, in any status or in one. */
async function count({ id }: Workflow, status?: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, ...(status && { status: [status] }) }));
	const answer = await lab.api.call<{ count: number }>('GET', `/rest/executions?filter=${filter}&limit=1`);
	return answer.count;
}

/** The status that answers a delivery; 0 if there is no answer. */
async function statusOf(trigger: Trigger, { request }: Hostile): Promise<number> {
	return await deliver(urlOf(trigger), request).then(
		({ status }) => status,
		() => 0,
	);
}

/** What starts while something is done: the executions that are new after it, oldest first. */
async function startedBy(of: Workflow, action: () => Promise<unknown>): Promise<Execution[]> {
	const [newest] = await lab.api.executions(of.id);
	await action();
	await pause(500);
	const all = await lab.api.executions(of.id);
	const fresh = all.filter(({ id }) => Number(id) > Number(newest?.id ?? 0)).reverse();
	return await Promise.all(fresh.map(async ({ id }) => await lab.api.finished(id)));
}

const emitted = (executions: Execution[]): Json[] =>
	executions.flatMap((execution) => outputOf(execution, 'Trigger').map(({ json }) => json as Json));

describe('the production URL', () => {
	test('a message starts one execution, and is answered with 200 and no body', async () => {
		const executions = await startedBy(chatbot, async () =>
			assert.deepEqual(await send(CHATBOT, CHAT_MESSAGE), OK),
		);
		assert.deepEqual(
			executions.map(({ status, mode }) => [status, mode]),
			[['success', 'webhook']],
		);
		const [{ chatInput, sessionId, phone }] = emitted(executions);
		assert.deepEqual([chatInput, sessionId, phone], ['Where is my order?', '00C49D438C', '6281212345678']);
	});

	test('its repeats start none, also many at the same time', async () => {
		const executions = await startedBy(chatbot, async () => {
			const answers = await Promise.all(
				Array.from({ length: 10 }, async () => await send(CHATBOT, CHAT_MESSAGE)),
			);
			assert.deepEqual(
				answers,
				Array.from({ length: 10 }, () => OK),
			);
		});
		assert.equal(executions.length, 0);
		const fresh = await startedBy(chatbot, async () => {
			const message = chatMessage({ id: 'ten at once', type: 'text', text: { body: 'Hi' } });
			await Promise.all(Array.from({ length: 10 }, async () => await send(CHATBOT, message)));
		});
		assert.equal(fresh.length, 1);
	});

	test('a filtered message starts none, and is answered with 200', async () => {
		const executions = await startedBy(chatbot, async () =>
			assert.deepEqual(await send(CHATBOT, { ...CHAT_MESSAGE, caseID: 'B', channelType: 'line' }), OK),
		);
		assert.equal(executions.length, 0);
	});

	test('a status and a resolved case start executions, with the token in the query too', async () => {
		const executions = await startedBy(organization, async () => {
			assert.deepEqual(await send(ORGANIZATION, MESSAGE_STATUS), OK);
			const headers = { 'content-type': 'application/json' };
			const request = { headers, query: `?token=${TOKEN}`, body: JSON.stringify(CASE_RESOLVED) };
			assert.deepEqual(await deliver(urlOf(ORGANIZATION), request), OK);
		});
		assert.deepEqual(
			emitted(executions).map(({ event, timestamp }) => [event, timestamp]),
			[
				['messageStatus', 1700000600000],
				['caseResolved', 1700000900000],
			],
		);
	});

	test('without the right secret: 403 without a body, and no execution', async () => {
		for (const [trigger, of, body] of [
			[CHATBOT, chatbot, chatMessage({ id: 'wrong secret' })],
			[ORGANIZATION, organization, { type: 'wrong secret' }],
		] as const) {
			const executions = await startedBy(of, async () => {
				assert.deepEqual(await send(trigger, body, {}), { status: 403, body: '' });
				assert.deepEqual(await send(trigger, body, { 'x-secret-key': 'wrong' }), { status: 403, body: '' });
			});
			assert.equal(executions.length, 0);
		}
	});

	test('a new secret key counts within about a second; the old one then does not', async () => {
		const change = async (secretKey: string) =>
			await lab.api.call('PATCH', `/rest/credentials/${chatbotCredential.id}`, {
				id: chatbotCredential.id,
				name: 'Chatbot',
				type: 'oneTalkChatbotApi',
				data: { url: CHATBOT_URL, secretKey },
			});
		const sendWith = async (secretKey: string, id: string) =>
			(await send(CHATBOT, chatMessage({ id }), { 'x-secret-key': secretKey })).status;
		await change('another-secret-for-tests');
		await pause(1_100);
		assert.equal(await sendWith('another-secret-for-tests', 'new key'), 200);
		assert.equal(await sendWith(SECRET, 'old key'), 403);
		await change(SECRET);
		await pause(1_100);
		assert.equal(await sendWith(SECRET, 'first key'), 200);
	});
});

describe('the test URL', () => {
	const listen = async (of: Workflow) =>
		await lab.api.call('POST', `/rest/workflows/${of.id}/run`, { triggerToStartFrom: { name: 'Trigger' } });

	test('hands out the one delivery that comes, also one that the production URL has had', async () => {
		await listen(chatbot);
		const url = urlOf(CHATBOT, 'webhook-test');
		const body = JSON.stringify(CHAT_MESSAGE);
		const right = { headers: { 'content-type': 'application/json', 'x-secret-key': SECRET }, body };
		const executions = await startedBy(chatbot, async () => {
			assert.equal((await deliver(url, { body })).status, 403);
			const filtered = JSON.stringify({ ...CHAT_MESSAGE, channelType: 'line' });
			assert.deepEqual(await deliver(url, { ...right, body: filtered }), OK);
			assert.deepEqual(await deliver(url, right), OK);
		});
		assert.deepEqual(
			executions.map(({ status, mode }) => [status, mode]),
			[['success', 'manual']],
		);
		assert.equal(emitted(executions).length, 1);
		assert.equal((await deliver(url, right)).status, 404);
	});
});

describe('hostile deliveries', () => {
	/** Delivers a table; returns how many were answered with 200. */
	async function deliverAll(trigger: Trigger, table: Hostile[]): Promise<number> {
		const answers = await inParallel(
			table.map(
				({ request }) =>
					async () =>
						await deliver(urlOf(trigger), request).catch(String),
			),
			6,
		);
		const wrong = answers.flatMap((answer, i) => {
			const { what, expected } = table[i];
			const isRight = typeof answer !== 'string' && expected.includes(answer.status) && answer.body === '';
			return isRight ? [] : [`${what}: ${JSON.stringify(answer)}, expected ${expected.join(' or ')}`];
		});
		assert.deepEqual(wrong, []);
		return answers.filter((answer) => typeof answer !== 'string' && answer.status === 200).length;
	}

	const RIGHT = {
		chatbot: { 'x-secret-key': SECRET },
		organization: { 'x-secret-key': TOKEN },
	};
	const WRONG = { 'x-secret-key': 'wrong' };
	const refused = (table: Hostile[]) => table.map((one) => ({ ...one, expected: [403] }));
	let sent = 0;

	for (const kind of ['chatbot', 'organization'] as const) {
		const trigger = kind === 'chatbot' ? CHATBOT : ORGANIZATION;
		const of = () => (kind === 'chatbot' ? chatbot : organization);

		test(`${kind}: with a wrong secret nothing starts, whatever the body`, async () => {
			const values = wrongValues(kind, WRONG).filter((_, i) => i % 10 === 0);
			const table = refused([...wrongBodies(WRONG), ...values]);
			sent += table.length;
			const before = await count(of());
			await deliverAll(trigger, table);
			assert.equal(await count(of()), before);
		});

		test(`${kind}: with a secret that is nearly right nothing starts`, async () => {
			const body = JSON.stringify(kind === 'chatbot' ? chatMessage({ id: 'near' }) : { type: 'near' });
			const table = nearMisses(secretOf(trigger), body, kind === 'organization');
			sent += table.length;
			const before = await count(of());
			await deliverAll(trigger, table);
			assert.equal(await count(of()), before);
		});

		test(`${kind}: with the right secret, what is no delivery starts nothing`, async () => {
			const table = wrongBodies(RIGHT[kind]);
			sent += table.length;
			const before = await count(of());
			await deliverAll(trigger, table);
			assert.equal(await count(of()), before);
		});

		test(`${kind}: with the right secret, wrong values in every field are a 400 or an execution that succeeds`, async () => {
			const table = wrongValues(kind, RIGHT[kind]);
			sent += table.length;
			const before = await count(of(), 'success');
			const accepted = await deliverAll(trigger, table);
			assert.ok(accepted > table.length / 2, `${accepted} of ${table.length}`);
			// the filter for the channel type leaves out five of its values
			const started = accepted - (kind === 'chatbot' ? 5 : 0);
			await until(
				`${started} executions have succeeded`,
				async () => (await count(of(), 'success')) === before + started,
				60_000,
			);
			await pause(1_000);
			assert.equal(await count(of()), before + started);
		});
	}

	test('other methods start nothing', async () => {
		const before = await count(chatbot);
		for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
			const headers = { 'x-secret-key': SECRET };
			assert.equal((await deliver(urlOf(CHATBOT), { method, headers })).status, 404, method);
		}
		assert.equal(await count(chatbot), before);
	});

	test('n8n still works, no execution failed, and they were several hundred', async () => {
		assert.ok(sent > 600, String(sent));
		assert.deepEqual(await send(CHATBOT, chatMessage({ id: 'after all that' })), OK);
		for (const of of [chatbot, organization]) {
			assert.equal(await count(of, 'error'), 0);
			assert.equal(await count(of, 'crashed'), 0);
		}
		assert.doesNotMatch(lab.log, /could not be started/);
	});
});

describe('where n8n reads the body first', () => {
	const OTHER = { type: CHATBOT.type, webhookId: '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c03' };

	test('a delivery still works, and a hostile one starts nothing', async () => {
		const of = await published(OTHER, { options: { binaryData: false } });
		assert.deepEqual(await send(OTHER, CHAT_MESSAGE, { 'x-secret-key': SECRET }), OK);
		await until('the execution is over', async () => (await count(of, 'success')) === 1);
		const both = [SECRET, 'wrong'].flatMap((secret) => wrongBodies({ 'x-secret-key': secret }));
		// n8n 2.41 itself never answers broken XML
		const hostile = both.filter(({ what }) => !what.includes('xml'));
		const tasks = hostile.map((one) => async () => await statusOf(OTHER, one));
		const wrong = (await inParallel(tasks, 6)).flatMap((status, i) =>
			[400, 403, 413, 422, 500].includes(status) ? [] : [`${hostile[i].what}: ${status}`],
		);
		assert.deepEqual(wrong, []);
		await pause(500);
		assert.equal(await count(of), 1);
		await lab.api.unpublish(of.id);
	});
});

describe('publishing', () => {
	const refusal = async (of: Workflow) => {
		await lab.api.publish(of).catch(() => {});
		await until(
			'the publication has failed',
			async () => (await lab.api.publicationStatus(of.id)).status === 'failed',
			60_000,
		);
		return JSON.stringify((await lab.api.publicationStatus(of.id)).triggers);
	};

	test('is refused in words without an event', async () => {
		const trigger = { ...ORGANIZATION, webhookId: '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c04' };
		assert.match(
			await refusal(await workflow(trigger, { events: '={{ [] }}' })),
			/\\"Trigger On\\" is empty/,
		);
	});

	test('is refused in words with a credential without a secret key', async () => {
		const { id } = await lab.api.createCredential('oneTalkChatbotApi', 'Empty', {
			url: CHATBOT_URL,
			secretKey: ' ',
		});
		const trigger = { ...CHATBOT, webhookId: '5d1d2ea5-6c3c-4c3b-a9cf-2f2b3a0f1c05' };
		const of = await workflow(trigger, {}, { oneTalkChatbotApi: { id, name: 'Empty' } });
		assert.match(await refusal(of), /has no secret key/);
	});
});

describe('after a restart', () => {
	test('the same URL works; a message from before starts a second execution, as documented', async () => {
		await lab.restartN8n();
		const executions = await startedBy(chatbot, async () => {
			assert.deepEqual(await send(CHATBOT, CHAT_MESSAGE), OK);
			assert.deepEqual(await send(CHATBOT, CHAT_MESSAGE), OK);
		});
		assert.equal(executions.length, 1);
	});
});

test('no secret is in n8n’s log or in its database', async () => {
	const folder = path.join(FOLDER, LAB, '.n8n');
	const stored = fs
		.readdirSync(folder)
		.filter((name) => name.startsWith('database.sqlite'))
		.map((name) => fs.readFileSync(path.join(folder, name), 'latin1'))
		.join('');
	assert.ok(stored.includes('Where is my order?'), 'the database has the executions');
	for (const secret of [SECRET, TOKEN]) {
		assert.ok(!stored.includes(secret), 'the database');
		assert.ok(!lab.log.includes(secret), 'the log');
	}
});
