/** The next step that is suggested for each answer of OneTalk. */

import { hintFor } from '../../../../nodes/OneTalk/api/integration/hints';

describe('the next step that is suggested for an answer of OneTalk', () => {
	it.each<[string, Parameters<typeof hintFor>[0], string]>([
		['a missing key', { status: 400, code: '40001' }, 'Paste the API key'],
		['a key that was not given', { status: 491, code: '49101' }, 'Paste the API key'],
		['a key that cannot be read', { status: 491, code: '49102' }, 'Paste the API key'],
		['an unknown key', { status: 491, code: '49103' }, 'Paste the API key'],
		['the key of another product', { status: 491, code: '49104' }, 'another TapTalk.io product'],
		['an expired key', { status: 491, code: '49106' }, 'expired'],
		['a disabled key', { status: 491, code: '49107' }, 'switched off'],
		['some other trouble with the key', { status: 491, code: '49199' }, 'Paste the API key'],
		['no access', { status: 403, code: '40301' }, 'no access'],
		['something unknown', { status: 404, code: '40401' }, 'does not know it'],
		['no tier chosen', { status: 499, code: '49900' }, 'has not chosen a tier'],
		['a feature outside the plan', { status: 499, code: '49901' }, 'OneTalk plan'],
		['a monthly limit', { status: 499, code: '49903' }, 'monthly limit'],
		['a number without WhatsApp', { status: 200, code: 'invalid_recipient' }, 'cannot receive WhatsApp'],
		['an empty balance', { status: 200, code: 'insufficient_balance' }, 'Top up'],
		['too many requests', { status: 429 }, 'fewer requests'],
		['a server fault', { status: 500, code: '50001' }, 'Try again later'],
		['an unspecified fault', { status: 500, code: '99999' }, 'Try again later'],
		['a wrong channel ID', { status: 400, code: '40002', field: 'channelID' }, 'Copy the channel ID'],
		['a wrong phone', { status: 400, code: '40002', field: 'phone' }, 'country code'],
		['a wrong case ID', { status: 400, code: '40002', field: 'caseID' }, 'Copy the case ID'],
		[
			'a wrong template name',
			{ status: 400, code: '40002', field: 'templateName' },
			'exactly as OneTalk shows it',
		],
		['a wrong language code', { status: 400, code: '40002', field: 'languageCode' }, 'language code'],
		['a wrong phone number ID', { status: 400, code: '40002', field: 'phoneNumberID' }, 'phone number ID'],
		['a wrong time', { status: 400, code: '40002', field: 'since_timestamp' }, 'milliseconds'],
		['another wrong parameter', { status: 400, code: '40002', field: 'topicID' }, 'this parameter'],
		['an unknown code', { status: 400, code: '40777' }, 'parameters of the node'],
		[
			'a code that is a word of the programming language',
			{ status: 400, code: 'constructor' },
			'parameters of the node',
		],
		['a field that is such a word', { status: 400, code: '40002', field: 'toString' }, 'this parameter'],
	])('%s', (_sentence, answer, words) => {
		const hint = hintFor(answer, 'OneTalk API');
		expect(typeof hint).toBe('string');
		expect(hint).toContain(words);
	});
});
