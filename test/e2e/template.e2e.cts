/**
 * From an approved template to a list of customers, in n8n's editor as a user does it. Every step stores a picture in
 * .e2e/pictures/; the pictures of docs/ are made from them.
 */

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Json } from '../../tools/n8n-execution.cts';
import { openBrowser, type Browser } from './browser.cts';
import { docsPicture } from './docsPictures.cts';
import { startLab, type Lab } from './lab.cts';
import { SAVES_IN_PANEL } from './olderN8n.cts';
import { until } from './wait.cts';
import { chain, inARow, node } from './workflows.cts';

const TEMPLATE = {
	templateName: 'order_ready',
	languageCode: 'en_US',
	header: 'Order {{1}}',
	body: 'Hi {{name}},\n\nyour order {{order_id}} of Rp {{total}} is ready from {{ready_on}}, {{office_hours}}.',
	footer: 'Toko Contoh',
	buttons: ['https://www.example.com/orders/{{1}}'],
};
const CUSTOMERS = [
	{ name: 'Sari', phone: '0812-1111-0001', order_id: 'A-1001', total: 150000, ready_on: 'Monday' },
	{ name: 'Budi', phone: '+62 812 1111 0002', order_id: 'A-1002', total: 75000, ready_on: 'Tuesday' },
].map((customer) => ({
	...customer,
	office_hours: '09:00 - 17:00',
	header_1: customer.order_id,
	url_0: customer.order_id.toLowerCase(),
}));
const BODY = 'Hi Sari,\n\nyour order A-1001 of Rp 150000 is ready from Monday, 09:00 - 17:00.';

let lab: Lab;
let editor: Browser;
/** ID of the workflow in the editor. */
let workflowId: string;

