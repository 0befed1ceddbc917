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

it('sends the key in the documented header and nowhere else', () => {
	expect(credential.authenticate.properties).toEqual({
		headers: { 'Secret-Key': '={{$credentials.secretKey.trim()}}' },
	});
});
