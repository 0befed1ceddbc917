/** What n8n's editor shows of the nodes, where releases may differ. Stores pictures in .e2e/, in the folder of the release. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openBrowser, type Browser } from '../e2e/browser.cts';
import { startLab, type Lab } from '../e2e/lab.cts';
import { sendTemplateToRow } from '../e2e/sending.cts';
import { node } from '../e2e/workflows.cts';

let lab: Lab;
let editor: Browser;
/** Errors of the page since it was opened, or since n8n's own node was shown. */
const errors: string[] = [];
let errorsWithoutOneTalk: string[] = [];

before(async () => {
	editor = await openBrowser();
	lab = await startLab('versions-editor');
	const { page } = editor;
	page.on('pageerror', ({ message }) => errors.push(message));
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lab.url });
	await editor.signIn(lab);
	await openPanel(node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {}), 'url');
	errorsWithoutOneTalk = errors.splice(0);
});
afterEach(async (t) => {
	if (!('passed' in t && t.passed)) await editor?.picture(`failed-${t.name.replace(/\W+/g, '-')}`);
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

/** Creates a workflow of this node, and opens its panel. */
async function openPanel(step: ReturnType<typeof node>, parameter: string): Promise<void> {
	const credentials = step.type.includes('onetalk') ? await lab.credentials() : undefined;
	const { id } = await lab.api.createWorkflow({
		name: step.name,
		nodes: [{ ...step, position: [0, 0], credentials }],
		connections: {},
	});
	await editor.page.goto(`${lab.url}/workflow/${id}`);
	await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${step.name}"]`).dblclick();
	await editor.part(`parameter-input-${parameter}`).first().waitFor();
}

/** Replaces the text of a field as a user does: select all, paste. */
async function paste(name: string, text: string): Promise<void> {
	await editor.part(`parameter-input-${name}`).locator('textarea, input').first().click();
	// as text, since it runs in the browser, whose types these files do not have
	await editor.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	await editor.page.keyboard.press('ControlOrMeta+A');
	await editor.page.keyboard.press('ControlOrMeta+V');
}

describe('The editor', () => {
	test('the node has its icon, and its panel opens', async () => {
		await openPanel(node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {}), 'resource');
		await editor.picture('60-panel');
		await editor.page.keyboard.press('Escape');
		await editor.part('ndv').waitFor({ state: 'hidden' });
		const icon = editor.part('canvas-node').locator('img').first();
		const width = await icon.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
		assert.ok(width > 0);
		await editor.picture('61-canvas');
	});

	test('the panel of the trigger opens', async () => {
		await openPanel(node('OneTalk Trigger', 'n8n-nodes-onetalk.oneTalkTrigger', 1, {}), 'events');
		await editor.picture('62-trigger');
	});

	test('each variable of a pasted template text gets a field', async () => {
		const { page, part, picture } = editor;
		await page.setViewportSize({ width: 1440, height: 1500 });
		const step = node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {
			...sendTemplateToRow,
			parameterMode: 'templateText',
		});
		await openPanel(step, 'templateBody');
		await paste('templateBody', 'Hi {{name}},\n\nyour order {{order_id}} is ready from {{ready_on}}.');
		for (const name of ['name', 'order_id', 'ready_on'])
			await part(`parameter-input-${name}`).first().waitFor();
		await picture('63-template-fields');
	});

	test('“Refresh Variable List” updates the fields after the text was changed, and keeps the values', async () => {
		const { page, part, picture } = editor;
		const field = part('parameter-input-name').locator('input, textarea').first();
		await field.fill('Sari');
		await page.waitForTimeout(500);
		await paste('templateBody', 'Hi {{name}}, your table {{table}} is ready.');
		await page.waitForTimeout(1_000);
		await part('mapping-fields-container').locator('[data-test-id="action-toggle"]').first().click();
		await page.getByText('Refresh Variable List', { exact: true }).click();
		await part('parameter-input-table').first().waitFor();
		await part('parameter-input-order_id').first().waitFor({ state: 'hidden' });
		assert.equal(await field.inputValue(), 'Sari');
		await picture('64-refreshed');
	});

	test('the page has no error that it does not have with a node of n8n', () => {
		const more = errors.filter((message) => !errorsWithoutOneTalk.includes(message));
		if (errorsWithoutOneTalk.length > 0)
			console.log('Errors of the page without a OneTalk node:', new Set(errorsWithoutOneTalk));
		assert.deepEqual(more, []);
	});
});
