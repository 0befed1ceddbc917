/** Failures that OneTalk reports in a proper envelope. */

import { judge } from '../../../../../nodes/OneTalk/api/integration/envelope';
import { maskOf, noMask } from '../../../../../nodes/OneTalk/api/mask';
import type { Failure } from '../../../../../nodes/OneTalk/api/types';
import { failure, judged, SENT } from '../../../../support/answers';

const NO_SECRET = { mask: noMask, credentialName: 'OneTalk API', urlLabel: 'base URL' };

describe('failures that OneTalk reports inside HTTP 200', () => {
	it.each<[number, string, Failure['kind']]>([
		[400, '40002', 'refused'],
		[401, '40002', 'refused'],
		[403, '40301', 'refused'],
		[404, '40401', 'refused'],
		[429, '42900', 'busy'],
		[491, '49102', 'refused'],
		[499, '49900', 'refused'],
		[500, '50001', 'broken'],
		[503, '99999', 'broken'],
	])('body status %d with code %s is %s', (status, code, kind) => {
		const body = { status, error: { code, message: 'What OneTalk says', field: '' }, data: {} };
		expect(failure(judged(body))).toMatchObject({
			kind,
			code,
			message: 'What OneTalk says',
			hint: expect.stringMatching(/\w/) as string,
			httpStatus: 200,
		});
	});

	it('the documented example names the wrong field', () => {
		const error = { code: '40002', message: 'Channel ID is required', field: 'channelID' };
		expect(failure(judged({ status: 400, error, data: {} }))).toMatchObject({
			kind: 'refused',
			message: 'Channel ID is required',
			code: '40002',
			field: 'channelID',
			hint: expect.stringContaining('Copy the channel ID') as string,
		});
	});

	it.each<[string, unknown, object]>([
		[
			'an empty error',
			{ status: 400, error: {}, data: {} },
			{ message: 'OneTalk answered with status 400', code: '400' },
		],
		['no error', { status: 400 }, { message: 'OneTalk answered with status 400', code: '400' }],
		[
			'an error that is a string',
			{ status: 400, error: 'no' },
			{ message: 'OneTalk answered with status 400', code: '400' },
		],
		[
			'a code that is a number',
			{ status: 400, error: { code: 40002, message: 'm' } },
			{ message: 'm', code: '40002' },
		],
		[
			'a message that is not a string',
			{ status: 400, error: { code: '1', message: { a: 1 } } },
			{ message: 'OneTalk answered with status 400', code: '1' },
		],
		['success: true beside a failing status', { status: 400, error: {}, data: SENT }, { kind: 'refused' }],
		[
			'line breaks in the message',
			{ status: 400, error: { code: '1', message: 'a\r\nb' } },
			{ message: 'a b' },
		],
	])('%s', (_sentence, body, expected) => {
		expect(failure(judged(body))).toMatchObject(expected);
	});
});

describe('success: false inside body status 200', () => {
	it.each<[string, object, object]>([
		[
			'with a reason',
			{ success: false, message: 'Not on WhatsApp', reason: 'invalid_recipient' },
			{
				message: 'Not on WhatsApp',
				code: 'invalid_recipient',
				hint: expect.stringContaining('cannot receive') as string,
			},
		],
		[
			'with the reason "insufficient balance"',
			{ success: false, message: 'No balance', reason: 'insufficient_balance' },
			{ code: 'insufficient_balance', hint: expect.stringContaining('Top up') as string },
		],
		['without a reason', { success: false, message: 'Failed' }, { message: 'Failed', code: undefined }],
		[
			'with an empty reason',
			{ success: false, message: 'Failed', reason: '' },
			{ message: 'Failed', code: undefined },
		],
		[
			'with an unknown reason',
			{ success: false, message: 'Failed', reason: 'new_reason' },
			{ code: 'new_reason' },
		],
		[
			'without any explanation',
			{ success: false },
			{ message: expect.stringContaining('no explanation') as string },
		],
	])('%s', (_sentence, data, expected) => {
		expect(failure(judged({ status: 200, error: {}, data }))).toMatchObject({ kind: 'refused', ...expected });
	});

	it.each<[string, number, 'success' | 'cases']>([
		['where a list was asked for', 200, 'cases'],
		['with body status 204', 204, 'success'],
	])('%s', (_sentence, status, expects) => {
		const body = { status, data: { success: false, message: 'Failed', cases: [] } };
		expect(failure(judged(body, { expects })).kind).toBe('refused');
	});
});

describe('an API key in an answer', () => {
	const secret = `${'abc"'.repeat(8)}0123456789`;
	it.each<[string, number, string]>([
		['at the end of the quoted part of a body', 500, `${'E'.repeat(60)}${secret}`],
		['escaped in a quoted body', 500, JSON.stringify({ text: secret })],
		[
			'at the end of the shown part of a long message',
			200,
			JSON.stringify({ status: 400, error: { message: `${'m'.repeat(290)}${secret}` } }),
		],
		[
			'written with escapes',
			200,
			`{"status":400,"error":{"message":"${'\\u0061bc\\"'.repeat(8)}0123456789"}}`,
		],
	])('is masked before the text is shortened: %s', (_sentence, statusCode, body) => {
		const answer = judge({ statusCode, headers: {}, body }, 'success', {
			...NO_SECRET,
			mask: maskOf(secret),
		});
		expect(JSON.stringify(answer)).not.toMatch(/abc/);
		expect(JSON.stringify(answer)).toContain('***');
	});
});