before(async () => {
	editor = await openBrowser();
	lab = await startLab('template');
	lab.simulator.addTemplate(TEMPLATE);
	const { page } = editor;
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lab.url });
	await editor.signIn(lab);
	const steps = [
		node('Start by hand', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('List of customers', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ customers: CUSTOMERS }),
			options: {},
		}),
		node('One item per customer', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'customers',
			options: {},
		}),
		{
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, { resource: 'message', operation: 'sendTemplate' }),
			credentials: await lab.credentials(),
		},
	];
	const content = { name: 'Send my template', nodes: inARow(steps), connections: chain(steps) };
	workflowId = (await lab.api.createWorkflow(content)).id;
	await page.setViewportSize({ width: 1440, height: 1500 });
	await page.goto(`${lab.url}/workflow/${workflowId}`);
	await page.addStyleTag({ content: '.el-notification { display: none }' });
	await open();
});
afterEach(async (t) => {
	if (!('passed' in t && t.passed)) await editor?.picture(`failed-${t.name.replace(/\W+/g, '-')}`);
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

/** Opens the panel of the OneTalk node. */
async function open(): Promise<void> {
	await editor.page.locator('[data-test-id="canvas-node"][data-node-name="OneTalk"]').dblclick();
	await editor.part('ndv').waitFor();
}

/** The field of a parameter. */
const field = (name: string) => editor.part(`parameter-input-${name}`).locator('textarea, input').first();

/** Replaces the text of a field as a user does: select all, paste. */
async function paste(name: string, text: string): Promise<void> {
	await field(name).click();
	// as text, since it runs in the browser, whose types these files do not have
	await editor.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	await editor.page.keyboard.press('ControlOrMeta+A');
	await editor.page.keyboard.press('ControlOrMeta+V');
}

/** Chooses the option of a parameter that has this label. */
async function choose(name: string, label: string): Promise<void> {
	await editor.part(`parameter-input-${name}`).first().click();
	await editor.page.getByRole('option', { name: label }).first().click();
}

/** The labels of the fields for the values, in their order. */
async function fieldNames(): Promise<string[]> {
	const labels = await editor
		.part('mapping-fields-container')
		.locator('.parameter-item label')
		.allInnerTexts();
	// older editors show a switch beside each field
	const isSwitch = (label: string) => ['Fixed', 'Expression'].includes(label);
	return labels.map((label) => label.split('\n')[0]).filter((label) => !isSwitch(label));
}

/** Waits until the fields for the values have these labels. */
async function untilFields(names: string[]): Promise<void> {
	const areThere = async () => (await fieldNames()).join() === names.join();
	await until(`the fields are ${names.join(', ')}`, areThere).catch(async () =>
		assert.deepEqual(await fieldNames(), names),
	);
}

/** The parameters of the OneTalk node, as the editor saves them. */
async function saved(): Promise<Json> {
	if (!SAVES_IN_PANEL) await editor.part('ndv-close-button').click();
	await editor.page.keyboard.press('ControlOrMeta+S');
	await editor.page.waitForTimeout(1_000);
	if (!SAVES_IN_PANEL) await open();
	const { nodes } = await lab.api.workflow(workflowId);
	return nodes.find(({ name }) => name === 'OneTalk')?.parameters;
}

const NAMES = ['name', 'order_id', 'total', 'ready_on', 'office_hours'];

test('the recipient, the template and its language can be filled in', async () => {
	const { page, part, picture } = editor;
	await page.getByText('Execute previous nodes').click();
	await page.getByText('Sari').first().waitFor();
	await paste('channelId', '2100480937');
	await paste('phoneNumberId', '103011859190563');
	await dragColumn('phone', 'phone');
	await paste('templateName', TEMPLATE.templateName);
	await editor.part('parameter-input-languageCode').first().click();
	await page.keyboard.type('english (us');
	await page.getByRole('option', { name: 'English (US): en_US' }).waitFor();
	await picture('40-language', part('node-parameters'));
	await page.getByRole('option', { name: 'English (US): en_US' }).click();
	await until('both are saved', async () => {
		const { phone, languageCode } = await saved();
		return phone === '={{ $json.phone }}' && languageCode === 'en_US';
	});
});

test('pasted braces stay text, and each of five variables gets a field with its name', async () => {
	const { part, picture } = editor;
	await paste('templateBody', TEMPLATE.body);
	await untilFields(NAMES);
	await part('parameter-input-office_hours').scrollIntoViewIfNeeded();
	await picture('41-five-fields', part('node-parameters'));
	assert.equal(await field('templateBody').inputValue(), TEMPLATE.body);
	await until('the text is saved', async () => (await saved()).templateBody === TEMPLATE.body);
});

test('the header, the footer and the button add fields for their variables', async () => {
	await choose('templateHeaderType', 'Text');
	await paste('templateHeader', TEMPLATE.header);
	await paste('templateFooter', TEMPLATE.footer);
	await paste('templateButtons', TEMPLATE.buttons[0]);
	await untilFields(['header_1 (Header)', ...NAMES, 'url_0 (Button 1)']);
	await editor.picture('42-all-fields');
});

test('a column can be dragged onto a field', async () => {
	await dragColumn('name', 'name');
	await editor.picture('43-dragged', editor.part('ndv'));
	assert.deepEqual((await saved()).templateValues.value, { name: '={{ $json.name }}' });
});

test('a refresh adds the fields of edited text, and keeps the values', async () => {
	const { page, part, picture } = editor;
	await paste('templateBody', TEMPLATE.body.replace('{{total}}', '[[sum]]'));
	await page.waitForTimeout(500);
	await part('mapping-fields-container').locator('[data-test-id="action-toggle"]').first().click();
	await picture('44-refresh');
	await page.getByText('Refresh Variable List', { exact: true }).click();
	const names = NAMES.map((name) => (name === 'total' ? 'sum' : name));
	await untilFields(['header_1 (Header)', ...names, 'url_0 (Button 1)']);
	assert.deepEqual((await saved()).templateValues.value, { name: '={{ $json.name }}' });
});

test('what is edited in the text is in the fields when the node is opened again, and the value is kept', async () => {
	const { part } = editor;
	await paste('templateBody', TEMPLATE.body);
	await part('ndv-close-button').click();
	await open();
	await untilFields(['header_1 (Header)', ...NAMES, 'url_0 (Button 1)']);
	assert.deepEqual((await saved()).templateValues.value, { name: '={{ $json.name }}' });
});

test('an error names the variable without a value, and nothing is sent', async () => {
	const { page, part, picture } = editor;
	await part('node-execute-button').click();
	await part('output-panel')
		.getByText(/has no value for the header variable "1"/)
		.first()
		.waitFor();
	await picture('45-missing');
	await page.waitForTimeout(200);
	assert.equal(lab.simulator.requests.length, 0);
});

test('automatic mapping fills the fields, and a dry run shows the message without sending it', async () => {
	const { page, part, picture } = editor;
	await part('mapping-mode-select').locator('input').first().click();
	await page.getByText('Map Automatically').last().click();
	await part('collection-parameter-add').or(page.getByPlaceholder('Add option')).first().click();
	await page.getByText('Dry Run', { exact: true }).last().click();
	await part('node-execute-button').click();
	await part('output-panel').getByText('dryRun').first().waitFor();
	await picture('46-dry-run', part('ndv'));
	const shown = await part('output-panel').innerText();
	assert.ok(shown.includes(BODY.split('\n')[2]), shown);
	assert.equal(lab.simulator.requests.length, 0);
});

test('the customers’ phones show the finished messages', async () => {
	const { page, part, picture } = editor;
	await part('parameter-input-dryRun').locator('[role=switch], .el-switch').first().click();
	await part('node-execute-button').click();
	await part('output-panel').getByText('added to queue').first().waitFor();
	await picture('47-sent');
	assert.deepEqual(
		lab.simulator.messages.map(({ phone, parameters }) => [phone, parameters?.body[0].value]).sort(),
		[
			['6281211110001', 'Sari'],
			['6281211110002', 'Budi'],
		],
	);
	for (const [colorScheme, name] of [
		['light', '48-phones'],
		['dark', '49-phones-dark'],
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.goto(lab.simulator.url);
		const phone = page.locator('.phone', { hasText: '+6281211110001' });
		await phone.waitFor();
		const [header, body, footer] = await phone
			.locator('.template-header, .template-body, .template-footer')
			.allTextContents();
		assert.deepEqual([header, body, footer], ['Order A-1001', BODY, TEMPLATE.footer]);
		assert.equal(
			await phone.locator('.template-button').innerText(),
			'https://www.example.com/orders/a-1001',
		);
		await picture(name, page.locator('#phones'));
		if (colorScheme === 'light') await docsPicture('template-phones', page.locator('#phone-list'));
		await picture(`${name}-page`);
	}
});

test('the panel in the dark theme', async () => {
	const { page, part, picture } = editor;
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto(`${lab.url}/workflow/${workflowId}`);
	await open();
	await part('mapping-mode-select').waitFor();
	await picture('50-panel-dark');
});

/** Drags a column of the input onto the field of a parameter. */
async function dragColumn(column: string, parameter: string): Promise<void> {
	const { page, part } = editor;
	const pill = part('run-data-schema-item')
		.locator('[data-target="mappable"]')
		.filter({ hasText: new RegExp(`^\\s*${column}\\s*$`) })
		.first();
	const from = await pill.boundingBox();
	const target = part(`parameter-input-${parameter}`).last();
	await target.scrollIntoViewIfNeeded();
	const to = await target.boundingBox();
	assert.ok(from && to, `${column} onto ${parameter}`);
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(from.x + 40, from.y + 40, { steps: 5 });
	await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 15 });
	await page.waitForTimeout(200);
	await page.mouse.up();
	await page.waitForTimeout(500);
	// closes the hint that n8n shows below an expression in edit mode
	await part('output-panel').click({ position: { x: 20, y: 200 } });
}
