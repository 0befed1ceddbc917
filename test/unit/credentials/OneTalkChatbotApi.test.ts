/** The credential of a custom chatbot: its name, its fields, and how it authenticates. */

import { OneTalkChatbotApi } from '../../../credentials/OneTalkChatbotApi.credentials';

const credential = new OneTalkChatbotApi();

it('has the name that saved workflows refer to', () => {
	expect(credential.name).toBe('oneTalkChatbotApi');
});

it('asks for URL and secret key only', () => {
	expect(
		credential.properties.map(({ name, default: fallback, required }) => [name, fallback, required]),
	).toEqual([
		['url', '', true],
		['secretKey', '', true],
	]);
});

it('hides the key', () => {
	expect(credential.properties[1].typeOptions).toEqual({ password: true });
});

it('adds the key to the documented header, without spaces around it, and changes nothing else', async () => {
	const request = { url: 'https://example.com', headers: { Accept: 'text/plain' }, body: { caseID: 'A' } };
	expect(await credential.authenticate({ secretKey: ' key\n' }, request)).toEqual({
		...request,
		headers: { Accept: 'text/plain', 'Secret-Key': 'key' },
	});
	expect(request.headers).toEqual({ Accept: 'text/plain' });
});
