/** The ready-made workflows: imported into an empty n8n by n8n's own import, given credentials, run, and what OneTalk gets. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { demoCredentials } from '../../demo/credentials.cts';
import { modelCredential } from '../../demo/model.cts';
import templates from '../../demo/templates.json';
import { PROJECT } from '../../tools/ensure.js';
import type { Workflow } from '../../tools/n8n-api.cts';
import { outputOf, type Json } from '../../tools/n8n-execution.cts';
import { openBrowser } from './browser.cts';
import { WRITES_DOCS_PICTURES, docsPictureOfCanvas } from './docsPictures.cts';
import { startLab, type Lab } from './lab.cts';
import { until } from './wait.cts';

const TEAM = '6281200000001';
const DAY_MS = 86_400_000;
/** Each of these is a minute apart; together the triggers poll every 5 s. */
const EVERY_5_SECONDS = {
	item: Array.from({ length: 12 }, (_, i) => ({ mode: 'custom', cronExpression: `${i * 5} * * * * *` })),
};

let lab: Lab;
/** by the number that their names begin with */
const workflows: Record<string, Workflow> = {};

before(async () => {
	lab = await startLab('workflows', { withCredential: false });
	lab.simulator.configure({ strict: true, customerChannel: 'whatsapp', statusDelayMs: 100 });
	for (const template of templates) lab.simulator.addTemplate(template);
	await lab.command('import:workflow', '--separate', `--input=${path.join(PROJECT, 'demo', 'workflows')}`);
	await chooseCredentials();
});
after(async () => await lab?.stop());

/** Chooses the simulator's credentials in every node that needs one, as a user does after the import. */
async function chooseCredentials(): Promise<void> {
	// no test here starts an agent, so no model answers
	const model = modelCredential({ url: 'http://127.0.0.1:1/v1', apiKey: 'none' });
	const wanted = [...demoCredentials(lab.simulator.url), model];
	const ids: Record<string, string> = {};
	for (const { type, name, data } of wanted)
		ids[type] = (await lab.api.createCredential(type, name, data)).id;
	const { data } = await lab.api.call<{ data: Workflow[] }>('GET', '/rest/workflows');
	for (const { id, name } of data) {
		const { nodes, connections, versionId } = await lab.api.workflow(id);
		const changed = nodes.map((node) => {
			const own = wanted.filter(({ isFor }) => isFor(node));
			const polls = node.parameters.pollTimes ? { pollTimes: EVERY_5_SECONDS } : {};
			return {
				...node,
				parameters: { ...node.parameters, ...polls },
				...(own.length > 0 && {
					credentials: Object.fromEntries(own.map((it) => [it.type, { id: ids[it.type], name: it.name }])),
				}),
			};
		});
		const body = { nodes: changed, connections, versionId };
		workflows[parseInt(name)] = await lab.api.call('PATCH', `/rest/workflows/${id}`, body);
	}
}

/** Publishes a workflow, and waits until its triggers run. */
async function publish(number: number): Promise<void> {
	await lab.api.publish(workflows[number]);
	await until(`workflow ${number} is published`, async () => {
		const { status, triggers } = await lab.api.publicationStatus(workflows[number].id);
		assert.notEqual(status, 'failed', JSON.stringify(triggers));
		return status === 'published';
	});
}

/** The production URL of a trigger, with the random part that n8n has made up if it is one of ours. */
function urlOf(number: number, trigger: string, end = '/webhook'): string {
	const { webhookId } = workflows[number].nodes.find(({ name }) => name === trigger) ?? {};
	assert.ok(webhookId);
	return `${lab.url}/webhook/${webhookId}${end}`;
}

/** What was sent to a phone, oldest first: texts, and the names of templates. */
function sentTo(phone: string): string[] {
	return lab.simulator.messages
		.filter((message) => message.phone === phone)
		.map(({ body, templateName }) => templateName ?? body ?? '');
}

test('all of them are imported, and each has a note that says what it does', () => {
	for (const { name, nodes } of Object.values(workflows)) {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		assert.match(String(notes[0]?.parameters.content), /To set:/, name);
	}
	for (const number of [1, 2, 3, 4, 5, 6, 10]) assert.ok(workflows[number], `workflow ${number}`);
});

