/** Taps that answer an execution that waits: how the chatbot's trigger hands them on, on n8n's webhook context. */

import { sleep } from 'n8n-workflow';

import { RESUMED } from '../../nodes/OneTalk/api/resume/request';
import { chatMessage } from '../support/deliveries';
import { useHttpServer, type Reply } from '../support/useHttpServer.cts';
import { startWebhook, type WebhookServer, type WebhookSettings } from '../support/webhookServer.cts';

const KEY = 'only-for-tests-secret-key';
const OK = [200, ''];
const NOT_NOW = [503, ''];
const PATH = `4711/node-1?run=0&approved=true&signature=${'0123456789abcdef'.repeat(4)}`;

/** What n8n's endpoint for executions that wait answers. */
const resumed: Reply = { status: 200, text: JSON.stringify(RESUMED) };
const noActionRequired: Reply = { status: 200, text: '<!DOCTYPE html><title>No action required</title>' };

let replies: Reply[] = [];
const n8n = useHttpServer(() => replies.shift() ?? resumed);

let trigger: WebhookServer;
const start = async (settings: Partial<WebhookSettings> = {}) => {
	trigger = await startWebhook('oneTalkChatbotTrigger', {
		parameters: {},
		credentials: { oneTalkChatbotApi: { url: 'https://example.com', secretKey: KEY } },
		mode: 'webhook',
		waitingBaseUrl: `${n8n.origin()}/n8n/webhook-waiting`,
		...settings,
	});
};
beforeEach(() => (replies = []));
afterEach(async () => {
	await trigger.stop();
	expect(trigger.thrown).toEqual([]);
});

/** A tap on a button. */
const tapOn = (id: string, messageID = 'tap-1') =>
	chatMessage({
		id: messageID,
		type: 'text',
		text: { body: 'Approve' },
		whatsappba: {
			type: 'interactive',
			interactive: { type: 'button_reply', button_reply: { id, title: 'Approve' } },
		},
	});
const tap = async (path = PATH, messageID?: string, headers: object = { 'x-secret-key': KEY }) =>
	await trigger.deliver(tapOn(`n8n1|${path}`, messageID), { ...headers });

it('continues the execution, with an empty body, and starts none', async () => {
	await start();
	expect(await tap()).toEqual(OK);
	expect(n8n.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
		['POST', `/n8n/webhook-waiting/${PATH}`, {}],
	]);
	const [{ headers }] = n8n.requests;
	expect(headers.accept).toBe('application/json');
	expect(JSON.stringify(headers)).not.toContain(KEY);
	expect([trigger.started, trigger.warnings, trigger.notes]).toEqual([[], [], []]);
});

it('is handed on only with the right secret', async () => {
	await start();
	expect(await tap(PATH, 'tap-1', {})).toEqual([403, '']);
	expect(await tap(PATH, 'tap-1', { 'x-secret-key': 'wrong' })).toEqual([403, '']);
	expect(n8n.requests).toEqual([]);
});

it('the same tap is handed on once, however often and fast it is delivered', async () => {
	await start();
	const answers = await Promise.all(Array.from({ length: 10 }, async () => await tap()));
	answers.push(await tap());
	expect(answers).toEqual(answers.map(() => OK));
	expect(n8n.requests).toHaveLength(1);
	expect(trigger.started).toEqual([]);
});

it('two taps are handed on both: the one that n8n does not take starts the workflow', async () => {
	replies = [resumed, noActionRequired];
	await start();
	const declined = PATH.replace('true', 'false');
	expect([await tap(), await tap(declined, 'tap-2')]).toEqual([OK, OK]);
	expect(n8n.requests).toHaveLength(2);
	expect(trigger.started.map(({ messageID, chatInput }) => [messageID, chatInput])).toEqual([
		['tap-2', 'Approve'],
	]);
});

describe('a tap that no execution waits for starts the workflow once', () => {
	it.each<[string, Reply[]]>([
		['its signature is wrong', [{ status: 401, text: '<html>' }]],
		['the execution is deleted', [{ status: 404, text: '{"code":404}' }]],
		['the execution is running', [{ status: 409 }, { status: 409 }]],
		['the execution has gone on', [noActionRequired]],
		['the execution has asked something newer', [{ status: 410, text: '<!doctype html>' }]],
		['the execution waits for a form by now', [{ status: 307, headers: { location: '/form-waiting/1' } }]],
		['a page for signing in is before n8n', [{ status: 302, headers: { location: '/login' } }]],
		['another program answers', [{ status: 200, text: '{"ok":true}' }]],
		['it answers with nothing', [{ status: 200, text: '' }]],
	])('%s', async (_why, answers) => {
		replies = [...answers];
		await start();
		expect([await tap(), await tap()]).toEqual([OK, OK]);
		expect(n8n.requests).toHaveLength(answers.length);
		expect(trigger.started.map(({ reply }) => reply)).toEqual([
			{ type: 'button_reply', id: `n8n1|${PATH}`, title: 'Approve', description: '', payload: '' },
		]);
		expect(trigger.notes).toEqual([
			expect.stringMatching(/^Trigger: no execution waits for a tap \(any more\).*HTTP status \d+\.$/),
		]);
		expect(trigger.warnings).toEqual([]);
	});

	it.each(['/etc/passwd', 'https://evil.example.com/', '4711/../x?run=0&approved=true', ''])(
		'its path is of another form, so that nothing is sent: %s',
		async (path) => {
			await start();
			expect(await tap(path)).toEqual(OK);
			expect(n8n.requests).toEqual([]);
			expect(trigger.started).toHaveLength(1);
		},
	);
});

