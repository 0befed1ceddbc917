/** What every inbound delivery goes through, on n8n's webhook context: secret, body, repeats, answer. */

import { sleep } from 'n8n-workflow';

import { CHAT_MESSAGE, chatMessage, MESSAGE_STATUS } from '../support/deliveries';
import { abort, gzip } from '../support/hostileDeliveries.cts';
import { startWebhook, type WebhookServer, type WebhookSettings } from '../support/webhookServer.cts';

const KEY = 'only-for-tests-secret-key';
const SECRET = { 'x-secret-key': KEY };
const OK = [200, ''];

const running: WebhookServer[] = [];
const start = async (type: string, settings: WebhookSettings) => {
	const server = await startWebhook(type, settings);
	running.push(server);
	return server;
};
const chatbot = async (settings: Partial<WebhookSettings> = {}) =>
	await start('oneTalkChatbotTrigger', {
		parameters: {},
		credentials: { oneTalkChatbotApi: { url: 'https://example.com', secretKey: KEY } },
		mode: 'webhook',
		...settings,
	});
const organization = async (token: string | undefined, settings: Partial<WebhookSettings> = {}) =>
	await start('oneTalkWebhookTrigger', {
		parameters: {},
		credentials: token === undefined ? {} : { oneTalkApi: { apiKey: 'k', webhookToken: token } },
		mode: 'webhook',
		...settings,
	});
afterEach(async () => {
	const servers = running.splice(0);
	expect(servers.flatMap(({ thrown }) => thrown)).toEqual([]);
	await Promise.all(servers.map(async (server) => await server.stop()));
});

describe('the secret of a chatbot', () => {
	it('opens with the right one, spaces around either side aside', async () => {
		const server = await chatbot({
			credentials: { oneTalkChatbotApi: { secretKey: ` ${KEY}\n` } },
		});
		expect(await server.deliver(CHAT_MESSAGE, { 'x-secret-key': ` ${KEY}  ` })).toEqual(OK);
		expect(server.started).toHaveLength(1);
	});

	it.each<[string, Record<string, string>, string]>([
		['none', {}, ''],
		['an empty one', { 'x-secret-key': '' }, ''],
		['another one', { 'x-secret-key': 'x' }, ''],
		['other capitals', { 'x-secret-key': KEY.toUpperCase() }, ''],
		['one character less', { 'x-secret-key': KEY.slice(0, -1) }, ''],
		['one character more', { 'x-secret-key': `${KEY}x` }, ''],
		['the right one twice', { 'x-secret-key': `${KEY}, ${KEY}` }, ''],
		['the header of the other direction', { 'secret-key': KEY }, ''],
		['the right one in the query', {}, `?token=${KEY}`],
	])('stays closed for %s: 403, and the body is not read', async (_what, headers, query) => {
		const server = await chatbot();
		expect(await server.deliver('{ no JSON', headers, query)).toEqual([403, '']);
		expect(server.started).toEqual([]);
	});

	it('an empty one in the credential never opens, and is logged', async () => {
		const server = await chatbot({ credentials: { oneTalkChatbotApi: { secretKey: ' ' } } });
		expect(await server.deliver(CHAT_MESSAGE, { 'x-secret-key': '' })).toEqual([403, '']);
		expect(await server.deliver(CHAT_MESSAGE, { 'x-secret-key': 'undefined' })).toEqual([403, '']);
		expect(server.warnings).toEqual(['Trigger: the credential has no secret, so no delivery is accepted.']);
	});

	it('is read once for many deliveries, and after a wrong one at most once a second', async () => {
		const server = await chatbot();
		await server.deliver(CHAT_MESSAGE, SECRET);
		await Promise.all(
			Array.from({ length: 20 }, async (_, id) => await server.deliver(chatMessage({ id }), SECRET)),
		);
		expect(server.reads).toBe(1);
		await sleep(1_050);
		const wrong = async () => await server.deliver(CHAT_MESSAGE, { 'x-secret-key': 'wrong' });
		await Promise.all(Array.from({ length: 20 }, wrong));
		expect(server.reads).toBe(2);
		expect(server.warnings).not.toEqual([]);
	});

	it('a new one counts a second after the last reading at the latest', async () => {
		const server = await chatbot();
		await server.deliver(CHAT_MESSAGE, SECRET);
		server.settings.credentials = { oneTalkChatbotApi: { secretKey: 'a-new-secret-key' } };
		await sleep(1_050);
		expect(await server.deliver(chatMessage({ id: 2 }), { 'x-secret-key': 'a-new-secret-key' })).toEqual(OK);
		expect(await server.deliver(chatMessage({ id: 3 }), SECRET)).toEqual([403, '']);
	});

	it('a credential that cannot be read: 503, a line in the log, no execution', async () => {
		const server = await chatbot({ credentialError: new Error('the database is locked') });
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual([503, '']);
		expect(server.warnings).toEqual([
			'Trigger: the credential cannot be read, so a delivery was not accepted: the database is locked.',
		]);
		expect(server.started).toEqual([]);
		server.settings.credentialError = undefined;
		await sleep(1_050);
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
	});

	it('no credential: 503', async () => {
		const server = await chatbot({ credentials: {} });
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual([503, '']);
	});
});

