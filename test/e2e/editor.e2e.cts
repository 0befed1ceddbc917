/** What users see in n8n's editor. Every step stores a picture in .e2e/pictures/. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { openBrowser, type Browser } from './browser.cts';
import { docsPicture } from './docsPictures.cts';
import { startLab, type Lab } from './lab.cts';
import { closeWhenTested, openNewCredential } from './olderN8n.cts';
import { node } from './workflows.cts';

let lab: Lab;
let editor: Browser;

before(async () => {
	editor = await openBrowser();
	lab = await startLab('editor', { withCredential: false });
	await editor.signIn(lab);
});
afterEach(async (t) => {
	if (!('passed' in t && t.passed)) await editor?.picture(`failed-${t.name.replace(/\W+/g, '-')}`);
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

/** Types a value into the field of a parameter. */
async function fill(name: string, value: string): Promise<void> {
	await editor.part(`parameter-input-${name}`).locator('input, textarea').first().fill(value);
}

describe('from an empty workflow to a message', () => {
	test('the node is found in the node creator, with the actions of messages and cases', async () => {
		const { page, part, picture } = editor;
		await page.goto(`${lab.url}/workflow/new`);
		await part('canvas-wrapper').first().waitFor();
		await page
			.locator('[data-test-id="canvas-add-first-step-button"], [data-test-id="canvas-plus-button"]')
			.first()
			.click();
		await part('node-creator-search-bar').fill('manual');
		await part('node-creator-item-name')
			.filter({ hasText: /Manual Trigger|manually/i })
			.first()
			.click();
		await part('node-creator-plus-button').click();
		await part('node-creator-search-bar').fill('onetalk');
		await picture('02-node-creator');
		await part('node-creator-item-name')
			.filter({ hasText: /^OneTalk$/ })
			.first()
			.click();
		for (const action of [
			'Get many cases',
			'Update case',
			'Send a WhatsApp message',
			'Send a WhatsApp template',
		]) {
			await page.getByText(action, { exact: true }).waitFor();
		}
		await picture('03-actions');
		await page.getByText('Send a WhatsApp message', { exact: true }).click();
		await part('ndv').waitFor();
		await picture('04-new-node');
	});

	test('a wrong API key is reported, a right one is saved', async () => {
		const { part, picture } = editor;
		await openNewCredential(editor);
		const dialog = part('credential-edit-dialog').first();
		await dialog.waitFor();
		const field = (name: string) => dialog.locator(`[data-test-id="parameter-input-${name}"] input`);
		await field('apiKey').fill('not-a-known-key');
		await field('baseUrl').fill(lab.account.baseUrl);
		await part('credential-save-button').click();
		await dialog.getByText('More details').click();
		await dialog.getByText(/API key is not found/).waitFor();
		await picture('05-wrong-key');
		await field('apiKey').fill(lab.account.apiKey);
		await part('credential-save-button').click();
		await closeWhenTested(dialog);
	});

	test('“Execute step” sends the message, and the table shows the answer', async () => {
		const { part, picture } = editor;
		await fill('channelId', '2101081881');
		await fill('phone', '0812-3456-7890');
		await fill('text', 'Hello from the editor');
		await part('node-execute-button').click();
		const table = part('output-panel').locator('table').first();
		await table.waitFor();
		await picture('06-sent');
		await docsPicture('editor', editor.page);
		assert.match(await table.innerText(), /added to queue[\s\S]*6281234567890/);
		assert.deepEqual(
			lab.simulator.messages.map(({ phone, body }) => [phone, body]),
			[['6281234567890', 'Hello from the editor']],
		);
	});

	test('the panel reports a wrong phone number, and nothing is sent', async () => {
		const { part, picture } = editor;
		await fill('phone', '12');
		await part('node-execute-button').click();
		await part('output-panel')
			.getByText(/"Recipient's Phone Number"/)
			.first()
			.waitFor();
		await picture('07-bad-number');
		assert.equal(lab.simulator.messages.length, 1);
	});
});