test('their pictures are written to docs/', { skip: !WRITES_DOCS_PICTURES }, async () => {
	const editor = await openBrowser();
	try {
		await editor.signIn(lab);
		for (const [number, { id }] of Object.entries(workflows)) {
			await editor.page.goto(`${lab.url}/workflow/${id}`);
			await editor.part('canvas-node').first().waitFor();
			await docsPictureOfCanvas(`workflow-${number}`, editor.page);
		}
	} finally {
		await editor.close();
	}
});

test('1 sends one message', async () => {
	assert.equal((await lab.api.execute(workflows[1].id, 'Start by hand')).status, 'success');
	assert.deepEqual(sentTo('6281212345678'), ['Hello from n8n! This is a message sent by a workflow.']);
	assert.equal(lab.simulator.requests.length, 1);
});

test('2 sends a template to each row, writes back what became of it, and sends nothing twice', async () => {
	const run = async () => {
		const execution = await lab.api.execute(workflows[2].id, 'Start by hand');
		assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error));
		return outputOf(execution, 'Write the report').map(({ json }) => json);
	};
	const report = await run();
	assert.deepEqual(
		report.map(({ name, status }) => [name, status]),
		[
			['Sari', 'sent'],
			['Budi', 'sent'],
			['Dewi', 'sent'],
			['Wrong number', 'not sent'],
		],
	);
	assert.match(report[3].problem, /Recipient's Phone Number.*0812-ABC/);
	assert.equal(report[0].trxID, lab.simulator.messages.find(({ phone }) => phone === '6281211110001')?.trxID);

	const requests = lab.simulator.requests.length;
	assert.deepEqual(
		(await run()).map(({ name }) => name),
		['Wrong number'],
	);
	assert.equal(lab.simulator.requests.length, requests, 'the second run has asked OneTalk nothing');
});

test('4 tells the team about overdue cases in one message, and about nothing else', async () => {
	const since = (days: number) => ({ createdTime: Date.now() - days * DAY_MS, channelID: '2101081881' });
	const contact = (fullName: string, phone: string) => ({ contact: { fullName, phone } });
	const { createCase } = lab.simulator;
	createCase({ ...contact('Ani', '6281230000001'), firstMessage: 'Where is my order?', ...since(2) });
	createCase({ ...contact('Joko', '6281230000002'), firstMessage: 'Hello?', ...since(3) });
	createCase({ ...contact('Young', '6281230000003'), firstMessage: 'Hi', ...since(0.5) });
	createCase({ ...contact('Silent', '6281230000004'), firstMessage: '', ...since(2) });
	createCase({ ...contact('Spam', '6281230000005'), firstMessage: 'Buy', isJunk: true, ...since(2) });
	createCase({ ...contact('Done', '6281230000006'), firstMessage: 'Hi', isClosed: true, ...since(2) });
	const cases = lab.simulator.cases.length;
	const execution = await lab.api.execute(workflows[4].id, 'Every morning');
	assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error));
	const [text, ...others] = sentTo(TEAM);
	assert.match(text, /^\*Open for more than 24 hours: 2\*\n• (Joko|Ani), since .*\n• (Joko|Ani), since .*$/);
	assert.match(text, /Ani, since \d+ \w+, \d\d:\d\d: Where is my order\?/);
	assert.deepEqual(others, []);
	assert.equal(lab.simulator.cases.length, cases, 'the message to the team opens no case');
});

test('5 sends a failed message once more, then tells the team', async () => {
	await publish(5);
	const webhookUrl = `${urlOf(5, 'When a message has failed')}?token=simulator-webhook-token`;
	lab.simulator.connect({ webhookUrl });
	const [before, beforeTeam] = [sentTo('6281212345678').length, sentTo(TEAM).length];
	lab.simulator.configure({ failedPercent: 100, failureReason: 'Message undeliverable' });
	try {
		assert.equal((await lab.api.execute(workflows[5].id, 'Start by hand')).status, 'success');
		await until('the team is told', () => sentTo(TEAM).length > beforeTeam, 40_000);
		const text = 'Your order is ready. You can pick it up today until 17:00.';
		assert.deepEqual(sentTo('6281212345678').slice(before), [text, text]);
		assert.deepEqual(sentTo(TEAM).slice(beforeTeam), [
			`A message to +6281212345678 has failed (Message undeliverable):\n${text}`,
		]);
		await until(
			'the failure of the alert has arrived',
			() => lab.simulator.deliveries('webhook').length === 3,
		);
	} finally {
		lab.simulator.configure({ failedPercent: 0 });
	}
});