it('an execution that is about to wait is asked a second time', async () => {
	replies = [{ status: 409 }, resumed];
	await start();
	expect(await tap()).toEqual(OK);
	expect(n8n.requests).toHaveLength(2);
	expect(trigger.started).toEqual([]);
});

describe('where n8n cannot be asked, OneTalk is to deliver the tap again', () => {
	it.each<[string, Reply]>([
		['a fault of n8n, or two taps at once', { status: 500, text: '{"code":0}' }],
		['a proxy without n8n behind it', { status: 502 }],
		['too many requests', { status: 429 }],
		['a broken connection', 'reset'],
	])('%s', async (_what, reply) => {
		replies = [reply];
		await start();
		expect(await tap()).toEqual(NOT_NOW);
		expect(trigger.started).toEqual([]);
		expect(trigger.warnings).toEqual([
			expect.stringMatching(
				/^Trigger: a tap could not be handed to the execution that waits for it, so it was not accepted: .*\.$/,
			),
		]);
		expect(trigger.warnings.join()).not.toContain('signature');
		expect(await tap()).toEqual(OK);
		expect(n8n.requests).toHaveLength(2);
		expect(trigger.started).toEqual([]);
	});

	it('nothing listens', async () => {
		await start({ waitingBaseUrl: 'http://127.0.0.1:9/webhook-waiting' });
		expect(await tap()).toEqual(NOT_NOW);
		expect(trigger.warnings.join()).toMatch(/ECONNREFUSED|refused/);
	});

	it('n8n does not answer within 10 seconds; a repeat that comes meanwhile is answered with 200', async () => {
		replies = ['silence'];
		await start();
		const before = Date.now();
		const first = tap();
		await sleep(200);
		expect(await tap()).toEqual(OK);
		expect(n8n.requests).toHaveLength(1);
		expect(await first).toEqual(NOT_NOW);
		expect(Math.round((Date.now() - before) / 1000)).toBe(10);
		expect(trigger.warnings.join()).toMatch(/timeout/i);
	}, 20_000);
});

describe('the filters say which messages start the workflow', () => {
	const filters = { channelType: 'instagram' };

	it('so a tap continues its execution whatever they are', async () => {
		await start({ parameters: { filters } });
		expect(await tap()).toEqual(OK);
		expect(n8n.requests).toHaveLength(1);
		expect(trigger.started).toEqual([]);
	});

	it('and one that no execution waits for starts it only if it passes them', async () => {
		replies = [noActionRequired];
		await start({ parameters: { filters } });
		expect(await tap()).toEqual(OK);
		expect(trigger.started).toEqual([]);
	});

	it('and where they cannot be read, it is delivered again', async () => {
		replies = [noActionRequired, noActionRequired];
		await start({ parameters: { filters: { channelType: '={{ ({ a: 1 }) }}' } } });
		expect(await tap()).toEqual(NOT_NOW);
		trigger.settings.parameters = {};
		expect(await tap()).toEqual(OK);
		expect(trigger.started).toHaveLength(1);
	});
});

it('the test URL hands taps on too, and hands out those that no execution waits for', async () => {
	replies = [resumed, noActionRequired];
	await start({ mode: 'manual' });
	expect([await tap(), await tap()]).toEqual([OK, OK]);
	expect(n8n.requests).toHaveLength(2);
	expect(trigger.started).toHaveLength(1);
});

it('only a tap on a button is handed on: not text that looks like one, nor a row of a list', async () => {
	await start();
	const id = `n8n1|${PATH}`;
	const headers = { 'x-secret-key': KEY };
	const listReply = { type: 'list_reply', list_reply: { id, title: 'Approve' } };
	for (const message of [
		{ id: 'text', type: 'text', text: { body: id } },
		{ id: 'button', type: 'text', whatsappba: { type: 'button', button: { payload: id, text: 'Approve' } } },
		{ id: 'row', type: 'text', whatsappba: { type: 'interactive', interactive: listReply } },
	]) {
		expect(await trigger.deliver(chatMessage(message), headers)).toEqual(OK);
	}
	expect(n8n.requests).toEqual([]);
	expect(trigger.started).toHaveLength(3);
});
