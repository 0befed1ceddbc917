/** The routes of the Integration API: the API key that every endpoint checks, and the paths that do not exist. */

import { LIST, SEND, TEMPLATE, TEXT, UPDATE, useSimulator } from '../../harness.cts';
import { refusal } from './expected.cts';

const api = useSimulator();

describe('API key', () => {
	const keys: Array<[name: string, key: () => string | undefined, answer: object]> = [
		['missing', () => undefined, refusal(400, '40001', 'Request headers are required (API-Key)')],
		['empty', () => '', refusal(400, '40001', 'Request headers are required (API-Key)')],
		['without a tier', () => api.sim.noTierKey, refusal(499, '49900', 'Please select a tier')],
		['unknown', () => 'not-the-key', refusal(491, '49103', 'API key is not found')],
		['malformed', () => 'not a key!', refusal(491, '49102', 'API key is invalid')],
	];
	for (const [name, key, answer] of keys) {
		for (const path of [SEND, TEMPLATE, UPDATE]) {
			test(`${name}: ${path}`, async () => {
				const value = key();
				const response = await api.post(path, TEXT, value === undefined ? {} : { 'API-Key': value });
				expect(response.status).toBe(200);
				expect(await response.json()).toEqual(answer);
				expect(api.sim.messages).toHaveLength(0);
			});
		}
		test(`${name}: ${LIST}`, async () => {
			const value = key();
			const response = await fetch(`${api.sim.baseUrl}${LIST}?since_timestamp=0`, {
				headers: value === undefined ? {} : { 'API-Key': value },
			});
			expect(response.status).toBe(200);
			expect(await response.json()).toEqual(answer);
		});
	}
});

describe('unknown paths', () => {
	test.each([
		['POST', '/inbox/case/close'],
		['GET', '/inbox/get_message_status'],
		['GET', SEND],
		['POST', LIST],
		['GET', '/'],
	])('%s %s is not found', async (method, path) => {
		const response = await fetch(api.sim.baseUrl + path, { method, headers: { 'API-Key': api.sim.apiKey } });
		expect(response.status).toBe(404);
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(await response.text()).toBe('404 page not found\n');
	});
});
