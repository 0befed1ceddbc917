/** How a request leaves n8n, and what becomes of the response. */

import { asHttpAnswer, httpOptions } from '../../../nodes/OneTalk/api/client';
import type { OneTalkRequest } from '../../../nodes/OneTalk/api/types';
import { DEFAULT_BASE_URL, integration } from '../../../nodes/OneTalk/api/integration/service';

const request: OneTalkRequest = {
	method: 'POST',
	path: '/inbox/case/update',
	body: { caseID: '00C49D438C' },
	expects: 'success',
};

describe('where a request goes', () => {
	it.each<[string, string | undefined, string]>([
		['to OneTalk where the credential names no address', undefined, DEFAULT_BASE_URL],
		['to OneTalk where the address was emptied', '  ', DEFAULT_BASE_URL],
		[
			'to the address of the credential',
			'http://127.0.0.1:5000/api/integration/v1',
			'http://127.0.0.1:5000/api/integration/v1',
		],
		['to the address without slashes at its end', 'https://example.com/v1//', 'https://example.com/v1'],
		['to the address without spaces around it', ' https://example.com/v1\n', 'https://example.com/v1'],
	])('%s', (_sentence, baseUrl, expected) => {
		expect(integration.urlOf({ baseUrl }, request.path)).toBe(`${expected}/inbox/case/update`);
	});
});

it('n8n throws for no HTTP status, follows no redirect and waits 30 s', () => {
	expect(httpOptions(request, DEFAULT_BASE_URL)).toMatchObject({
		method: 'POST',
		body: { caseID: '00C49D438C' },
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 30_000,
	});
});

it('the request options contain no key: the credential adds it', () => {
	expect(Object.keys(httpOptions(request, DEFAULT_BASE_URL).headers ?? {})).toEqual(['Accept']);
});

describe('what the client makes of the response that n8n returns', () => {
	it.each<[string, unknown, object]>([
		[
			'text stays text',
			{ statusCode: 200, headers: { a: 'b' }, body: '{}' },
			{ statusCode: 200, headers: { a: 'b' }, body: '{}' },
		],
		[
			'a parsed body becomes text again',
			{ statusCode: 200, headers: {}, body: { status: 200 } },
			{ statusCode: 200, headers: {}, body: '{"status":200}' },
		],
		['a missing body is empty', { statusCode: 204, headers: {} }, { statusCode: 204, headers: {}, body: '' }],
	])('%s', (_sentence, response, answer) => {
		expect(asHttpAnswer(response)).toEqual(answer);
	});
});
