/** What may differ from one n8n to another, beyond the end-to-end tests: installing with npm, failed rows, cancelling, the editor. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { PROJECT, npm, plainEnvironment } from '../../tools/ensure';
import { openBrowser } from '../e2e/browser.cts';
import { FOLDER, node, oneTalkWorkflow, pause, runNode, startLab, until } from '../e2e/lab.cts';
import type { Fault } from '../../simulator/server.cts';
import { recipients, sendOneByOne, sendToRow } from '../e2e/sending.cts';

const TEMPLATE = {
	resource: 'message',
	operation: 'sendTemplate',
	channelId: '2100480937',
	phoneNumberId: '103011859190563',
	phone: '={{ $json.phone }}',
	templateName: 'order_ready',
	languageCode: 'en',
};

let lab: Awaited<ReturnType<typeof startLab>>;

before(async () => {
	lab = await startLab('older');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('Send Template, each way to give the values', () => {
	const ways = {
		templateText: {
			templateBody: 'Hi {{name}}, your order {{order_id}} is ready.',
			templateValues: {
				mappingMode: 'defineBelow',
				value: { name: '={{ $json.name }}', order_id: 'A-1' },
			},
		},
		fields: {
			templateParameters: {
				body: [
					{ name: 'name', value: '={{ $json.name }}' },
					{ name: 'order_id', value: 'A-1' },
				],
			},
		},
		json: { templateParametersJson: '={{ { body: { name: $json.name, order_id: "A-1" } } }}' },
	};
	for (const [parameterMode, values] of Object.entries(ways)) {
		test(`${parameterMode}: the message has its values`, async () => {
			const { status, error } = await runNode(lab, {
				parameters: { ...TEMPLATE, parameterMode, ...values },
				rows: recipients(2),
			});
			assert.equal(status, 'success', error?.message);
			assert.deepEqual(
				lab.simulator.messages.map(({ parameters }) => parameters?.body).sort(byFirstValue),
				recipients(2).map(({ name }) => [
					{ name: 'name', value: name },
					{ name: 'order_id', value: 'A-1' },
				]),
			);
		});
	}

	test('templateText, mapped automatically from the columns', async () => {
		const { status, error } = await runNode(lab, {
			parameters: {
				...TEMPLATE,
				parameterMode: 'templateText',
				templateBody: 'Hi {{name}}',
				templateValues: { mappingMode: 'autoMapInputData', value: null },
			},
			rows: recipients(1),
		});
		assert.equal(status, 'success', error?.message);
		assert.deepEqual(lab.simulator.messages[0].parameters?.body, [{ name: 'name', value: 'Customer 1' }]);
	});

	function byFirstValue(a: { value: string }[] = [], b: { value: string }[] = []) {
		return a[0].value < b[0].value ? -1 : 1;
	}
});

describe('Failed rows with Continue (using error output)', () => {
	const rows = recipients(5);
	const faults: Record<string, Fault> = {
		'refused by OneTalk': { kind: 'successFalse', reason: 'insufficient_balance' },
		'refused with HTTP 400': { kind: 'http', httpStatus: 400 },
		'refused with HTTP 500': { kind: 'http', httpStatus: 500 },
		'a cut connection': { kind: 'resetAfterTaken' },
		'a web page as the answer': { kind: 'html' },
		'an empty answer': { kind: 'empty' },
	};
	for (const [what, fault] of Object.entries(faults)) {
		test(`${what}: the row is in the error output only`, async () => {
			lab.simulator.fault(fault);
			await assertOneFailed(rows);
		});
	}

	const spoiled = { 'no phone': '', 'a spoiled phone': '8.12E+11', 'a phone with too few digits': '12' };
	for (const [what, phone] of Object.entries(spoiled)) {
		test(`${what}: the row is in the error output only`, async () => {
			await assertOneFailed(rows.map((row, i) => (i === 2 ? { ...row, phone } : row)));
		});
	}

	test('a row that has the columns error, message and details itself', async () => {
		const own = { error: '', message: 'Hello', details: 'none' };
		await assertOneFailed(
			rows.map((row, i) => (i === 2 ? { ...row, ...own, phone: '12' } : { ...row, ...own })),
		);
	});

	async function assertOneFailed(given: typeof rows) {
		const {
			status,
			rows: succeeded,
			failedRows,
		} = await runNode(lab, {
			parameters: sendOneByOne,
			rows: given,
			settings: { onError: 'continueErrorOutput' },
		});
		assert.equal(status, 'success');
		assert.deepEqual([succeeded.length, failedRows.length], [4, 1]);
		assert.deepEqual(
			succeeded.map(({ success }: { success: unknown }) => success),
			[true, true, true, true],
		);
		assert.equal(typeof failedRows[0].error, 'string');
	}
});

describe('Failures as Rows', () => {
	test('one row for each input row, sent or not', async () => {
		const given = recipients(3).map((row, i) => (i === 1 ? { ...row, phone: '12' } : row));
		const parameters = { ...sendToRow, options: { failureRows: true } };
		const { status, rows } = await runNode(lab, { parameters, rows: given });
		assert.equal(status, 'success');
		assert.deepEqual(
			rows.map(({ sent }: { sent: unknown }) => sent),
			[true, false, true],
		);
		const [columns, ...others] = rows.map((row: object) => Object.keys(row).join());
		assert.deepEqual(others, [columns, columns]);
	});
});

describe('Cancelling an execution', () => {
	test('nothing more is sent, and n8n says that it was canceled', async () => {
		const parameters = {
			...sendToRow,
			options: { batching: { batch: { batchSize: 1, batchInterval: 3_000 } } },
		};
		const { id } = await lab.api.createWorkflow(
			await oneTalkWorkflow(lab, { parameters, rows: recipients(5) }),
		);
		const running = lab.api.execute(id, 'Start');
		await until('a message has gone out', () => lab.simulator.messages.length > 0);
		const [{ id: executionId }] = await lab.api.executions(id);
		await lab.api.call('POST', `/rest/executions/${executionId}/stop`);
		const sent = lab.simulator.messages.length;
		assert.equal((await running).status, 'canceled');
		await pause(7_000);
		assert.ok(lab.simulator.messages.length <= sent + 1, `${sent}, then ${lab.simulator.messages.length}`);
	});

	test('afterwards n8n runs the node as before', async () => {
		const { status } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
		assert.equal(status, 'success');
	});
});

describe('The editor', () => {
	let editor: Awaited<ReturnType<typeof openBrowser>>;
	const errors: string[] = [];
	let errorsWithoutUs: string[] = [];

	before(async () => {
		editor = await openBrowser();
		editor.page.on('pageerror', ({ message }) => errors.push(message));
		const { page, part } = editor;
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: lab.url });
		await page.goto(`${lab.url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId], input[type=email]').first().fill(lab.owner.email);
		await page.locator('input[type=password]').fill(lab.owner.password);
		await part('form-submit-button').click();
		await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
		await openPanel(node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {}), 'url');
		errorsWithoutUs = errors.splice(0);
	});
	afterEach(async (t) => {
		if (!('passed' in t && t.passed)) await editor.picture(`failed-${t.name.replace(/\W+/g, '-')}`);
	});
	after(async () => await editor?.close());

	/** Makes a workflow of this node, and opens its panel. */
	async function openPanel(step: ReturnType<typeof node>, parameter: string) {
		const { id } = await lab.api.createWorkflow({
			name: step.name,
			nodes: [
				{
					...step,
					position: [0, 0],
					...(step.type.includes('onetalk') && { credentials: await lab.credentials() }),
				},
			],
			connections: {},
		});
		await editor.page.goto(`${lab.url}/workflow/${id}`);
		await editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${step.name}"]`).dblclick();
		await editor.part(`parameter-input-${parameter}`).first().waitFor();
	}

	/** Puts text into a field as a person does: select all, paste. */
	async function paste(name: string, text: string) {
		await editor.part(`parameter-input-${name}`).locator('textarea, input').first().click();
		await editor.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
		await editor.page.keyboard.press('ControlOrMeta+A');
		await editor.page.keyboard.press('ControlOrMeta+V');
	}

	test('the node is drawn with its icon, and its panel opens', async () => {
		await openPanel(node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {}), 'resource');
		await editor.picture('60-panel');
		await editor.page.keyboard.press('Escape');
		await editor.part('ndv').waitFor({ state: 'hidden' });
		const icon = editor.part('canvas-node').locator('img').first();
		assert.ok(
			await icon.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
		);
		await editor.picture('61-canvas');
	});

	test('the trigger is drawn, and its panel opens', async () => {
		await openPanel(node('OneTalk Trigger', 'n8n-nodes-onetalk.oneTalkTrigger', 1, {}), 'events');
		await editor.picture('62-trigger');
	});

	test('a pasted template text becomes a field for each variable', async () => {
		const { page, part, picture } = editor;
		await page.setViewportSize({ width: 1440, height: 1500 });
		const step = node('OneTalk', 'n8n-nodes-onetalk.oneTalk', 1, {
			...TEMPLATE,
			parameterMode: 'templateText',
		});
		await openPanel(step, 'templateBody');
		await paste('templateBody', 'Hi {{name}},\n\nyour order {{order_id}} is ready from {{ready_on}}.');
		for (const name of ['name', 'order_id', 'ready_on'])
			await part(`parameter-input-${name}`).first().waitFor();
		await picture('63-template-fields');
	});

	test('“Refresh Variable List” follows the text, and keeps what is filled in', async () => {
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
		const ours = errors.filter((message) => !errorsWithoutUs.includes(message));
		if (errorsWithoutUs.length > 0)
			console.log('Page errors without a OneTalk node:', new Set(errorsWithoutUs));
		assert.deepEqual(ours, []);
	});
});

