/* `npm start`, as a newcomer uses it. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PROJECT } from '../../tools/ensure';
import { N8nApi } from '../../tools/n8n-api.cts';
import { freePort } from '../../tools/ports.cts';
import { openBrowser } from './browser.cts';
import { FOLDER, until } from './lab.cts';

const DEMO = path.join(FOLDER, 'demo');

/** @type {Awaited<ReturnType<typeof start>> | undefined} */
let demo;
/** @type {number} */
let n8nPort;
/** @type {number} */
let simulatorPort;

before(async () => {
	fs.rmSync(DEMO, { recursive: true, force: true });
	n8nPort = await freePort(5810);
	simulatorPort = await freePort(4210);
});
after(async () => await demo?.stop());

/** Runs the demo until it says that it is ready. */
async function start() {
	const child = spawn(
		process.execPath,
		['demo/start.js', '--folder', DEMO, '--n8n-port', String(n8nPort), '--simulator-port', String(simulatorPort)],
		{ cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
	const ended = new Promise((resolve) => child.once('exit', resolve));
	/** @param {RegExp} pattern */
	const printed = (pattern) => {
		const found = pattern.exec(output)?.[1];
		assert.ok(found, output);
		return found;
	};
	try {
		await until('the demo is ready', () => output.includes('The demo is ready') || child.exitCode !== null, 90_000);
		const api = new N8nApi(printed(/n8n +(http:\S+)/));
		const owner = { email: printed(/sign in with +(\S+)/), password: printed(/password +(\S+)/), firstName: '', lastName: '' };
		await api.signIn(owner);
		return {
			api,
			owner,
			simulatorUrl: printed(/simulator +(http:\S+)/),
			output,
			stop: async () => {
				child.kill('SIGTERM');
				return await ended;
			},
		};
	} catch (error) {
		child.kill('SIGTERM');
		await ended;
		throw error;
	}
}

/** @returns {Promise<Record<string, string>>} id by name */
async function workflows() {
	assert.ok(demo);
	/** @type {{ data: { id: string, name: string }[] }} */
	const { data } = await demo.api.call('GET', '/rest/workflows');
	return Object.fromEntries(data.map(({ id, name }) => [name, id]));
}

/**
 * The simulator's own controls.
 * @param {string} method
 * @param {string} address
 * @param {object} [body]
 */
async function simulator(method, address, body) {
	const response = await fetch(`${demo?.simulatorUrl}/_simulator/${address}`, {
		method,
		...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	assert.ok(response.ok, await response.clone().text());
	return /** @type {any} */ (await response.json());
}

test('the first start brings three workflows that work', async () => {
	demo = await start();
	const { 'Send a message': message, 'Send a template to a list': list, 'New case → reply': reply } = await workflows();
	assert.ok(reply);
	assert.equal((await demo.api.execute(message, 'Start by hand')).status, 'success');
	assert.equal((await demo.api.execute(list, 'Start by hand')).status, 'success');
	const { messages } = await simulator('GET', 'messages');
	assert.deepEqual(
		messages
			.map((/** @type {any} */ { kind, phone, parameters }) => [kind, phone, parameters?.body[0].value])
			.sort(),
		[
			['template', '6281211110001', 'Sari'],
			['template', '6281211110002', 'Budi'],
			['template', '6281211110003', 'Dewi'],
			['text', '6281212345678', undefined],
		],
	);
});

test('a new case is answered, and a closed one starts the workflow too', async () => {
	const { 'New case → reply': id } = await workflows();
	const contact = { fullName: 'Rina', phone: '6281288880000' };
	const opened = await simulator('POST', 'cases', { contact, firstMessage: 'Where is my order?' });
	await until('the customer has an answer', async () => {
		const { messages } = await simulator('GET', 'messages');
		return messages.some((/** @type {any} */ { phone, body }) => phone === contact.phone && body.startsWith('Hi Rina'));
	});
	await simulator('PATCH', `cases/${opened.id}`, { isClosed: true });
	await until('the workflow has seen it', async () => {
		const executions = (await demo?.api.executions(id)) ?? [];
		const all = await Promise.all(executions.map((execution) => demo?.api.finished(execution.id)));
		return all.some((execution) =>
			execution.data.resultData.runData['What changed']?.[0].data.main[0].some(
				(/** @type {any} */ { json }) => json.case === opened.id && json.closed === true,
			),
		);
	});
});

test('the workflows tell a newcomer what to do', async () => {
	assert.ok(demo);
	const editor = await openBrowser();
	try {
		const { page, part } = editor;
		await page.goto(`${demo.api.url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId], input[type=email]').first().fill(demo.owner.email);
		await page.locator('input[type=password]').fill(demo.owner.password);
		await part('form-submit-button').click();
		await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
		await page.getByText('Send a message').first().waitFor();
		await editor.picture('30-demo-list');
		for (const [i, id] of Object.values(await workflows()).entries()) {
			await page.goto(`${demo.api.url}/workflow/${id}`);
			await part('sticky').or(part('canvas-sticky-note-node')).first().waitFor();
			await editor.picture(`3${i + 1}-demo-workflow`);
		}
		await page.goto(demo.simulatorUrl);
		await page.getByText('6281212345678').first().waitFor();
		await editor.picture('34-demo-simulator');
	} finally {
		await editor.close();
	}
});

test('a second start keeps what was changed, and follows the ports', async () => {
	assert.ok(demo);
	const { 'Send a message': edited, 'Send a template to a list': deleted } = await workflows();
	await demo.api.call('PATCH', `/rest/workflows/${edited}`, { name: 'My message' });
	await demo.api.call('POST', `/rest/workflows/${deleted}/archive`, {});
	await demo.api.call('DELETE', `/rest/workflows/${deleted}`);
	const firstUrl = demo.api.url;
	assert.equal(await demo.stop(), 0);
	await assert.rejects(fetch(firstUrl), 'n8n is gone');

	const others = await Promise.all([n8nPort, simulatorPort].map(listen));
	try {
		demo = await start();
		assert.match(demo.output, new RegExp(`Port ${n8nPort} is taken, so n8n uses ${n8nPort + 1}`));
		assert.deepEqual(Object.keys(await workflows()).sort(), ['My message', 'New case → reply']);
		assert.equal((await demo.api.execute(edited, 'Start by hand')).status, 'success');
		const { messages } = await simulator('GET', 'messages');
		assert.equal(messages.length, 1);
	} finally {
		for (const other of others) other.close();
	}
});

/**
 * @param {number} port
 * @returns {Promise<net.Server>} a server that has the port
 */
async function listen(port) {
	return await new Promise((resolve) => {
		const server = net.createServer().listen(port, '127.0.0.1', () => resolve(server));
	});
}
