/** `npm start`, as a new user runs it. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PAGE_IN_NOTES, connections } from '../../demo/workflows.cts';
import { PROJECT } from '../../tools/ensure.js';
import { N8nApi, type Owner } from '../../tools/n8n-api.cts';
import type { Json } from '../../tools/n8n-execution.cts';
import { freePort } from '../../tools/ports.cts';
import { openBrowser } from './browser.cts';
import { FOLDER } from './lab.cts';
import { PORT_OFFSET } from './olderN8n.cts';
import { until } from './wait.cts';

const DEMO = path.join(FOLDER, 'demo');

/** A demo that is ready. */
interface Demo {
	api: N8nApi;
	owner: Owner;
	simulatorUrl: string;
	/** what it has printed */
	output: string;
	/** stops it; resolves with its exit code */
	stop(): Promise<number | null>;
}

let demo: Demo;
let n8nPort: number;
let simulatorPort: number;

before(async () => {
	fs.rmSync(DEMO, { recursive: true, force: true });
	n8nPort = await freePort(7760 + PORT_OFFSET);
	simulatorPort = await freePort(4610 + PORT_OFFSET);
});
after(async () => await demo?.stop());

/** A process of `npm start`, and what it has printed. */
function run(): { readonly output: string; ended: Promise<number | null>; stop(): Promise<number | null> } {
	const ports = ['--n8n-port', String(n8nPort), '--simulator-port', String(simulatorPort)];
	const child = spawn(process.execPath, ['tools/run.js', 'demo/start.cts', '--folder', DEMO, ...ports], {
		cwd: PROJECT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	return {
		get output() {
			return output;
		},
		ended,
		stop: async () => {
			child.kill('SIGTERM');
			return await ended;
		},
	};
}

/** Starts the demo as `npm start` does, and waits until it is ready. */
async function startDemo(): Promise<Demo> {
	const started = run();
	let hasEnded = false;
	void started.ended.then(() => (hasEnded = true));
	const printed = (pattern: RegExp) => {
		const found = pattern.exec(started.output)?.[1];
		assert.ok(found, started.output);
		return found;
	};
	try {
		await until('the demo is ready', () => started.output.includes('The demo is ready') || hasEnded, 180_000);
		const api = new N8nApi(printed(/n8n +(http:\S+)/));
		const owner = {
			email: printed(/sign in with +(\S+)/),
			password: printed(/password +(\S+)/),
			firstName: '',
			lastName: '',
		};
		await api.signIn(owner);
		const simulatorUrl = printed(/simulator +(http:\S+)/);
		return { api, owner, simulatorUrl, output: started.output, stop: started.stop };
	} catch (error) {
		await started.stop();
		throw error;
	}
}

interface Listed {
	id: string;
	name: string;
	activeVersionId: string | null;
}

/** The workflows in the order in which n8n lists them. */
async function listed(): Promise<Listed[]> {
	const query = `filter=${encodeURIComponent('{"isArchived":false}')}&sortBy=updatedAt:desc`;
	const { data } = await demo.api.call<{ data: Listed[] }>('GET', `/rest/workflows?${query}`);
	return data;
}

/** The ID of the workflow whose name begins with a number. */
async function idOf(number: number): Promise<string> {
	const found = (await listed()).find(({ name }) => name.startsWith(`${number}. `));
	assert.ok(found, `workflow ${number}`);
	return found.id;
}

/** A request to the simulator's own controls. */
async function simulator(method: string, address: string, body?: object): Promise<Json> {
	const response = await fetch(`${demo.simulatorUrl}/_simulator/${address}`, {
		method,
		...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	assert.ok(response.ok, await response.clone().text());
	return await response.json();
}

test('the first start lists the workflows in the order of their numbers, and connects those that are published', async () => {
	demo = await startDemo();
	assert.doesNotMatch(demo.output, /warn|error|deprecat|fail/i);
	const all = await listed();
	const numbers = all.map(({ name }) => parseInt(name));
	assert.deepEqual(
		numbers,
		numbers.toSorted((a, b) => a - b),
	);
	assert.ok(numbers.length >= 7);
	const published = all.filter(({ activeVersionId }) => activeVersionId !== null);
	assert.ok(published.length >= 2);
	const { webhookUrl, chatbotUrl } = await simulator('GET', 'connections');
	assert.deepEqual({ webhookUrl, chatbotUrl }, connections(demo.api.url));
	assert.ok(webhookUrl);
});

test('a message arrives on the phone, and only what a strict OneTalk accepts', async () => {
	assert.equal((await demo.api.execute(await idOf(1), 'Start by hand')).status, 'success');
	const { messages } = await simulator('GET', 'messages');
	assert.deepEqual(
		messages.map(({ phone }: Json) => phone),
		['6281212345678'],
	);
	const { strict } = await simulator('GET', 'settings');
	assert.equal(strict, true);
});

test('the statuses of a message, and what a customer writes, reach n8n', async () => {
	const { messages } = await simulator('GET', 'messages');
	await simulator('POST', 'statuses', {
		trxID: messages[0].trxID,
		status: 'failed',
		reason: 'Message undeliverable',
	});
	await simulator('POST', 'write', { to: '6281288880000', message: 'Hello' });
	const expected = connections(demo.api.url).chatbotUrl ? ['chatbot', 'webhook'] : ['webhook'];
	await until('n8n has taken all deliveries at once', async () => {
		const { deliveries } = await simulator('GET', 'deliveries');
		const taken = deliveries.every(({ attempts }: Json) => attempts[0]?.httpStatus === 200);
		return taken && expected.every((to) => deliveries.some((delivery: Json) => delivery.to === to));
	});
});

test('the workflows have notes that tell a new user what to do, with the right addresses', async () => {
	const editor = await openBrowser();
	try {
		const { page, part } = editor;
		await editor.signIn({ url: demo.api.url, owner: demo.owner });
		await page.getByText('1. Send a message').first().waitFor();
		await editor.picture('30-demo-list');
		for (const { id } of await listed()) {
			const { nodes } = await demo.api.workflow(id);
			const notes = JSON.stringify(nodes.map(({ parameters }) => parameters.content ?? ''));
			assert.ok(!notes.includes('127.0.0.1') || notes.includes(demo.simulatorUrl), notes);
			assert.ok(!notes.includes(PAGE_IN_NOTES), notes);
		}
		// the picture of every canvas would take a minute; `npm run pictures` makes them
		await page.goto(`${demo.api.url}/workflow/${await idOf(1)}`);
		await part('sticky').or(part('canvas-sticky-note-node')).first().waitFor();
		await editor.picture('31-demo-workflow');
		await page.goto(demo.simulatorUrl);
		await page.getByText('6281212345678').first().waitFor();
		await editor.picture('34-demo-simulator');
	} finally {
		await editor.close();
	}
});

test('starting it twice shows the login again', async () => {
	assert.ok(demo, 'the first one runs');
	const second = run();
	assert.equal(await second.ended, 1);
	assert.match(second.output, /is running already/);
	for (const shown of [demo.api.url, demo.owner.password, demo.simulatorUrl])
		assert.ok(second.output.includes(shown), second.output);
});

test('a second start keeps what the user has changed, and works on other ports', async () => {
	const [edited, deleted] = [await idOf(1), await idOf(2)];
	await demo.api.call('PATCH', `/rest/workflows/${edited}`, { name: 'My message' });
	await demo.api.call('POST', `/rest/workflows/${deleted}/archive`, {});
	await demo.api.call('DELETE', `/rest/workflows/${deleted}`);
	const template = { templateName: 'my_template', languageCode: 'en', body: 'Hello {{name}}' };
	await simulator('POST', 'templates', template);
	const before = await listed();
	const first = demo;
	assert.equal(await demo.stop(), 0);
	await assert.rejects(fetch(first.api.url), 'n8n has stopped');

	const others = await Promise.all([n8nPort, simulatorPort].map(listen));
	try {
		demo = await startDemo();
		assert.match(demo.output, new RegExp(`Port ${n8nPort} is taken, so n8n uses ${n8nPort + 1}`));
		const after = await listed();
		const stateOf = (all: Listed[]) =>
			all.map(({ name, activeVersionId }) => [name, activeVersionId !== null]).sort();
		assert.deepEqual(stateOf(after), stateOf(before));
		assert.equal((await demo.api.execute(edited, 'Start by hand')).status, 'success');
		const { messages } = await simulator('GET', 'messages');
		assert.equal(messages.length, 1);
		const { templates } = await simulator('GET', 'templates');
		assert.ok(templates.some(({ templateName }: Json) => templateName === template.templateName));
		for (const { id } of after) {
			const { nodes, versionId, activeVersionId } = await demo.api.workflow(id);
			assert.ok(!JSON.stringify(nodes).includes(first.simulatorUrl), 'the notes have the new address');
			assert.ok(activeVersionId === null || activeVersionId === versionId, 'nothing is left to publish');
		}
		const [{ trxID }] = messages;
		await simulator('POST', 'statuses', { trxID, status: 'failed', reason: 'Message undeliverable' });
		await until('the status reaches n8n on its new port', async () => {
			const { deliveries } = await simulator('GET', 'deliveries?to=webhook');
			return deliveries.length > 0 && deliveries.every(({ state }: Json) => state === 'done');
		});
	} finally {
		for (const other of others) other.close();
	}
});

/** A server that takes a port. */
async function listen(port: number): Promise<net.Server> {
	return await new Promise((resolve) => {
		const server = net.createServer().listen(port, '127.0.0.1', () => resolve(server));
	});
}
