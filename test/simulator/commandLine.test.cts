import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { SEND, TEXT } from './harness.cts';

const PROGRAM = [join(__dirname, '..', '..', 'tools', 'run.js'), 'simulator/index.cts'];

/** @param {...string} options */
function run(...options) {
	const child = /** @type {import('node:child_process').ChildProcessWithoutNullStreams} */ (
		/** @type {unknown} */ (spawn(process.execPath, [...PROGRAM, ...options], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }))
	);
	const output = { text: '' };
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += chunk));
	return {
		child,
		output,
		/** @param {RegExp} pattern */
		async waitFor(pattern) {
			for (let i = 0; i < 100 && !pattern.test(output.text); i += 1) await new Promise((r) => setTimeout(r, 50));
			expect(output.text).toMatch(pattern);
			return /** @type {RegExpMatchArray} */ (output.text.match(pattern));
		},
		ended: Promise.all([once(child, 'exit'), once(child.stdout, 'end'), once(child.stderr, 'end')]).then(
			([[code, signal]]) => ({ code, signal }),
		),
	};
}

test('says where it is, prints a line per request without the key, stops at once with SIGTERM', async () => {
	const { child, output, waitFor, ended } = run('--port', '0', '--page-limit', '5', '--fault', '{"kind":"timeout"}');
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
	expect(settings.pageLimit).toBe(5);
	child.kill('SIGTERM');
	expect(await ended).toEqual({ code: 0, signal: null });
	expect(await hanging).toBe('cut off');
	expect(output.text).not.toContain('simulator-key');
});

test('--quiet prints no line per request, and its own key works', async () => {
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

test('stops when the program that started it ends', async () => {
	const { child, waitFor, ended } = run('--port', '0');
	await waitFor(/Base URL/);
	child.disconnect();
	expect(await ended).toEqual({ code: 0, signal: null });
});

test('--help names every option', async () => {
	const { output, ended } = run('--help');
	expect(await ended).toEqual({ code: 0, signal: null });
	for (const option of ['--port', '--api-key', '--fault', '--quiet', '--visibility-lag-ms', '--empty-last-timestamp']) {
		expect(output.text).toContain(option);
	}
});

test('says that a port is taken', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const { output, ended } = run('--port', String(port));
	expect(await ended).toEqual({ code: 1, signal: null });
	expect(output.text).toBe(`Port ${port} is taken. Choose another with --port, or --port 0 for any free port.\n`);
	server.close();
});

test.each([
	[['--port', 'x'], /--port must be a whole number/],
	[['--order', 'up'], /Setting "order" must be one of/],
	[['--page-limit', 'many'], /Setting "pageLimit" must be a whole number/],
	[['--inclusive', 'maybe'], /Setting "inclusive" must be true or false/],
	[['--fault', 'html'], /--fault must be JSON/],
	[['--nothing'], /Unknown option/],
])('refuses %p in one sentence', async (options, message) => {
	const { output, ended } = run(...options);
	expect((await ended).code).toBe(1);
	expect(output.text).toMatch(message);
	expect(output.text).not.toContain('    at ');
});
