/** Bodies that are not the documented envelope never count as a success. */

import { judge } from '../../../../../nodes/OneTalk/api/integration/envelope';
import { maskOf, noMask } from '../../../../../nodes/OneTalk/api/mask';
import { CASE, CASES, failure, judged, SENT } from '../../../../support/answers';

const NO_SECRET = { mask: noMask, credentialName: 'OneTalk API', urlLabel: 'base URL' };

describe('bodies that are not the documented envelope: the outcome is unknown', () => {
	it.each<[string, unknown, string]>([
		['a web page', '<!doctype html><html><body>Maintenance</body></html>', 'a web page'],
		['a web page that begins with blank lines', '\n\n <html>', 'a web page'],
		['an empty body', '', 'an empty body'],
		['only spaces', '  \n', 'an empty body'],
		['a truncated body', '{"status":200,"error":{},"data":{"succ', '{"status":200'],
		['plain text', 'ok', '"ok"'],
		['JSON null', 'null', '"null"'],
		['a JSON list', '[]', '"[]"'],
		['a JSON string', '"ok"', 'ok'],
		['an empty object', '{}', '"{}"'],
		['another API’s success', { ok: true }, '{"ok":true}'],
		['a status that is a string', { status: '200', data: SENT }, '"status":"200"'],
		['a status that is null', { status: null, data: SENT }, '"status":null'],
		['no data', { status: 200, error: {} }, 'no "data"'],
		['data null', { status: 200, error: {}, data: null }, 'no "data"'],
		['data that is a list', { status: 200, error: {}, data: [SENT] }, 'no "data"'],
		['data that is a string', { status: 200, error: {}, data: 'ok' }, 'no "data"'],
		['empty data', { status: 200, error: {}, data: {} }, 'does not say "success"'],
		['success as a string', { status: 200, error: {}, data: { success: 'true' } }, 'does not say "success"'],
		['success as a number', { status: 200, error: {}, data: { success: 1 } }, 'does not say "success"'],
		['success null', { status: 200, error: {}, data: { success: null } }, 'does not say "success"'],
		['the data of another endpoint', { status: 200, error: {}, data: CASES }, 'does not say "success"'],
		['an undocumented success status', { status: 201, error: {}, data: SENT }, 'status 201'],
	])('%s', (_sentence, body, words) => {
		const found = failure(judged(body));
		expect(found).toMatchObject({ kind: 'broken', httpStatus: 200 });
		expect(found.message).toContain(words);
	});

	it.each<[string, unknown]>([
		['no list', {}],
		['the data of another endpoint', SENT],
		['a list that is an object', { cases: {} }],
		['a list that is a string', { cases: '' }],
		['a case that is null', { cases: [null] }],
		['a case that is a string', { cases: ['00C49D438C'] }],
		['a case without ID', { cases: [{ createdTime: 1 }] }],
		['a case with an empty ID', { cases: [{ ...CASE, id: '' }] }],
		['a case whose ID is a number', { cases: [{ ...CASE, id: 5 }] }],
		['a time that is a string', { cases: [{ ...CASE, updatedTime: '1640367746510' }] }],
		['hasMore as a string', { cases: [], hasMore: 'false' }],
		['lastTimestamp as a string', { cases: [], lastTimestamp: '1640367746510' }],
	])('as a list of cases: %s', (_sentence, data) => {
		expect(failure(judged({ status: 200, error: {}, data }, { expects: 'cases' })).kind).toBe('broken');
	});

	it.each<[string, unknown[], string]>([
		['without an ID by its position', [CASE, { createdTime: 1 }], 'case 2 of the list has no ID'],
		['with an invalid time by its ID', [CASE, { id: 'A1', updatedTime: 1.5 }], 'the case "A1" has a time'],
		['whose ID contains the key by a masked ID', [{ id: 'good-key', updatedTime: '' }], 'the case "***"'],
	])('names an invalid case %s, and does not blame the base URL', (_sentence, cases, words) => {
		const body = JSON.stringify({ status: 200, error: {}, data: { cases } });
		const answer = judge({ statusCode: 200, headers: {}, body }, 'cases', {
			...NO_SECRET,
			mask: maskOf('good-key'),
		});
		const { kind, message, hint } = failure(answer);
		expect(kind).toBe('broken');
		expect(message).toContain(words);
		expect(hint).not.toContain('base URL');
	});

	it('shows at most one line of a long body', () => {
		expect(failure(judged('x'.repeat(100_000))).message.length).toBeLessThan(200);
	});
});

it.each([0, 100, 199, 302, 408, 500])('after body status %d the outcome is unknown', (status) => {
	const body = JSON.stringify({ status, error: {}, data: {} });
	expect(judge({ statusCode: 200, headers: {}, body }, 'success', NO_SECRET)).toMatchObject({
		failure: { kind: 'broken' },
	});
});

it.each([4e15, 1.5, -1, 1e300])('%d is not a valid time of a case', (updatedTime) => {
	const body = JSON.stringify({ status: 200, data: { cases: [{ id: 'A', updatedTime }], hasMore: false } });
	expect(judge({ statusCode: 200, headers: {}, body }, 'cases', NO_SECRET)).toMatchObject({ ok: false });
});