describe('the token of the organization’s webhook', () => {
	it.each([
		['no credential', undefined],
		['no token', ''],
		['a blank token', '  '],
	])('%s: every delivery is taken', async (_what, token) => {
		const server = await organization(token);
		expect(await server.deliver(MESSAGE_STATUS)).toEqual(OK);
		expect(server.started).toHaveLength(1);
	});

	it.each<[string, Record<string, string>, string, number]>([
		['the header', SECRET, '', 200],
		['the query', {}, `?token=${KEY}`, 200],
		['the header beside a wrong query', SECRET, '?token=wrong', 200],
		['the query beside a wrong header', { 'x-secret-key': 'wrong' }, `?token=${KEY}`, 403],
		['the query beside an empty header', { 'x-secret-key': '' }, `?token=${KEY}`, 403],
		['nothing', {}, '', 403],
		['a wrong query', {}, '?token=wrong', 403],
		['an empty query', {}, '?token=', 403],
		['the query twice', {}, `?token=${KEY}&token=${KEY}`, 403],
		['another parameter', {}, `?Token=${KEY}`, 403],
	])('%s', async (_what, headers, query, status) => {
		const server = await organization(KEY);
		expect(await server.deliver(MESSAGE_STATUS, headers, query)).toEqual([status, '']);
		expect(server.started).toHaveLength(status === 200 ? 1 : 0);
		expect(JSON.stringify([server.started, server.warnings])).not.toContain(KEY);
	});

	it('a token that is set counts within a second', async () => {
		const server = await organization('');
		await server.deliver(MESSAGE_STATUS);
		server.settings.credentials = { oneTalkApi: { webhookToken: KEY } };
		await sleep(1_050);
		expect(await server.deliver(MESSAGE_STATUS)).toEqual([403, '']);
	});

	it('a credential that cannot be read: 503', async () => {
		const server = await organization(KEY, { credentialError: new Error('locked') });
		expect(await server.deliver(MESSAGE_STATUS, SECRET)).toEqual([503, '']);
	});
});