test('3 thanks a new customer once', async () => {
	await publish(3);
	const { id } = lab.simulator.customerWrites('6281240000001', 'Is my order on its way?', {
		fullName: 'Rina',
	});
	assert.ok(id);
	await until('the customer has a reply', () => sentTo('6281240000001').length > 0, 30_000);
	assert.deepEqual(sentTo('6281240000001'), ['Hi Rina, thank you for your message. We will answer soon.']);
	const own = lab.simulator.cases.filter(({ contact }) => contact.phone === '6281240000001');
	assert.equal(own.length, 1, 'the reply is in the customer’s case');
	await lab.api.unpublish(workflows[3].id);
});

test('6 asks whoever had a case, stores the answer, and never asks about the answer', async () => {
	await publish(6);
	lab.simulator.connect({ chatbotUrl: urlOf(6, 'When a customer taps') });
	const customers = { Bad: '6281250000001', Good: '6281250000002' };
	for (const phone of Object.values(customers)) {
		const { caseID } = lab.simulator.customerWrites(phone, 'Hello', { fullName: 'Tika' });
		lab.simulator.updateCase(caseID, { isClosed: true });
	}
	const surveyOf = (phone: string) =>
		lab.simulator.messages.find((message) => message.phone === phone && message.templateName === 'survey_v1');
	await until('both have the survey', () => Object.values(customers).every(surveyOf), 30_000);
	const answers: Json[] = [];
	for (const [answer, phone] of Object.entries(customers)) {
		const { caseID } = lab.simulator.customerTaps(surveyOf(phone)?.trxID ?? '', answer);
		await until(`${answer} is thanked`, () => lab.simulator.chatbotMessages(caseID).length === 1);
		const isDone = () => {
			const notes = lab.simulator.chat(caseID).flatMap((it) => (it.from === 'note' ? [it.note.kind] : []));
			return notes.includes(answer === 'Bad' ? 'handedOver' : 'closed');
		};
		await until(`the case of ${answer} is closed or with an agent`, isDone);
		const [latest] = await lab.api.executions(workflows[6].id);
		answers.push(...outputOf(await lab.api.finished(latest.id), 'Store the answer'));
	}
	assert.deepEqual(
		answers.map(({ json }) => [json.answer, json.phone]),
		Object.entries(customers),
	);
	// a later case has come through the trigger, so those of the answers have too
	const last = lab.simulator.customerWrites('6281250000003', 'Hello', { fullName: 'Last' });
	lab.simulator.updateCase(last.caseID, { isClosed: true });
	await until('the last one has the survey', () => surveyOf('6281250000003'), 30_000);
	for (const phone of [...Object.values(customers), '6281250000003'])
		assert.deepEqual(sentTo(phone), ['survey_v1']);
});

test('10 answers a question with the message that OneTalk expects', async () => {
	await publish(10);
	const contact = { customerUserID: '', fullName: 'Sari', alias: '', phone: '6281212345678' };
	const response = await fetch(urlOf(10, 'When a customer asks', ''), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ caseID: '00C49D438C', channelType: 'whatsappba', contact }),
	});
	const answer = (await response.json()) as Json;
	assert.equal(response.status, 200, JSON.stringify(answer));
	assert.equal(answer.type, 'text');
	assert.match(answer.text.body, /^Hi Sari, (yes, we are open now|we are closed now)/);
	const byHand = await lab.api.execute(workflows[10].id, 'Start by hand');
	assert.match(outputOf(byHand, 'Answer')[0].json.text.body, /^Hi Sari Example, /);
});