describe('the panels', () => {
	const template = { resource: 'message', operation: 'sendTemplate' };
	const common = ['resource', 'operation'];
	const sending = [...common, 'channelId', 'phone', 'withCase'];
	const templateFields = [...sending, 'phoneNumberId', 'templateName', 'languageCode', 'parameterMode'];

	/** Parameters of a node, and the parameters that its panel shows then. */
	const panels: Record<string, { parameters: Record<string, unknown>; shows: string[] }> = {
		'Send a text': {
			parameters: { resource: 'message', operation: 'send' },
			shows: [...sending, 'messageType', 'text'],
		},
		'Send an image': {
			parameters: { resource: 'message', operation: 'send', messageType: 'image' },
			shows: [...sending, 'messageType', 'mediaUrl', 'fileName', 'caption'],
		},
		'Send a file': {
			parameters: { resource: 'message', operation: 'send', messageType: 'file' },
			shows: [...sending, 'messageType', 'mediaUrl', 'fileName'],
		},
		'Send a template': { parameters: template, shows: templateFields },
		'Send a filled template': {
			parameters: {
				...template,
				channelId: '2100480937',
				phoneNumberId: '103011859190563',
				phone: '={{ $json.phone }}',
				templateName: 'greetings_v1',
				languageCode: 'en',
				parameterMode: 'fields',
				templateParameters: {
					body: [{ name: 'name', value: '={{ $json.name }}' }],
					buttons: [{ name: 'url_0', value: 'order-1' }],
				},
				options: { topicId: 7 },
			},
			shows: templateFields,
		},
		'Send a template by JSON': {
			parameters: { ...template, parameterMode: 'json' },
			shows: [...templateFields, 'templateParametersJson'],
		},
		'Get many cases': {
			parameters: { resource: 'case', operation: 'getAll', filters: { status: 'open' } },
			shows: [...common, 'since', 'status', 'returnAll', 'limit'],
		},
		'Update a case': {
			parameters: {
				resource: 'case',
				operation: 'update',
				updateFields: { agentRemark: 'Paid on Monday', isJunk: false },
			},
			shows: [...common, 'caseId', 'agentRemark', 'isJunk'],
		},
	};

	before(async () => {
		await lab.addCredential();
		const credentials = await lab.credentials();
		const nodes = [
			...Object.entries(panels).map(([name, { parameters }]) =>
				node(name, 'n8n-nodes-onetalk.oneTalk', 1, parameters),
			),
			node('OneTalk Trigger', 'n8n-nodes-onetalk.oneTalkTrigger', 1, {}),
			node('A trigger with filters', 'n8n-nodes-onetalk.oneTalkTrigger', 1, {
				events: ['caseCreated', 'caseClosed'],
				filters: { status: 'closed', junk: 'exclude', agentEmail: 'ani@example.com, unassigned' },
				options: { startFrom: { start: { from: 'days', days: 7 } }, maxCasesPerPoll: 500 },
			}),
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Panels',
			nodes: nodes.map((it, i) => ({
				...it,
				credentials,
				position: [(i % 3) * 320, Math.floor(i / 3) * 240],
			})),
			connections: {},
		});
		await editor.page.setViewportSize({ width: 1440, height: 1100 });
		await editor.page.goto(`${lab.url}/workflow/${id}`);
	});

	for (const [i, [name, { shows }]] of Object.entries(panels).entries()) {
		test(name, async () => {
			await open(name, shows);
			await editor.picture(`1${i}-${name.toLowerCase().replaceAll(' ', '-')}`);
			await editor.part('ndv-close-button').click();
		});
	}

	test('the trigger, in the light and the dark theme', async () => {
		await open('OneTalk Trigger', ['mode', 'events']);
		await editor.picture('18-trigger');
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		await editor.picture('19-trigger-dark');
		await editor.part('ndv-close-button').click();
		await editor.picture('20-canvas-dark');
		await editor.page.emulateMedia({ colorScheme: 'light' });
	});

	test('the trigger with filters and a start, and a manual test that finds no case', async () => {
		const { page, part, picture } = editor;
		await open('A trigger with filters', [
			'events',
			'status',
			'agentEmail',
			'from',
			'days',
			'maxCasesPerPoll',
		]);
		await part('node-execute-button').click();
		await part('output-panel')
			.getByText(/None of the newest .* match(es)? the filters/)
			.first()
			.waitFor();
		await picture('21-trigger-with-filters');
		await part('parameter-input-maxCasesPerPoll').first().scrollIntoViewIfNeeded();
		await picture('22-trigger-with-filters-options');
		await part('parameter-input-events').locator('input').first().click();
		await page.getByText('A case that was closed and is open again').waitFor();
		await picture('23-trigger-events');
		await page.keyboard.press('Escape');
	});

	/** Opens the panel of a node and waits until it shows the parameters. */
	async function open(name: string, shows: string[]): Promise<void> {
		await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		for (const parameter of shows) await editor.part(`parameter-input-${parameter}`).first().waitFor();
	}
});
