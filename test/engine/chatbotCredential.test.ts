/** The test of a chatbot's credential, with the helpers that n8n gives it, over HTTP. */

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialTestFunctions, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { testChatbotCredential } from '../../nodes/OneTalk/api/chatbot/credentialTest';
import { useHttpServer, type Reply } from '../support/useHttpServer.cts';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	REQUEST_TIMEOUT_MS: 400,
}));

const PATH = '/api/visitor/v1/webhook/chatbot/custom/2222/a1b2c3d4';
const KEY = 'secret-key-of-the-chatbot';

let reply: Reply;
const server = useHttpServer(() => reply);

const test = async (data: object = {}) =>
	await testChatbotCredential.call(
		new CredentialTestContext({} as IWorkflowExecuteAdditionalData) as unknown as ICredentialTestFunctions,
		{
			id: '1',
			name: 'My chatbot',
			type: 'oneTalkChatbotApi',
			data: { url: server.origin() + PATH, secretKey: KEY, ...data },
		},
	);

it('accepts the documented answer about the case, and has sent neither a case nor an event', async () => {
	reply = { status: 400, text: 'case id is required' };
	expect(await test({ secretKey: ` ${KEY}\n`, url: ` ${server.origin()}${PATH}/ ` })).toEqual({
		status: 'OK',
		message: 'OneTalk answered as it does for a right key',
	});
	expect(server.requests).toHaveLength(1);
	expect(server.requests[0]).toMatchObject({ method: 'POST', path: PATH, headers: { 'secret-key': KEY } });
	expect(server.requests[0].body).toEqual({});
});

it('tells a wrong key, without showing it', async () => {
	reply = { status: 401, text: `secret key ${KEY} is invalid` };
	const { status, message } = await test();
	expect([status, message]).toEqual([
		'Error',
		'The secret key is wrong: OneTalk answered "secret key *** is invalid" (HTTP 401). Paste the secret key into the credential "My chatbot" again, as OneTalk showed it when the chatbot was created. It belongs to the URL that was shown with it.',
	]);
	expect(server.requests).toHaveLength(1);
});

it.each<[string, Reply, RegExp]>([
	['ok, though no case was given', { status: 200, text: 'ok' }, /OneTalk answered "ok" \(HTTP 200\)/],
	['400 about something else', { status: 400, text: 'event type is required' }, /"event type is required"/],
	['200 with the text about the case', { status: 200, text: 'case id is required' }, /HTTP 200/],
	['403', { status: 403 }, /an empty body \(HTTP 403\)/],
	['a web page', { status: 404, text: '<html></html>' }, /a web page \(HTTP 404\)/],
	['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9' } }, /HTTP 302/],
	['500', { status: 500, text: 'case id is required' }, /HTTP 500/],
	['no answer', 'silence', /did not answer in time/],
	['a closed connection', 'reset', /closed from the other side/],
])('cannot decide after %s', async (_what, given, says) => {
	reply = given;
	const { status, message } = await test();
	expect(status).toBe('Error');
	expect(message).toMatch(/^It could not be decided whether the key is right: /);
	expect(message).toMatch(says);
	expect(message).toMatch(/\.$/);
});

it.each<[object, RegExp]>([
	[{ url: '' }, /^The URL in the credential "My chatbot" is empty\. Copy the whole URL/],
	[{ url: 'https://example.com' }, /^The URL in the credential "My chatbot" must end in .*two IDs\. Copy/],
	[{ secretKey: ' ' }, /^The secret key is empty\.$/],
])('asks nothing with %j', async (data, says) => {
	const { status, message } = await test(data);
	expect(status).toBe('Error');
	expect(message).toMatch(says);
	expect(server.requests).toEqual([]);
});
