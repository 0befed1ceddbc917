/** Message: Send and Wait for Response: the recipient answers on the page behind the link. */

import assert from 'node:assert/strict';
import { after as afterAll, before, beforeEach, describe, test } from 'node:test';
import { openBrowser, type Browser } from './browser.cts';
import { startLab, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';
import { after, ask, linkIn, post, question } from './waiting.cts';
import { runNode } from './workflows.cts';

/** What WhatsApp sends where it makes a preview of a link. */
const PREVIEW = { 'User-Agent': 'WhatsApp/2.23.20.0' };

let lab: Lab;
let browser: Browser;

before(async () => {
	lab = await startLab('wait-for-response');
	browser = await openBrowser();
	await browser.page.setViewportSize({ width: 390, height: 700 });
});
afterAll(async () => {
	await browser?.close();
	await lab?.stop();
});
beforeEach(() => lab.simulator.reset());

describe('approval', () => {
	test('the recipient approves with a comment, on a page that shows the question', async () => {
		const { id, link } = await ask(lab);
		const [message] = lab.simulator.messages;
		const toApprove = /\n\nApprove:\n(\S+)\n\nDecline:\n(\S+)$/.exec(message.body ?? '')?.[1] ?? '';
		assert.equal(
			message.body,
			`Order 4711 asks for 20% off. Is that fine?\n\nApprove:\n${toApprove}\n\nDecline:\n${link}`,
		);
		const { page } = browser;
		await page.goto(toApprove);
		await page.getByText('Order 4711 asks for 20% off. Is that fine?').waitFor();
		await browser.picture('send-and-wait-approval');
		await page.getByLabel('Comment (optional)').fill('Once only');
		await page.getByRole('button', { name: 'Approve' }).click();
		await page.getByRole('heading', { name: 'Thank you' }).waitFor();
		await browser.picture('send-and-wait-thanks');

		const { answer, order, said } = await after(lab, id);
		assert.equal(order, 4711);
		assert.equal(said, true);
		const { respondedAt, ...data } = (answer as { data: { respondedAt: string } }).data;
		assert.deepEqual(data, { approved: true, feedback: 'Once only' });
		assert.ok(Math.abs(Date.parse(respondedAt) - Date.now()) < 60_000);

		await page.goto(link);
		await page.getByText(/no action required/i).waitFor();
	});

	test('the recipient declines, with the user’s own words in Indonesian and in the dark', async () => {
		const { id, link } = await ask(lab, {
			message: 'Diskon 20% untuk <b>order</b> 4711?\nMohon dijawab hari ini.',
			approvalOptions: { values: { approveLabel: 'Boleh & lanjut', disapproveLabel: 'Jangan' } },
			options: { pageLanguage: 'id', responseFormTitle: 'Persetujuan <diskon>' },
		});
		const { page } = browser;
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.goto(link);
		await page.getByText('Diskon 20% untuk <b>order</b> 4711?').waitFor();
		await browser.picture('send-and-wait-dark');
		assert.equal(
			await page.getByRole('button').first().innerText(),
			'Jangan',
			'the link’s own button is first',
		);
		await page.getByRole('button', { name: 'Jangan' }).click();
		await page.getByRole('heading', { name: 'Terima kasih' }).waitFor();
		await browser.picture('send-and-wait-thanks-dark');
		await page.emulateMedia({ colorScheme: 'light' });
		assert.equal((await after(lab, id)).said, false);
	});

	test('only approving is offered, and nothing else is taken', async () => {
		const { id, link } = await ask(lab, { approvalOptions: { values: { approvalType: 'single' } } });
		assert.doesNotMatch(await (await fetch(link)).text(), /decline/i);
		assert.equal((await post(link, { answer: 'decline' })).status, 400);
		assert.equal((await lab.api.execution(id)).status, 'waiting');
		assert.equal((await post(link, { answer: 'approve' })).status, 200);
		assert.equal((await after(lab, id)).said, true);
	});
});

test('free text: the recipient writes an answer', async () => {
	const { id, link } = await ask(lab, { responseType: 'freeText' });
	const { page } = browser;
	await page.goto(link);
	await page.getByLabel('Your answer').fill('Make it 10%.\nThen yes. <script>');
	await browser.picture('send-and-wait-text');
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByRole('heading', { name: 'Thank you' }).waitFor();
	const { answer } = await after(lab, id);
	assert.equal((answer as { data: { text: string } }).data.text, 'Make it 10%.\nThen yes. <script>');
});

test('looking at the page presses no button', async () => {
	const { id, link } = await ask(lab);
	for (let i = 0; i < 3; i++) {
		const response = await fetch(link, { headers: PREVIEW });
		assert.equal(response.status, 200);
		assert.match(
			response.headers.get('content-security-policy') ?? '',
			/default-src 'none'.*frame-ancestors 'none'/,
		);
		assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
		await fetch(link, { method: 'HEAD', headers: PREVIEW });
		await fetch(link, { method: 'OPTIONS' });
	}
	assert.equal((await lab.api.execution(id)).status, 'waiting');
	await post(link, { answer: 'approve' });
	assert.equal((await after(lab, id)).said, true);
});

test('a changed link, and a body that is no answer, resume nothing', async () => {
	const { id, link } = await ask(lab);
	const signature = /signature=(.)/.exec(link)?.[1];
	const wrong = [
		link.replace(/signature=./, `signature=${signature === '0' ? '1' : '0'}`),
		link.replace(/[?&]signature=[^&]+/, ''),
		`${link}&approved=true`,
		link.replace(/run=0/, 'run=1'),
	];
	for (const url of wrong) assert.equal((await post(url, { answer: 'approve' })).status, 401, url);
	const bodies: Array<Record<string, string>> = [
		{ answer: '' },
		{ answer: 'maybe' },
		{ answer: 'approve', comment: 'x'.repeat(1001) },
	];
	for (const fields of bodies) {
		const response = await post(link, fields);
		assert.equal(response.status, 400, JSON.stringify(fields));
		assert.match(await response.text(), /was not recorded/);
	}
	for (const [type, body] of [
		['application/json', '["approve"]'],
		['application/json', '{"answer":["approve"]}'],
		['application/json', '{'],
		['text/plain', 'answer=approve'],
	]) {
		const response = await fetch(link, { method: 'POST', headers: { 'Content-Type': type }, body });
		assert.ok(response.status >= 400, `${type} ${body}: ${response.status}`);
	}
	assert.equal((await lab.api.execution(id)).status, 'waiting');
	// no button pressed: what the link stands for
	await post(link, { comment: 'No' });
	assert.equal((await after(lab, id)).said, false);
});

test('n8n was restarted meanwhile', async () => {
	const { id, link } = await ask(lab);
	await lab.restartN8n();
	assert.equal((await lab.api.execution(id)).status, 'waiting');
	await browser.page.goto(link);
	await browser.page.getByRole('button', { name: 'Decline' }).click();
	await browser.page.getByRole('heading', { name: 'Thank you' }).waitFor();
	assert.equal((await after(lab, id)).said, false);
	assert.equal(lab.simulator.messages.length, 1);
});

describe('nothing waits for a message that was not sent', () => {
	test('several items are refused before anything is sent', async () => {
		const { status, error } = await runNode(lab, {
			parameters: question,
			rows: [{ order: 1 }, { order: 2 }],
			settings: { onError: 'continueErrorOutput' },
		});
		assert.equal(status, 'error');
		assert.match(error?.message ?? '', /takes one item, and got 2: nothing was sent/);
		assert.match(error?.description ?? '', /Loop Over Items/);
		assert.equal(lab.simulator.requests.length, 0);
	});

	test('a wrong number leaves by the error output', async () => {
		const { status, failedRows } = await runNode(lab, {
			parameters: { ...question, phone: '0812-ABC' },
			rows: [{ order: 1 }],
			settings: { onError: 'continueErrorOutput' },
		});
		assert.equal(status, 'success');
		assert.match(String(failedRows[0].error), /Phone Number/);
		assert.equal(lab.simulator.requests.length, 0);
	});

	test('an unknown outcome is an error, and Retry On Fail does not send again', async () => {
		lab.simulator.fault({ kind: 'resetAfterTaken' });
		const { status, error, id } = await runNode(lab, {
			parameters: question,
			rows: [{ order: 1 }],
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
		});
		assert.equal(status, 'error');
		assert.match(error?.message ?? '', /^May have been sent/);
		assert.equal(lab.simulator.messages.length, 1);
		const page = await post(linkIn(lab), { answer: 'approve' });
		assert.ok(page.status >= 400, String(page.status));
		assert.equal((await lab.api.retry(id)).status, 'error');
		assert.equal(lab.simulator.messages.length, 1);
	});
});

test('the panel says what is needed, and the canvas shows that the node waits', async () => {
	const { page } = browser;
	await page.setViewportSize({ width: 1440, height: 1400 });
	await browser.signIn(lab);
	const values = { approvalType: 'double', approveLabel: 'Approve', disapproveLabel: 'Decline' };
	const limitWaitTime = {
		values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' },
	};
	const { id, link } = await ask(lab, { approvalOptions: { values }, options: { limitWaitTime } });
	const { workflowId } = await lab.api.call<{ workflowId: string }>('GET', `/rest/executions/${id}`);
	await page.goto(`${lab.url}/workflow/${workflowId}`);
	await page.locator('[data-test-id="canvas-node"][data-node-name="OneTalk"]').dblclick();
	await page.getByText('set WEBHOOK_URL').waitFor();
	await page.getByText('Approval Options').waitFor();
	await browser.picture('send-and-wait-panel');
	await page.goto(`${lab.url}/workflow/${workflowId}/executions/${id}`);
	await browser.picture('send-and-wait-canvas');
	await post(link, { answer: 'approve' });
	assert.equal((await after(lab, id)).said, true);
});

test('the time limit is over: the workflow goes on with the input item', { timeout: 150_000 }, async () => {
	const limitWaitTime = {
		values: { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' },
	};
	const { id, link } = await ask(lab, { options: { limitWaitTime } });
	const { answer, said } = await after(lab, id, 120_000);
	assert.deepEqual(answer, { order: 4711 });
	assert.equal(said, 'no answer');
	assert.match(await (await post(link, { answer: 'approve' })).text(), /no action required/i);
});

test('the API key is nowhere, and no signature is in n8n’s log or the executions', async () => {
	await assertKeyIsNowhere(lab, 8);
	assert.doesNotMatch(lab.log, /signature=[0-9a-f]{64}/);
	for (const { id } of await lab.api.executions()) {
		const text = JSON.stringify(await lab.api.call('GET', `/rest/executions/${id}`));
		assert.doesNotMatch(text, /signature=[0-9a-f]{64}/, `execution ${id}`);
	}
});
