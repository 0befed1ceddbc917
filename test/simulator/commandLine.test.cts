/** The command line: its output, its options, and how the process ends. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SEND, TEXT } from './harness.cts';

const PROGRAM = [join(__dirname, '..', '..', 'tools', 'run.js'), 'simulator/index.cts'];

/** Starts the simulator as a process of its own. */
function run(...options: string[]) {
	const child = spawn(process.execPath, [...PROGRAM, ...options], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	const { stdout, stderr } = child;
	if (!stdout || !stderr) throw new Error('The process has no output');
	const output = { text: '' };
	for (const stream of [stdout, stderr]) stream.on('data', (chunk) => (output.text += chunk));
	return {
		child,
		output,
		/** Waits up to 5 seconds until the output matches. */
		async waitFor(pattern: RegExp): Promise<RegExpMatchArray> {
			for (let i = 0; i < 100 && !pattern.test(output.text); i += 1)
				await new Promise((r) => setTimeout(r, 50));
			const match = output.text.match(pattern);
			if (!match) throw new Error(`No ${pattern} in the output: ${output.text}`);
			return match;
		},
		ended: Promise.all([once(child, 'exit'), once(stdout, 'end'), once(stderr, 'end')]).then(
			([[code, signal]]) => ({ code, signal }),
		),
	};
}

test('prints its URLs and a line per request without the key, and stops at once on SIGTERM', async () => {
	const { child, output, waitFor, ended } = run(
		'--port',
		'0',
		'--page-limit',
		'5',
		'--fault',
		'{"kind":"timeout"}',
	);
	const [, baseUrl] = await waitFor(/Base URL: +(\S+)\n/);
	expect(output.text).toContain('Nothing is really sent');
	const send = () =>
		fetch(baseUrl + SEND, {
			method: 'POST',
			headers: { 'API-Key': 'simulator-key' },
			body: JSON.stringify({ ...TEXT, body: 'simulator-key' }),
		});
	const hanging = send().catch(() => 'cut off');
	await waitFor(/fault: timeout/);
	await send();
	await waitFor(/POST \/api\/integration\/v1\/inbox\/send_message_whatsapp -> HTTP 200, status 200/);
	const settings = await (await fetch(new URL('/_simulator/settings', baseUrl))).json();
	expect(settings).toMatchObject({ pageLimit: 5 });
	child.kill('SIGTERM');
	expect(await ended).toEqual({ code: 0, signal: null });
	expect(await hanging).toBe('cut off');
	expect(output.text).not.toContain('simulator-key');
});

test('--quiet prints no line per request, and --api-key sets the key', async () => {
	const { child, output, waitFor, ended } = run('--port', '0', '--quiet', '--api-key', 'my-own-test-key');
	const [, baseUrl] = await waitFor(/Base URL: +(\S+)\n/);
	const response = await fetch(baseUrl + SEND, {
		method: 'POST',
		headers: { 'API-Key': 'my-own-test-key' },
		body: JSON.stringify(TEXT),
	});
	expect(await response.json()).toMatchObject({ status: 200 });
	child.kill('SIGINT');
	expect(await ended).toEqual({ code: 0, signal: null });
	expect(output.text).not.toContain('POST');
});

test('connects the webhook and the chatbot, and prints the URL for the chatbot', async () => {
	const [webhookUrl, chatbotUrl] = ['http://127.0.0.1:9/hook', 'http://localhost:9/chat'];
	const options = [
		'--webhook-url',
		webhookUrl,
		'--chatbot-url',
		chatbotUrl,
		'--chatbot-key',
		'my-own-secret',
	];
	const { child, output, waitFor, ended } = run('--port', '0', '--strict', 'true', ...options);
	const [, url] = await waitFor(
		/Chatbot URL: +(\S+\/api\/visitor\/v1\/webhook\/chatbot\/custom\/2222\/31)\n/,
	);
	expect(await (await fetch(new URL('/_simulator/connections', url))).json()).toMatchObject({
		webhookUrl,
		chatbotUrl,
		chatbotUrlOfOneTalk: url,
		chatbotSecretKey: 'my-own-secret',
	});
	expect(await (await fetch(new URL('/_simulator/settings', url))).json()).toMatchObject({ strict: true });
	await fetch(new URL('/_simulator/write', url), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ to: '6281212345678', message: 'Hi' }),
	});
	await waitFor(/delivery of text to the chatbot -> no answer \(.+\), [0-9]+ ms, will be repeated/);
	child.kill('SIGTERM');
	expect(await ended).toEqual({ code: 0, signal: null });
	expect(output.text).not.toContain('my-own-secret');
});

test('stops when its parent process ends', async () => {
	const { child, waitFor, ended } = run('--port', '0');
	await waitFor(/Base URL/);
	child.disconnect();
	expect(await ended).toEqual({ code: 0, signal: null });
});

test('--help lists every option', async () => {
	const { output, ended } = run('--help');
	expect(await ended).toEqual({ code: 0, signal: null });
	for (const option of [
		'--port',
		'--api-key',
		'--fault',
		'--quiet',
		'--visibility-lag-ms',
		'--empty-last-timestamp',
		'--strict',
		'--keep-templates',
		'--webhook-url',
		'--chatbot-url',
		'--chatbot-key',
	]) {
		expect(output.text).toContain(option);
	}
});

test('reports that a port is taken', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const { output, ended } = run('--port', String(port));
	expect(await ended).toEqual({ code: 1, signal: null });
	expect(output.text).toBe(
		`Port ${port} is taken. Choose another with --port, or --port 0 for any free port.\n`,
	);
	server.close();
});

test.each([
	[['--port', 'x'], /--port must be a whole number/],
	[['--order', 'up'], /Setting "order" must be one of/],
	[['--page-limit', 'many'], /Setting "pageLimit" must be a whole number/],
	[['--inclusive', 'maybe'], /Setting "inclusive" must be true or false/],
	[['--fault', 'html'], /--fault must be JSON/],
	[['--webhook-url', 'https://example.com/'], /must be an http URL of this machine/],
	[['--chatbot-key', 'short'], /secret key of the chatbot is 8 to 128/],
	[['--nothing'], /Unknown option/],
])('refuses %p with one sentence', async (options, message) => {
	const { output, ended } = run(...options);
	expect((await ended).code).toBe(1);
	expect(output.text).toMatch(message);
	expect(output.text).not.toContain('    at ');
});
