/** The variables of a template from JSON. */

import * as templateParameters from '../../../../../nodes/OneTalk/operations/message/template/parameters';
import { refusal } from '../../../../support/refusal';

const RULES = { timezone: 'Asia/Jakarta', lineBreaks: 'collapse' as const };
const fromJson = (value: unknown) => templateParameters.fromJson(value, RULES);

const NONE = { header: [], body: [], footer: [], buttons: [] };
const DOCUMENT = 'https://www.example.com/invoice.pdf';
const PICTURE = 'https://www.example.com/banner.JPG?w=600';
const FILM = 'https://www.example.com/clips/42';

describe('variables from JSON', () => {
	const short = {
		header: { title: 'Hi' },
		body: { name: 'Budi', total: 5 },
		buttons: { url_0: 'a', url_1: 'b' },
	};
	const long = {
		header: [{ name: 'title', value: 'Hi' }],
		body: [
			{ name: 'name', value: 'Budi' },
			{ name: 'total', value: 5 },
		],
		footer: [],
		buttons: [
			{ name: 'url_0', value: 'a' },
			{ name: 'url_1', value: 'b' },
		],
	};
	const read = { ...long, body: [long.body[0], { name: 'total', value: '5' }] };

	it.each<[string, unknown]>([
		['lists as an object', long],
		['lists as text', JSON.stringify(long)],
		['the short form as an object', short],
		['the short form as text', JSON.stringify(short, null, 2)],
		['both forms side by side', { ...long, body: short.body }],
	])('%s', (_sentence, value) => {
		expect(fromJson(value)).toEqual(read);
	});

	it('12 variables keep their order in either form, the tenth after the ninth', () => {
		const names = Array.from({ length: 12 }, (_, index) => `var_${index + 1}`);
		const inOrder = names.map((name) => ({ name, value: 'x' }));
		const asObject = JSON.stringify({ body: Object.fromEntries(names.map((name) => [name, 'x'])) });
		expect(fromJson(asObject).body).toEqual(inOrder);
		expect(fromJson(JSON.stringify({ body: inOrder })).body).toEqual(inOrder);
	});

	it('12 numbered variables keep their order in either form', () => {
		const inOrder = Array.from({ length: 12 }, (_, index) => ({ name: String(index + 1), value: 'x' }));
		const asObject = JSON.stringify({
			body: Object.fromEntries(inOrder.map(({ name, value }) => [name, value])),
		});
		expect(fromJson(asObject).body).toEqual(inOrder);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['empty text', ''],
		['blank text', ' \n'],
		['an empty object', {}],
		['the default of the field', '{\n  "header": {},\n  "body": {},\n  "footer": {},\n  "buttons": {}\n}'],
		['parts that are null', { header: null, body: null }],
	])('%s: no variables', (_sentence, value) => {
		expect(fromJson(value)).toEqual(NONE);
	});

	it.each<[string, object, object]>([
		['by its type, as in the fields', [{ type: 'image', value: PICTURE }], { name: 'image', value: PICTURE }],
		[
			'by its name, as on the API page',
			[{ name: 'document', value: DOCUMENT }],
			{ name: 'document', value: DOCUMENT },
		],
		['in the short form', { video: FILM }, { name: 'video', value: FILM }],
	])('a media header %s', (_sentence, header, sent) => {
		expect(fromJson({ header }).header).toEqual([sent]);
	});

	it.each<[string, unknown, string]>([
		['text that is not JSON', 'name=Budi', 'not valid JSON at line 1, column 1 (found “n”)'],
		['a trailing comma', '{"body":{"name":"Budi",}}', 'not valid JSON at line 1, column 24 (found “}”)'],
		['a comment, as on the API page', '{"header":[ //Text\n ]}', 'at line 1, column 13 (found “/”)'],
		['a list', '[]', 'is a list: it must be an object with header, body, footer, buttons'],
		['JSON null', 'null', 'must be an object'],
		['a number', 5, 'must be an object'],
		['a part that does not exist', { button: { url_0: 'a' } }, 'has a part "button"'],
		['a part in capitals', { Body: {} }, 'has a part "Body"'],
		['the whole request', { channelID: '1', parameters: {} }, 'has a part "channelID"'],
		['a part that is text', { body: 'Budi' }, 'neither a list nor an object'],
		['a list of texts', { body: ['Budi'] }, 'an entry in body'],
		['a list with null', { body: [null] }, 'an entry in body'],
		['an empty value', { body: { name: '' } }, 'empty value for the body variable "name"'],
		['a value of null', { body: { name: null } }, 'no value for the body variable "name"'],
		['an entry without a value', { body: [{ name: 'name' }] }, 'no value for the body variable "name"'],
		['an entry without a name', { body: [{ value: 'Budi' }] }, 'without a name in body'],
		['one entry without its list', { body: { name: 'a', value: 'b' } }, 'put it in a list'],
		['a header of another kind', { header: [{ type: 'audio', value: 'x' }] }, 'header of type "audio"'],
		[
			'a value that is an object',
			{ body: { name: { first: 'Budi' } } },
			'neither text nor a number nor a date for the body variable "name"',
		],
		[
			'a media header with an invalid URL',
			{ header: [{ type: 'image', value: 'a.jpg' }] },
			'header image (a.jpg)',
		],
		[
			'a variable that occurs twice',
			{
				body: [
					{ name: 'a', value: 1 },
					{ name: ' a', value: 2 },
				],
			},
			'has the body variable "a" twice',
		],
		[
			'an image that is a document',
			{ header: { image: 'https://www.example.com/a.docx' } },
			'must end in .jpg, .jpeg, .png',
		],
		[
			'a document that is a video',
			{ header: { document: 'https://www.example.com/a.mp4' } },
			'must end in .pdf',
		],
		[
			'an image format that WhatsApp does not accept',
			{ header: { image: 'https://www.example.com/a.webp' } },
			'no image for WhatsApp',
		],
		[
			'a header that is too long',
			{ header: { title: 'x'.repeat(61) } },
			'has 61 characters in the header variable "title": WhatsApp takes at most 60',
		],
		[
			'a body variable that is too long for a template with other parts',
			{ body: { a: 'x'.repeat(1025) }, buttons: { url_0: 'b' } },
			'takes at most 1024',
		],
		[
			'a body variable that is too long for any template',
			{ body: { a: 'x'.repeat(32769) } },
			'takes at most 32768',
		],
		[
			'a button that is too long',
			{ buttons: { url_0: 'x'.repeat(2001) } },
			'button variable "url_0": WhatsApp takes at most 2000',
		],
	])('%s is refused', (_sentence, value, words) => {
		expect(refusal(() => fromJson(value))).toEqual({
			parameter: 'templateParametersJson',
			reason: expect.stringContaining(words) as string,
		});
	});
});

it.each(['document', 'image', 'video'])(
	'accepts a .pdf as %s, as in the example of the API page',
	(media) => {
		const header = [{ name: media, value: DOCUMENT }];
		expect(fromJson({ header }).header).toEqual(header);
	},
);
