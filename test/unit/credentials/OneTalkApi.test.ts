/** The credential of the Integration API: its name, its fields, and how it authenticates. */

import { OneTalkApi } from '../../../credentials/OneTalkApi.credentials';
import { DEFAULT_BASE_URL } from '../../../nodes/OneTalk/api/integration/service';

const credential = new OneTalkApi();

it('has the name that saved workflows refer to', () => {
	expect(credential.name).toBe('oneTalkApi');
});

it('asks for the API key and the base URL only', () => {
	expect(credential.properties.map(({ name, default: fallback }) => [name, fallback])).toEqual([
		['apiKey', ''],
		['baseUrl', 'https://onetalk-api.taptalk.io/api/integration/v1'],
	]);
});

it('hides the key', () => {
	expect(credential.properties[0]).toMatchObject({ typeOptions: { password: true }, required: true });
});

it('its default base URL is the one that an empty field falls back to', () => {
	expect(credential.properties[1].default).toBe(DEFAULT_BASE_URL);
});

it('sends the key in the documented header and nowhere else', () => {
	const { properties } = credential.authenticate;
	expect(Object.keys(properties)).toEqual(['headers']);
	expect(Object.keys(properties.headers ?? {})).toEqual(['API-Key']);
});
