/** The URL of a chatbot: what is accepted, and what is wrong with the rest. */

import { faultInChatbotUrl } from '../../../../nodes/OneTalk/api/chatbot/url';
import { chatbot } from '../../../../nodes/OneTalk/api/chatbot/service';

const PATH = '/api/visitor/v1/webhook/chatbot/custom/2222/a1-B_2';

describe('is accepted', () => {
	it.each([
		`https://onetalk-api.taptalk.io${PATH}`,
		`https://onetalk-api.taptalk.io${PATH}/`,
		`HTTPS://onetalk-api.taptalk.io${PATH}`,
		`https://example.com:8443${PATH}`,
		`http://127.0.0.1:4010${PATH}`,
		`http://localhost:4010${PATH}`,
		`http://[::1]:4010${PATH}`,
	])('%s', (url) => {
		expect(faultInChatbotUrl(url)).toBeUndefined();
	});
});

describe('is refused', () => {
	it.each<[string, RegExp]>([
		['', /^is empty$/],
		['onetalk', /not a web address/],
		[`ftp://example.com${PATH}`, /not a web address/],
		[`https://user:secret@example.com${PATH}`, /not a web address/],
		[`http://onetalk-api.taptalk.io${PATH}`, /must start with https:/],
		[`http://127.0.0.1.example.com${PATH}`, /must start with https:/],
		[`http://localhost.example.com${PATH}`, /must start with https:/],
		['https://onetalk-api.taptalk.io', /and two IDs$/],
		['https://onetalk-api.taptalk.io/api/integration/v1', /and two IDs$/],
		[`https://onetalk-api.taptalk.io/api/visitor/v1/webhook/chatbot/custom/2222`, /and two IDs$/],
		[`https://example.com/proxy${PATH}`, /and two IDs$/],
		[`https://example.com${PATH}/more`, /and two IDs$/],
		[`https://example.com${PATH}//`, /and two IDs$/],
		[`https://example.com${PATH}?key=1`, /"\?" behind it$/],
		[`https://example.com${PATH}#top`, /"#" behind it$/],
		[`https://example.com${PATH.replace('2222', '22/../22')}`, /and two IDs$/],
		[`https://example.com${PATH.replace('2222', '22%2f22')}`, /and two IDs$/],
		[`https://example.com\\@onetalk-api.taptalk.io${PATH}`, /and two IDs$/],
		[`https://example.com${PATH} x`, /^has spaces in it$/],
	])('%s', (url, fault) => {
		expect(faultInChatbotUrl(url)).toMatch(fault);
	});
});

it('goes out without spaces and without the slash at its end', () => {
	expect(chatbot.urlOf({ url: ` https://example.com${PATH}/\n` }, '')).toBe(`https://example.com${PATH}`);
});
