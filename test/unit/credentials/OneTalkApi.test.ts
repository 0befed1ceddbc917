/** The credential of the Integration API: its name, its fields, and how it authenticates. */

import { OneTalkApi } from '../../../credentials/OneTalkApi.credentials';
import { DEFAULT_BASE_URL } from '../../../nodes/OneTalk/api/integration/service';

const credential = new OneTalkApi();

it('has the name that saved workflows refer to', () => {
	expect(credential.name).toBe('oneTalkApi');
});

it('asks for the API key, the base URL, optional defaults and an optional webhook token', () => {
	expect(credential.properties.map(({ name, default: fallback }) => [name, fallback])).toEqual([
		['apiKey', ''],
		['baseUrl', 'https://onetalk-api.taptalk.io/api/integration/v1'],
		['channelId', ''],
		['phoneNumberId', ''],
		['webhookToken', ''],
	]);
	expect(credential.properties.filter(({ required }) => required).map(({ name }) => name)).toEqual([
		'apiKey',
	]);
});

it('hides the key', () => {
	expect(credential.properties[0]).toMatchObject({ typeOptions: { password: true }, required: true });
});

it('its default base URL is the one that an empty field falls back to', () => {
	expect(credential.properties[1].default).toBe(DEFAULT_BASE_URL);
});

it('adds the key to the documented header, without spaces around it, and changes nothing else', async () => {
	const request = {
		url: 'https://example.com',
		headers: { Accept: 'application/json' },
		body: { phone: '1' },
	};
	expect(await credential.authenticate({ apiKey: ' key\n' }, request)).toEqual({
		...request,
		headers: { Accept: 'application/json', 'API-Key': 'key' },
	});
	expect(request.headers).toEqual({ Accept: 'application/json' });
});