describe('Installed with npm, as the README says', () => {
	let second: Awaited<ReturnType<typeof startLab>>;
	after(async () => await second?.stop());

	test('n8n loads the nodes, and a message is sent', async () => {
		await lab.stop();
		second = await startLab('older-npm', { install: installWithNpm });
		const types: { name: string }[] = await second.api.call('GET', '/types/nodes.json');
		assert.ok(types.some(({ name }) => name === 'n8n-nodes-onetalk.oneTalk'));
		const { status, error } = await runNode(second, { parameters: sendToRow, rows: recipients(2) });
		assert.equal(status, 'success', error?.message);
		assert.equal(second.simulator.messages.length, 2);
	});

	test('a failed row is in the error output, and the list goes on', async () => {
		const rows = recipients(3).map((row, i) => (i === 1 ? { ...row, phone: '12' } : row));
		const settings = { onError: 'continueErrorOutput' };
		const { rows: succeeded, failedRows } = await runNode(second, { parameters: sendToRow, rows, settings });
		assert.deepEqual([succeeded.length, failedRows.length], [2, 1]);
	});

	test('npm has put no second n8n-workflow beside the package', () => {
		const modules = path.join(FOLDER, 'older-npm', '.n8n', 'nodes', 'node_modules');
		assert.ok(fs.existsSync(path.join(modules, 'n8n-nodes-onetalk')));
		assert.ok(!fs.existsSync(path.join(modules, 'n8n-workflow')));
	});

	function installWithNpm(userFolder: string) {
		const nodes = path.join(userFolder, '.n8n', 'nodes');
		fs.mkdirSync(nodes, { recursive: true });
		// as n8n writes it at its first start; without one npm would install into the next folder above that has a package.json
		fs.writeFileSync(
			path.join(nodes, 'package.json'),
			'{ "name": "installed-nodes", "private": true, "dependencies": {} }',
		);
		const run = (args: string[], cwd: string) => {
			const call = npm(args);
			return execFileSync(call.command, call.args, {
				cwd,
				shell: call.shell,
				env: plainEnvironment(),
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			});
		};
		const tarball = run(
			['pack', '--silent', '--ignore-scripts', '--pack-destination', nodes],
			PROJECT,
		).trim();
		run(
			[
				'install',
				'--no-audit',
				'--no-fund',
				'--prefer-offline',
				path.join(nodes, tarball.split('\n').at(-1) ?? ''),
			],
			nodes,
		);
	}
});
