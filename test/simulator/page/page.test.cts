/** The page in a real browser: writing, tapping, ticks, tabs. Skipped on a machine without Chromium or Chrome. */

import type { Browser, Page } from 'playwright-core';
import { interactiveBody, postChatbot } from '../api/chatbot/requests.cts';
import { SEND, TEMPLATE, TEMPLATED, TEXT, useSimulator, waitUntil } from '../harness.cts';
import { startReceiver, type Receiver } from '../outbound/receiver.cts';
import { CHROMIUM, launchBrowser } from './browser.cts';

const inBrowser = CHROMIUM ? describe : describe.skip;

inBrowser('page', () => {
	const api = useSimulator({ settings: { statusDelayMs: 0 } });
	let browser: Browser;
	let receiver: Receiver;
	let page: Page;
	const errors: string[] = [];
	beforeAll(async () => {
		[browser, receiver] = await Promise.all([launchBrowser(), startReceiver()]);
	});
	afterAll(async () => {
		await Promise.all([browser.close(), receiver.stop()]);
	});
	beforeEach(async () => {
		receiver.clear();
		errors.length = 0;
		page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(10_000);
		page.on('pageerror', ({ message }) => errors.push(message));
		await page.goto(api.sim.url);
		await page.locator('.phone').first().waitFor();
	});
	afterEach(async () => {
		expect(errors).toEqual([]);
		await page.close();
	});

	const write = async (text: string) => {
		await page.locator('.composer input').first().fill(text);
		await page.keyboard.press('Enter');
	};

	test('has one phone at first, and what is typed in it is written as the customer', async () => {
		expect(await page.locator('.phone').count()).toBe(1);
		api.sim.connect({ chatbotUrl: receiver.url });
		await write('Hello');
		await page.locator('.bubble.from-customer', { hasText: 'Hello' }).waitFor();
		await page.locator('.mark-read').waitFor();
		expect(receiver.received[0].body).toMatchObject({
			sender: { phone: '6281212345678', contactName: 'Sari Example' },
			message: { text: { body: 'Hello' } },
		});
	});

	test('shows formatting as WhatsApp does, and markup as text', async () => {
		await write('*bold* _italic_ ~strike~ `code` 2*3*4 <b>x</b> https://example.com/a_b_c.');
		const bubble = page.locator('.bubble p');
		await bubble.waitFor();
		expect(await bubble.innerText()).toBe(
			'bold italic strike code 2*3*4 <b>x</b> https://example.com/a_b_c.',
		);
		for (const [tag, text] of [
			['strong', 'bold'],
			['em', 'italic'],
			['s', 'strike'],
			['code', 'code'],
			['a', 'https://example.com/a_b_c'],
		])
			expect(await bubble.locator(tag).allInnerTexts()).toEqual([text]);
		expect(await bubble.locator('b').count()).toBe(0);
	});

	test('a button, a row of a list, a flow and the phone number can be tapped', async () => {
		const { caseID } = api.sim.customerWrites('6281212345678', 'Hello');
		const body = { text: 'Choose' };
		const rows = [{ id: 'mon', title: 'Monday', description: 'Morning' }];
		for (const interactive of [
			{
				type: 'button',
				body,
				buttonAction: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
			},
			{ type: 'list', body, listAction: { button: 'Days', sections: [{ title: 'Week', rows }] } },
			{ type: 'flow', body, flowAction: { flowID: '1', flowCTA: 'Open form' } },
			{ type: 'request_contact_info', body },
		])
			await postChatbot(api.sim, interactiveBody(caseID, interactive));
		await page.getByRole('button', { name: 'Yes' }).click();
		await page.locator('.option:disabled', { hasText: 'Yes' }).waitFor();
		await page.getByRole('button', { name: 'Days' }).click();
		await page.getByRole('button', { name: 'Monday' }).click();
		await page.getByRole('button', { name: 'Open form' }).click();
		await page.locator('.sheet textarea').fill('size: M');
		await page.getByRole('button', { name: 'Send answers' }).click();
		await page.getByRole('button', { name: 'Share phone number' }).click();
		const written = () => api.sim.chat(caseID).filter(({ from }) => from === 'customer');
		await waitUntil(() => written().length === 5);
		expect(written().map((entry) => 'message' in entry && entry.message)).toMatchObject([
			{ text: { body: 'Hello' } },
			{ whatsappba: { interactive: { button_reply: { id: 'y', title: 'Yes' } } } },
			{ whatsappba: { interactive: { list_reply: { id: 'mon', description: 'Morning' } } } },
			{ whatsappba: { interactive: { nfm_reply: { response_json: '{"size":"M"}' } } } },
			{ text: { body: '+6281212345678' } },
		]);
	});

	test('a picture is attached and shown', async () => {
		await page.getByRole('button', { name: 'Attach' }).click();
		await page.locator('.sheet').getByRole('button', { name: 'Send', exact: true }).click();
		const image = page.locator('.bubble.from-customer img');
		await image.waitFor();
		expect(await image.getAttribute('src')).toBe(`${api.sim.url}/page/photo.svg`);
		expect(api.sim.chat()[0]).toMatchObject({ message: { type: 'image' } });
	});

	test('a template shows its finished texts, its quick reply can be tapped, and its URL is a link', async () => {
		api.sim.addTemplate({
			templateName: TEMPLATED.templateName,
			languageCode: TEMPLATED.languageCode,
			header: 'Welcome',
			body: 'Hi {{name}}',
			footer: 'Bye',
			buttons: ['Stop', 'https://www.example.com/{{1}}'],
		});
		const parameters = { ...TEMPLATED.parameters, buttons: [{ name: 'url_1', value: 'a-1' }] };
		await api.post(TEMPLATE, { ...TEMPLATED, parameters });
		const texts = page.locator('.phone :is(.template-header, .template-body, .template-footer)');
		await texts.first().waitFor();
		expect(await texts.allTextContents()).toEqual(['Welcome', 'Hi John', 'Bye']);
		const [stop, link] = await page.locator('.phone .template-button').all();
		expect(await link.getAttribute('href')).toBe('https://www.example.com/a-1');
		await stop.click();
		await page.locator('.from-customer', { hasText: 'Stop' }).waitFor();
	});

	test('a message shows how far it got', async () => {
		api.sim.configure({ messageStatuses: 'none' });
		const { data } = await api.postJson(SEND, TEXT);
		for (const [status, text] of [
			[undefined, '◷ queued'],
			['acknowledge', '✓ sent'],
			['delivered', '✓✓ delivered'],
			['read', '✓✓ read'],
			['failed', '⚠ failed: blocked'],
		] as const) {
			if (status) api.sim.setStatus(String(data.trxID), status, status === 'failed' ? 'blocked' : '');
			await page.locator('.mark', { hasText: text }).waitFor();
		}
	});

	test('stays at the newest message, unless somebody has scrolled up', async () => {
		const chat = page.locator('.chat');
		const distance = () => chat.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight);
		for (let i = 0; i < 30; i += 1) api.sim.customerWrites('6281212345678', `Message ${i}`);
		await page.getByText('Message 29').waitFor();
		await page.waitForTimeout(200);
		expect(await distance()).toBeLessThan(2);
		await chat.evaluate((element) => element.scrollTo(0, 0));
		await page.waitForTimeout(200);
		api.sim.customerWrites('6281212345678', 'One more');
		await page.getByText('One more').waitFor();
		await page.waitForTimeout(200);
		expect(await distance()).toBeGreaterThan(100);
	});

	test('a phone keeps its place while somebody writes in another', async () => {
		api.sim.customerWrites('6281200000001', 'First');
		await page.getByText('First', { exact: true }).first().waitFor();
		api.sim.customerWrites('6281200000002', 'Second');
		await page.locator('.phone', { hasText: '+6281200000002' }).waitFor();
		const order = () => page.locator('.phone header small').allInnerTexts();
		expect(await order()).toEqual(['+6281200000002', '+6281200000001']);
		await page.locator('.phone').nth(1).locator('.composer input').fill('Third');
		await page.keyboard.press('Enter');
		await page.getByText('Third', { exact: true }).first().waitFor();
		expect(await order()).toEqual(['+6281200000002', '+6281200000001']);
	});

	test('hand-over, remark, contact data and closing are visible', async () => {
		const { caseID } = api.sim.customerWrites('6281212345678', 'Hello');
		const post = (eventType: string, details: object) =>
			postChatbot(api.sim, { caseID, eventType, ...details });
		await post('update_contact', { updateContact: { companyName: 'Example', customFields: { size: 'M' } } });
		await post('update_case', { updateCase: { agentRemark: 'Prefers mornings' } });
		await post('handover_case', { handoverCase: { chatbotHandoverSummary: 'Wants a quote' } });
		const card = page.locator('.case');
		await card.getByText('With agent').waitFor();
		for (const text of ['Support', 'Wants a quote', 'Example', 'size'])
			expect(await card.locator('.facts').innerText()).toContain(text);
		expect(await card.locator('input').inputValue()).toBe('Prefers mornings');
		await card.getByRole('button', { name: 'Close' }).click();
		await page.locator('.note', { hasText: 'Case closed' }).waitFor();
	});

	test('settings, faults and logs are behind the tab Developer, and faults hit sends at first', async () => {
		for (const tab of ['Phones', 'Templates', 'Connect']) {
			await page.getByRole('link', { name: tab }).click();
			await page.waitForTimeout(50);
			expect(await page.locator('body').innerText()).not.toMatch(/successFalse|latencyMs|Faults/);
		}
		await page.getByRole('link', { name: 'Developer' }).click();
		await page.getByRole('button', { name: 'Add fault' }).click();
		await page.locator('#fault-list', { hasText: 'to sends' }).waitFor();
		expect(await api.controlJson('GET', '/faults')).toMatchObject({
			faults: [{ kind: 'status', endpoint: 'sends' }],
		});
	});

	test('the tab Connect shows what n8n needs, and saves URLs', async () => {
		await page.getByRole('link', { name: 'Connect' }).click();
		const text = await page.locator('#tab-connect').innerText();
		for (const value of [api.sim.apiKey, api.sim.baseUrl, api.sim.chatbotUrl, api.sim.chatbotSecretKey])
			expect(text).toContain(value);
		await page.getByLabel('Webhook URL').fill('https://example.com/');
		await page.getByRole('button', { name: 'Save webhook' }).click();
		await page.locator('#notice', { hasText: 'must be an http URL of this machine' }).waitFor();
		await page.getByLabel('Webhook URL').fill(receiver.url);
		await page.getByRole('button', { name: 'Save webhook' }).click();
		await page.locator('#webhook-state', { hasText: /^Connected$/ }).waitFor();
		await api.post(SEND, TEXT);
		await waitUntil(() => receiver.received.length === 3);
	});

	test.each(['phones', 'templates', 'connect', 'server'])(
		'the tab %s fits a width of 390 pixels',
		async (tab) => {
			api.sim.customerWrites('6281212345678', 'x'.repeat(200));
			await api.post(SEND, TEXT);
			await page.setViewportSize({ width: 390, height: 844 });
			await page.goto(`${api.sim.url}/#${tab}`);
			await page.locator(`#tab-${tab}`).waitFor();
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
		},
	);
});
