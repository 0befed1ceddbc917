/** The variables of a template from the panel's fields. */

import * as templateParameters from '../../../../../nodes/OneTalk/operations/message/template/parameters';
import { refusal } from '../../../../support/refusal';

const RULES = { timezone: 'Asia/Jakarta', lineBreaks: 'collapse' as const };
const fromFields = (value: unknown) => templateParameters.fromFields(value, RULES);

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
			'a media header is named after its type, whatever its name was',
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
			'spaces around a name are removed',
			{ body: [{ name: ' a ', value: 'x' }] },
			{ ...NONE, body: [{ name: 'a', value: 'x' }] },
		],
		[
			'spaces around a value are kept',
			{ body: [{ name: 'a', value: ' x ' }] },
			{ ...NONE, body: [{ name: 'a', value: ' x ' }] },
		],
		['an empty part has no variables', { body: [], footer: '' }, NONE],
	])('%s', (_sentence, value, variables) => {
		expect(fromFields(value)).toEqual(variables);
	});

	it.each<[string, object, string]>([
		[
			'the error names an empty value',
			{ body: [{ name: 'order_id', value: '' }] },
			'empty value for the body variable "order_id"',
		],
		[
			'the error names a blank value',
			{ body: [{ name: 'order_id', value: ' \n' }] },
			'empty value for the body variable "order_id"',
		],
		[
			'the error names an undefined value of an expression',
			{ body: [{ name: 'order_id', value: undefined }] },
			'no value for the body variable "order_id"',
		],
		[
			'the error names a value of null',
			{ footer: [{ name: 'order_id', value: null }] },
			'no value for the footer variable "order_id"',
		],
		[
			'the error names a value that is a list',
			{ body: [{ name: 'order_id', value: ['a'] }] },
			'neither text nor a number nor a date for the body variable "order_id"',
		],
		[
			'the error names the part of a variable without a name',
			{ buttons: [{ name: ' ', value: 'a' }] },
			'without a name in buttons',
		],
		[
			'the error names an empty media URL',
			{ header: [{ type: 'image', value: '' }] },
			'empty value for the header variable "image"',
		],
		[
			'the error names an invalid media URL',
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

describe('a value that does not come from the fields of the panel', () => {
	it.each<[string, unknown]>([
		['an object', { body: [{ name: 'a', value: 'x' }] }],
		['an object in the short form', { body: { a: 'x' } }],
		['JSON text', '{"body":{"a":"x"}}'],
	])('%s is accepted', (_sentence, value) => {
		expect(fromFields(value)).toEqual({ ...NONE, body: [{ name: 'a', value: 'x' }] });
	});

	it.each<[string, unknown, string]>([
		[
			'a list',
			[{ name: 'a', value: 'x' }],
			'is a list: it must be an object with header, body, footer, buttons',
		],
		['text that is not JSON', 'Budi', 'is not valid JSON at line 1, column 1'],
		['a number', 7, 'must be an object'],
		['text instead of a part', { body: 'Budi' }, 'has a body that is neither a list nor an object'],
	])('%s is refused', (_sentence, value, words) => {
		expect(refusal(() => fromFields(value))).toEqual({
			parameter: 'templateParameters',
			reason: expect.stringContaining(words) as string,
		});
	});
});
