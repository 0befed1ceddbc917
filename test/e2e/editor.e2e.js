'use strict';

/* What a person meets in n8n's editor. Every step leaves a picture in .e2e/pictures/. */

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { openBrowser } = require('./browser');
const { node, oneTalkWorkflow, startLab } = require('./lab');

/** @type {import('./lab').Lab} */
let lab;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let editor;

before(async () => {
	editor = await openBrowser();
	lab = await startLab('editor');
	await signIn();
});
after(async () => {
	await editor?.close();
	await lab?.stop();
});

async function signIn() {
	const { page, part, picture } = editor;
	await page.goto(`${lab.url}/signin`);
	await page.locator('input[name=emailOrLdapLoginId], input[type=email]').first().fill(lab.owner.email);
	await page.locator('input[type=password]').fill(lab.owner.password);
	await picture('01-sign-in');
	await part('form-submit-button').click();
	await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
}

test('a message is sent from an empty workflow', async (t) => {
	const { page, part, picture } = editor;

	await t.test('the OneTalk node is found in the node creator', async () => {
		await page.goto(`${lab.url}/workflow/new`);
		await part('canvas-wrapper').first().waitFor();
		await page.locator('[data-test-id="canvas-add-first-step-button"], [data-test-id="canvas-plus-button"]').first().click();
		await addNode('manual', /Manual Trigger|manually/i);
		await part('node-creator-plus-button').click();
		await part('node-creator-search-bar').fill('onetalk');
		await picture('02-node-creator');
		await part('node-creator-item-name').filter({ hasText: /^OneTalk$/ }).first().click();
		await picture('03-node-details');
	});
	await picture('debug');
});

/**
 * @param {string} search
 * @param {RegExp} name
 */
async function addNode(search, name) {
	await editor.part('node-creator-search-bar').fill(search);
	await editor.part('node-creator-item-name').filter({ hasText: name }).first().click();
}
