import { fromFields, fromJson } from '../../../../nodes/OneTalk/actions/message/templateParameters';
import { refusal } from '../../support/refusal';

const NONE = { header: [], body: [], footer: [], buttons: [] };
const DOCUMENT = 'https://www.example.com/invoice.pdf';

describe('variables from fields', () => {
	it('12 variables keep their order, the tenth after the ninth', () => {
		const body = Array.from({ length: 12 }, (_, index) => ({
			name: String(index + 1),
			value: `v${index + 1}`,
		}));
		expect(fromFields({ body }).body).toEqual(body);
		expect(fromFields({ body: [...body].reverse() }).body).toEqual([...body].reverse());
	});

	it('several buttons keep their order', () => {
		const buttons = [
			{ name: 'url_1', value: 'b' },
			{ name: 'url_0', value: 'a' },
		];
		expect(fromFields({ buttons })).toEqual({ ...NONE, buttons });
	});

	it.each<[string, object, object]>([
		[
			'every part has its list',
			{
				header: [{ type: 'text', name: 'h', value: '1' }],
				body: [{ name: 'b', value: '2' }],
				footer: [{ name: 'f', value: '3' }],
				buttons: [{ name: 'url_0', value: '4' }],
			},
			{
				header: [{ name: 'h', value: '1' }],
				body: [{ name: 'b', value: '2' }],
				footer: [{ name: 'f', value: '3' }],
				buttons: [{ name: 'url_0', value: '4' }],
			},
		],
		[
			'a media header is named after its type, whatever its name was before',
			{ header: [{ type: 'document', name: 'left over', value: DOCUMENT }] },
			{ ...NONE, header: [{ name: 'document', value: DOCUMENT }] },
		],
		[
			'a text header may be called image',
			{ header: [{ type: 'text', name: 'image', value: 'a' }] },
			{ ...NONE, header: [{ name: 'image', value: 'a' }] },
		],
		[
			'numbers are sent as text',
			{ body: [{ name: 'total', value: 150000 }] },
			{ ...NONE, body: [{ name: 'total', value: '150000' }] },
		],
		[
			'0 and false are values',
			{
				body: [
					{ name: 'a', value: 0 },
					{ name: 'b', value: false },
				],
			},
			{
				...NONE,
				body: [
					{ name: 'a', value: '0' },
					{ name: 'b', value: 'false' },
				],
			},
		],
		[
			'spaces around a name go',
			{ body: [{ name: ' a ', value: 'x' }] },
			{ ...NONE, body: [{ name: 'a', value: 'x' }] },
		],
		[
			'spaces around a value stay',
			{ body: [{ name: 'a', value: ' x ' }] },
			{ ...NONE, body: [{ name: 'a', value: ' x ' }] },
		],
		['an empty part has no variables', { body: [], footer: '' }, NONE],
	])('%s', (_sentence, value, variables) => {
		expect(fromFields(value)).toEqual(variables);
	});

	it.each<[string, object, string]>([
		[
			'an empty value is named',
			{ body: [{ name: 'order_id', value: '' }] },
			'empty value for the body variable "order_id"',
		],
		[
			'a blank value is named',
			{ body: [{ name: 'order_id', value: ' \n' }] },
			'empty value for the body variable "order_id"',
		],
		[
			'a value that an expression did not find is named',
			{ body: [{ name: 'order_id', value: undefined }] },
			'no value for the body variable "order_id"',
		],
		[
			'a value of null is named',
			{ footer: [{ name: 'order_id', value: null }] },
			'no value for the footer variable "order_id"',
		],
		[
			'a value that is a list is named',
			{ body: [{ name: 'order_id', value: ['a'] }] },
			'neither text nor a number for the body variable "order_id"',
		],
		[
			'a variable without a name is told by its part',
			{ buttons: [{ name: ' ', value: 'a' }] },
			'without a name in buttons',
		],
		[
			'an empty media address is named',
			{ header: [{ type: 'image', value: '' }] },
			'empty value for the header variable "image"',
		],
		[
			'a media address that is none is named',
			{ header: [{ type: 'video', value: 'clip.mp4' }] },
			'header video (clip.mp4)',
		],
	])('%s', (_sentence, value, words) => {
		expect(refusal(() => fromFields(value))).toEqual({
			parameter: 'templateParameters',
			reason: expect.stringContaining(words) as string,
		});
	});
});

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

	it('12 variables that are numbered keep their order in either form', () => {
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
		[
			'by its type, as in the fields',
			[{ type: 'image', value: DOCUMENT }],
			{ name: 'image', value: DOCUMENT },
		],
		[
			'by its name, as on the API page',
			[{ name: 'document', value: DOCUMENT }],
			{ name: 'document', value: DOCUMENT },
		],
		['in the short form', { video: DOCUMENT }, { name: 'video', value: DOCUMENT }],
	])('a media header %s', (_sentence, header, sent) => {
		expect(fromJson({ header }).header).toEqual([sent]);
	});

	it.each<[string, unknown, string]>([
		['text that is not JSON', 'name=Budi', 'not valid JSON'],
		['a trailing comma', '{"body":{"name":"Budi",}}', 'not valid JSON'],
		['a comment, as on the API page', '{"header":[ //Text\n ]}', 'not valid JSON'],
		['a list', '[]', 'must be an object with header, body, footer, buttons'],
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
			'neither text nor a number for the body variable "name"',
		],
		[
			'a media type with an address that is none',
			{ header: [{ type: 'image', value: 'a.jpg' }] },
			'header image (a.jpg)',
		],
	])('%s is refused', (_sentence, value, words) => {
		expect(refusal(() => fromJson(value))).toEqual({
			parameter: 'templateParametersJson',
			reason: expect.stringContaining(words) as string,
		});
	});
});