describe.each([
	['read by the trigger', false],
	['read by n8n first', true],
])('the body, %s', (_who, readsBodyFirst) => {
	const MAX = 1_048_576;
	const padded = (length: number) => {
		const body = JSON.stringify({ ...CHAT_MESSAGE, pad: '' });
		return body.replace('"pad":""', `"pad":"${'x'.repeat(length - Buffer.byteLength(body))}"`);
	};

	it.each<[string, () => string | Buffer, Record<string, string>, number]>([
		['JSON', () => JSON.stringify(CHAT_MESSAGE), {}, 200],
		[
			'JSON without its content type',
			() => JSON.stringify(CHAT_MESSAGE),
			{ 'content-type': 'text/plain' },
			200,
		],
		['JSON with a byte order mark', () => `\uFEFF${JSON.stringify(CHAT_MESSAGE)}`, {}, 200],
		['zipped JSON', () => gzip(JSON.stringify(CHAT_MESSAGE)), { 'content-encoding': 'gzip' }, 200],
		['exactly 1,048,576 bytes', () => padded(MAX), {}, 200],
		['one byte more', () => padded(MAX + 1), {}, 413],
		['1,048,577 bytes, zipped', () => gzip(padded(MAX + 1)), { 'content-encoding': 'gzip' }, 413],
		['nothing', () => '', {}, 400],
		['half of it', () => JSON.stringify(CHAT_MESSAGE).slice(0, -2), {}, 400],
		['a list', () => '[]', {}, 400],
		['UTF-16', () => Buffer.from(JSON.stringify(CHAT_MESSAGE), 'utf16le'), {}, 400],
		['no delivery', () => '{"caseID":"A"}', {}, 400],
		['33 levels', () => `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, {}, 400],
	])('%s', async (_what, body, headers, status) => {
		const server = await chatbot({ readsBodyFirst });
		expect(await server.deliver(body(), { ...SECRET, ...headers })).toEqual([status, '']);
		expect(server.started).toHaveLength(status === 200 ? 1 : 0);
	});
});

it('broken gzip is 400', async () => {
	const server = await chatbot();
	const headers = { ...SECRET, 'content-encoding': 'gzip' };
	expect(await server.deliver('no gzip', headers)).toEqual([400, '']);
});

it('17 MB that grow while they are unzipped are 413', async () => {
	const server = await chatbot();
	const headers = { ...SECRET, 'content-encoding': 'gzip' };
	expect(await server.deliver(gzip('x'.repeat(17 * 1024 * 1024)), headers)).toEqual([413, '']);
});

it.each([
	['half of a body', {}, '{"caseID"'],
	['half of a zipped body', { 'content-encoding': 'gzip' }, gzip('{}').subarray(0, 12)],
])('%s whose sender goes away neither waits nor starts anything', async (_what, headers, body) => {
	const server = await chatbot();
	await abort(server.url, { ...SECRET, ...headers, 'content-length': '1000' }, body);
	await sleep(100);
	expect(server.handling).toBe(0);
	expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
	expect(server.started).toHaveLength(1);
});

describe('repeats', () => {
	it('the same message starts one execution, and every delivery of it is answered with 200', async () => {
		const server = await chatbot();
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await server.deliver(CHAT_MESSAGE, SECRET)),
		);
		expect(answers).toEqual(Array.from({ length: 20 }, () => OK));
		expect(server.started).toHaveLength(1);
	});

	it('one that comes while the first is being stored is answered with 200', async () => {
		let store = () => {};
		const stored = new Promise<void>((resolve) => (store = resolve));
		const server = await chatbot({ store: async () => await stored });
		const first = server.deliver(CHAT_MESSAGE, SECRET);
		await sleep(100);
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		store();
		expect(await first).toEqual(OK);
		expect(server.started).toHaveLength(1);
	});

	it('other cases, messages and statuses are none', async () => {
		const server = await chatbot();
		await server.deliver(CHAT_MESSAGE, SECRET);
		await server.deliver({ ...CHAT_MESSAGE, caseID: 'B' }, SECRET);
		await server.deliver(chatMessage({ id: 'another' }), SECRET);
		await server.deliver(chatMessage({ id: '' }), SECRET);
		await server.deliver(chatMessage({ id: '' }), SECRET);
		expect(server.started).toHaveLength(5);
	});

	it('where n8n cannot store the execution and answers 500, the repeat starts one', async () => {
		const server = await chatbot({
			store: () => {
				throw new Error('SQLITE_BUSY: database is locked');
			},
		});
		const [status] = await server.deliver(CHAT_MESSAGE, SECRET);
		expect(status).toBe(500);
		server.settings.store = undefined;
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		expect(server.started).toHaveLength(1);
	});

	it.each([
		['stores the execution: the repeat starts no second one', false, 1],
		['cannot store the execution: the repeat starts one', true, 1],
	])('OneTalk goes away before the answer, and n8n %s', async (_what, fails, executions) => {
		const server = await chatbot({
			store: async () => {
				await sleep(200);
				if (fails) throw new Error('SQLITE_BUSY: database is locked');
			},
		});
		await abort(server.url, SECRET, JSON.stringify(CHAT_MESSAGE));
		await sleep(300);
		expect(server.started).toHaveLength(fails ? 0 : 1);
		server.settings.store = undefined;
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		expect(server.started).toHaveLength(executions);
	});

	it('what was refused or filtered out is not remembered', async () => {
		const server = await chatbot({ parameters: { filters: { channelType: 'instagram' } } });
		expect(await server.deliver(CHAT_MESSAGE, { 'x-secret-key': 'wrong' })).toEqual([403, '']);
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		expect(server.started).toEqual([]);
		server.settings.parameters = {};
		expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
		expect(server.started).toHaveLength(1);
	});

	it('a manual run takes every delivery, with secret and filters', async () => {
		const server = await chatbot({ mode: 'manual', parameters: { filters: { messageType: ['text'] } } });
		await server.deliver(CHAT_MESSAGE, SECRET);
		await server.deliver(CHAT_MESSAGE, SECRET);
		expect(server.started).toHaveLength(2);
		expect(await server.deliver(CHAT_MESSAGE)).toEqual([403, '']);
		expect(await server.deliver(chatMessage({ type: 'image', image: {} }), SECRET)).toEqual(OK);
		expect(server.started).toHaveLength(2);
		server.settings.mode = 'webhook';
		await server.deliver(CHAT_MESSAGE, SECRET);
		expect(server.started).toHaveLength(3);
	});

	it('an unknown event is a repeat where its whole body is the same', async () => {
		const server = await organization(undefined, { parameters: { events: ['other'] } });
		await server.deliver({ type: 'new', id: 1 });
		await server.deliver({ type: 'new', id: 1 });
		await server.deliver({ type: 'new', id: 2 });
		expect(server.started.map(({ payload }) => payload)).toEqual([
			{ type: 'new', id: 1 },
			{ type: 'new', id: 2 },
		]);
	});
});

it('a parameter that cannot be used: 503, a line in the log, no execution, and no repeat', async () => {
	const server = await chatbot({ parameters: { filters: { channelType: '={{ ({ a: 1 }) }}' } } });
	expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual([503, '']);
	expect(server.warnings).toEqual([
		'Trigger: a delivery could not be handled: Channel Type must be text, but the expression gives a list or an object.',
	]);
	server.settings.parameters = {};
	expect(await server.deliver(CHAT_MESSAGE, SECRET)).toEqual(OK);
	expect(server.started).toHaveLength(1);
});
