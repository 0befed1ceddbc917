/** The judge of a chatbot's answers: what proves that a request was done, what that it was not, and the next step. */

import { judge } from '../../../../nodes/OneTalk/api/chatbot/judge';
import { maskOf, noMask } from '../../../../nodes/OneTalk/api/mask';
import { failure } from '../../../support/answers';

const access = { mask: noMask, credentialName: 'My chatbot', urlLabel: 'URL' };
const judged = (statusCode: number, body = '', headers = {}) => judge({ statusCode, headers, body }, access);

describe('what proves that it was done', () => {
	it.each([
		[200, 'ok'],
		[200, 'OK'],
		[200, ' ok\r\n'],
		[201, 'Ok'],
	])('%i %j', (status, body) => {
		expect(judged(status, body)).toEqual({ ok: true, data: { success: true } });
	});
});

describe('what else comes', () => {
	it.each<[number, string, string]>([
		[200, '', 'broken'],
		[200, '"ok"', 'broken'],
		[200, 'ok.', 'broken'],
		[200, 'okay', 'broken'],
		[200, '{"status":"ok"}', 'broken'],
		[200, '<html>ok</html>', 'broken'],
		[204, '', 'broken'],
		[301, 'ok', 'broken'],
		[400, 'ok', 'refused'],
		[401, 'secret key is invalid', 'refused'],
		[404, '', 'refused'],
		[408, '', 'broken'],
		[422, '', 'refused'],
		[429, '', 'busy'],
		[500, 'ok', 'broken'],
		[503, '', 'broken'],
		[0, 'ok', 'broken'],
	])('%i %j is %s', (status, body, kind) => {
		expect(failure(judged(status, body)).kind).toBe(kind);
	});

	it('quotes the text and names the HTTP code', () => {
		expect(failure(judged(400, 'case id is required'))).toMatchObject({
			message: 'OneTalk answered "case id is required" (HTTP 400)',
			code: 'HTTP 400',
			httpStatus: 400,
			lasting: true,
		});
		expect(failure(judged(502, '<!doctype html>')).message).toBe('OneTalk answered a web page (HTTP 502)');
	});

	it('takes the time to wait from the header', () => {
		expect(failure(judged(429, '', { 'retry-after': '2' })).retryAfterMs).toBe(2_000);
	});

	it('masks the key', () => {
		const answer = judge(
			{ statusCode: 400, headers: {}, body: 'key abcdefgh12345678 is invalid' },
			{ ...access, mask: maskOf('abcdefgh12345678') },
		);
		expect(failure(answer).message).toBe('OneTalk answered "key *** is invalid" (HTTP 400)');
	});

	it('shows at most 300 characters of an answer', () => {
		for (const body of ['x'.repeat(1_000), `{"error":"${'x'.repeat(1_000)}"}`]) {
			const { message } = failure(judged(400, body));
			expect(message).toContain('xxx');
			expect(message.length).toBeLessThan(360);
		}
	});
});

describe('the next step', () => {
	it.each<[number, string, RegExp]>([
		[401, 'secret key is invalid', /^Paste the secret key into the credential "My chatbot" again/],
		[400, 'case id is required', /^Take the case ID from the item of the OneTalk Chatbot Trigger/],
		[400, 'case id is invalid', /^Take the case ID/],
		[404, 'case is not found', /^Take the case ID/],
		[400, 'case is already closed', /^The case is closed/],
		[400, 'case is not assigned to the chatbot', /^A human agent has the case now/],
		[400, 'case has been handed over', /^A human agent has the case now/],
		[400, 'agent email is not assigned to the topic of the case', /^Check "Agent Email" and "Topic ID"/],
		[400, 'topic id is invalid', /^Check "Agent Email" and "Topic ID"/],
		[400, 'outside of the 24-hour window', /within 24 hours/],
		[400, 'custom field city is not found', /"Custom Fields"/],
		[400, 'message type whatsappba is not available for the channel of this case', /WhatsApp Business API/],
		[400, 'something else', /^Check the parameters of the node, and that the case is still open/],
		[403, '', /^Check that the URL and the secret key in the credential "My chatbot" belong to the same/],
		[404, 'chatbot is not found', /^Check the URL in the credential "My chatbot"/],
		[302, '', /^Check the URL in the credential "My chatbot"/],
		[200, '', /^Check the URL in the credential "My chatbot"/],
		[429, '', /fewer requests/],
		[408, '', /Try again later/],
		[500, 'case', /Try again later/],
	])('after %i %j', (status, text, hint) => {
		expect(failure(judged(status, text)).hint).toMatch(hint);
	});
});
