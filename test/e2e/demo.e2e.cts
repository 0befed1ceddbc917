/** `npm start`, as a new user runs it. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PROJECT } from '../../tools/ensure.js';
import { N8nApi, type Owner } from '../../tools/n8n-api.cts';
import { outputOf, type Json } from '../../tools/n8n-execution.cts';
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
	n8nPort = await freePort(6710 + PORT_OFFSET);
	simulatorPort = await freePort(4610 + PORT_OFFSET);
});
after(async () => await demo?.stop());

/** Starts the demo as `npm start` does, and waits until it is ready. */
async function startDemo(): Promise<Demo> {
	const options = [
		'--folder',
		DEMO,
		'--n8n-port',
		String(n8nPort),
		'--simulator-port',
		String(simulatorPort),
	];
	const child = spawn(process.execPath, ['tools/run.js', 'demo/start.cts', ...options], {
		cwd: PROJECT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const printed = (pattern: RegExp) => {
		const found = pattern.exec(output)?.[1];
		assert.ok(found, output);
		return found;
	};
	const stop = async () => {
		child.kill('SIGTERM');
		return await ended;
	};
	try {
		const isReady = () => output.includes('The demo is ready') || child.exitCode !== null;
		await until('the demo is ready', isReady, 90_000);
		const api = new N8nApi(printed(/n8n +(http:\S+)/));
		const owner = {
			email: printed(/sign in with +(\S+)/),
			password: printed(/password +(\S+)/),
			firstName: '',
			lastName: '',
		};
		await api.signIn(owner);
		return { api, owner, simulatorUrl: printed(/simulator +(http:\S+)/), output, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The IDs of n8n's workflows, by name. */
async function workflows(): Promise<Record<string, string>> {
	const { data } = await demo.api.call<{ data: Array<{ id: string; name: string }> }>(
		'GET',
		'/rest/workflows',
	);
	return Object.fromEntries(data.map(({ id, name }) => [name, id]));
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

test('the first start creates three workflows that work', async () => {
	demo = await startDemo();
	const {
		'Send a message': message,
		'Send a template to a list': list,
		'New case → reply': reply,
	} = await workflows();
	assert.ok(reply);
	assert.equal((await demo.api.execute(message, 'Start by hand')).status, 'success');
	assert.equal((await demo.api.execute(list, 'Start by hand')).status, 'success');
	const { messages } = await simulator('GET', 'messages');
	assert.deepEqual(
		messages.map(({ kind, phone, parameters }: Json) => [kind, phone, parameters?.body[0].value]).sort(),
		[
			['template', '6281211110001', 'Sari'],
			['template', '6281211110002', 'Budi'],
			['template', '6281211110003', 'Dewi'],
			['text', '6281212345678', undefined],
		],
	);
});

test('a new case gets an answer, and a closed case starts the workflow too', async () => {
	const { 'New case → reply': id } = await workflows();
	const contact = { fullName: 'Rina', phone: '6281288880000' };
	const opened = await simulator('POST', 'cases', { contact, firstMessage: 'Where is my order?' });
	await until('the customer has received an answer', async () => {
		const { messages } = await simulator('GET', 'messages');
		return messages.some(({ phone, body }: Json) => phone === contact.phone && body.startsWith('Hi Rina'));
	});
	await simulator('PATCH', `cases/${opened.id}`, { isClosed: true });
	await until('the workflow has run for the closed case', async () => {
		const executions = await demo.api.executions(id);
		const all = await Promise.all(executions.map((execution) => demo.api.finished(execution.id)));
		const changes = all.flatMap((execution) => outputOf(execution, 'What changed'));
		return changes.some(({ json }) => json.case === opened.id && json.closed === true);
	});
});

test('the workflows have notes that tell a new user what to do', async () => {
	const editor = await openBrowser();
	try {
		const { page, part } = editor;
		await editor.signIn({ url: demo.api.url, owner: demo.owner });
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

test('a second start keeps what the user has changed, and works on other ports', async () => {
	const { 'Send a message': edited, 'Send a template to a list': deleted } = await workflows();
	await demo.api.call('PATCH', `/rest/workflows/${edited}`, { name: 'My message' });
	await demo.api.call('POST', `/rest/workflows/${deleted}/archive`, {});
	await demo.api.call('DELETE', `/rest/workflows/${deleted}`);
	const firstUrl = demo.api.url;
	assert.equal(await demo.stop(), 0);
	await assert.rejects(fetch(firstUrl), 'n8n has stopped');

	const others = await Promise.all([n8nPort, simulatorPort].map(listen));
	try {
		demo = await startDemo();
		assert.match(demo.output, new RegExp(`Port ${n8nPort} is taken, so n8n uses ${n8nPort + 1}`));
		assert.deepEqual(Object.keys(await workflows()).sort(), ['My message', 'New case → reply']);
		assert.equal((await demo.api.execute(edited, 'Start by hand')).status, 'success');
		const { messages } = await simulator('GET', 'messages');
		assert.equal(messages.length, 1);
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
