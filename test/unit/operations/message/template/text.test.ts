/** Finds the variables in the text of a template and fills them in. */

import {
	checkTexts,
	filled,
	previewOf,
	textsOf,
	variablesOf,
} from '../../../../../nodes/OneTalk/operations/message/template/text';
import { refusal } from '../../../../support/refusal';

const parameters = (given: Record<string, unknown>) => ({
	templateHeaderType: given.templateHeader === undefined ? 'none' : 'text',
	...given,
});
const fieldsOf = (given: Record<string, unknown>) =>
	variablesOf(textsOf(parameters(given))).map(({ field }) => field);

describe('the variables of a text', () => {
	it.each<[string, string, string[]]>([
		['none', 'Hi, your order is ready.', []],
		['named ones, in the order of the text', 'Hi {{name}}, {{order_id}} is ready.', ['name', 'order_id']],
		['numbered ones', 'Hi {{1}}, {{2}} is ready.', ['1', '2']],
		[
			'12 of them, the tenth after the ninth',
			numbers(12)
				.map((n) => `{{${n}}}`)
				.join(' '),
			numbers(12),
		],
		['numbers in the order of the text, not of counting', '{{2}} {{10}} {{1}}', ['2', '10', '1']],
		['one that is there twice', '{{name}} and {{code}}, {{ name }}', ['name', 'code']],
		['spaces inside the braces', '{{ name }}{{\tcity }}', ['name', 'city']],
		['square brackets', 'Hi [[name]], [[ 2 ]]', ['name', '2']],
		['both kinds side by side', '[[a]]{{b}}[[c]]', ['a', 'b', 'c']],
		['three braces', '{{{name}}}', ['name']],
		['braces in braces', '{{ {{name}} }}', ['name']],
		['brackets in braces', '{{[[name]]}}', ['[[name]]']],
		['a pair without a name', 'Hi {{ }} {{}} [[]]', []],
		['braces that do not close', 'Hi {{name}, {{city}}', ['city']],
		['single braces and brackets', 'Hi {name} [city]', []],
		['emoji beside and inside', '🎉{{name}}🎉 {{🎁}}', ['name', '🎁']],
		['right-to-left text', 'مرحبا {{اسم}}، طلبك {{رقم_الطلب}} جاهز', ['اسم', 'رقم_الطلب']],
		['Windows line ends', 'Hi {{name}},\r\n\r\nyour {{item}}\r\n', ['name', 'item']],
		['a name with blanks', 'Hi {{first name}}', ['first name']],
		['names that objects have of their own', '{{constructor}} {{__proto__}}', ['constructor', '__proto__']],
	])('%s', (_sentence, templateBody, fields) => {
		expect(fieldsOf({ templateBody })).toEqual(fields);
	});
});

describe('the variables of a whole template', () => {
	const whole = {
		templateHeader: 'Order {{1}}',
		templateBody: 'Hi {{1}}, {{total}} is due.',
		templateFooter: '{{company}} {{1}}',
		templateButtons: 'https://example.com/pay/{{1}}\r\n\r\nNo, thanks\r\nhttps://example.com/o/[[x]]',
	};

	it('come in the order of the message; those of the body have no prefix', () => {
		expect(variablesOf(textsOf(parameters(whole)))).toEqual([
			{ group: 'header', name: '1', field: 'header_1' },
			{ group: 'body', name: '1', field: '1' },
			{ group: 'body', name: 'total', field: 'total' },
			{ group: 'footer', name: 'company', field: 'company' },
			{ group: 'footer', name: '1', field: 'footer_1' },
			{ group: 'buttons', name: 'url_0', field: 'url_0' },
			{ group: 'buttons', name: 'url_2', field: 'url_2' },
		]);
	});

	it('a header file is one variable, whatever the header text was', () => {
		const file = { ...whole, templateHeaderType: 'document', templateBody: 'Hi' };
		expect(variablesOf(textsOf(file))[0]).toEqual({
			group: 'header',
			name: 'document',
			field: 'header_document',
		});
		expect(fieldsOf({ templateHeaderType: 'none', templateHeader: '{{old}}', templateBody: 'Hi' })).toEqual(
			[],
		);
	});

	it('are found in buttons alone', () => {
		expect(fieldsOf({ templateBody: 'Pay now', templateButtons: 'https://example.com/{{1}}' })).toEqual([
			'url_0',
		]);
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['values of the wrong type', { templateBody: 7, templateButtons: null, templateHeader: ['{{a}}'] }],
	])('%s: no variables', (_sentence, given) => {
		expect(fieldsOf(given as Record<string, unknown>)).toEqual([]);
	});

	it('are replaced by their values, and the rest of the text is not changed', () => {
		const finished = filled(textsOf(parameters(whole)), (group, name) => `<${group} ${name} $& $1>`);
		expect(finished).toEqual({
			headerType: 'text',
			header: 'Order <header 1 $& $1>',
			body: 'Hi <body 1 $& $1>, <body total $& $1> is due.',
			footer: '<footer company $& $1> <footer 1 $& $1>',
			buttons: [
				'https://example.com/pay/<buttons url_0 $& $1>',
				'No, thanks',
				'https://example.com/o/<buttons url_2 $& $1>',
			],
		});
	});

	it('are shown as a message', () => {
		const texts = textsOf({
			...whole,
			templateHeaderType: 'image',
			templateBody: 'Hi {{1}},\nbye',
			templateFooter: '',
		});
		const link = (group: string) => (group === 'header' ? 'https://example.com/a.png' : 'X');
		expect(previewOf(filled(texts, link))).toBe(
			'[Image] https://example.com/a.png\n\nHi X,\nbye\n\n[Button] https://example.com/pay/X\n[Button] No, thanks\n[Button] https://example.com/o/X',
		);
		expect(previewOf(textsOf({ templateBody: 'Hi' }))).toBe('Hi');
	});
});

describe('texts that no approved template can have', () => {
	it.each<[string, Record<string, unknown>, string, string]>([
		['an empty body', { templateBody: ' \n' }, 'templateBody', 'is empty'],
		['an empty header', { templateHeader: '', templateBody: 'Hi' }, 'templateHeader', 'is empty'],
		['braces that do not close', { templateBody: 'Hi {{name}, bye' }, 'templateBody', '(Hi {{name}, bye)'],
		[
			'braces in braces',
			{ templateBody: '{{ {{name}} }}' },
			'templateBody',
			'braces that belong to no variable',
		],
		['braces without a name', { templateBody: 'Hi {{ }}' }, 'templateBody', '(Hi {{ }})'],
		['the same in a footer', { templateBody: 'Hi', templateFooter: 'x}}' }, 'templateFooter', '(x}})'],
		[
			'two variables in one button',
			{ templateBody: 'Hi', templateButtons: 'A\nhttps://a.example/{{1}}/{{2}}' },
			'templateButtons',
			'two variables in line 2',
		],
		[
			'a header of another kind',
			{ templateBody: 'Hi', templateHeaderType: 'audio' },
			'templateHeaderType',
			'(audio) must be none, text, image',
		],
	])('%s', (_sentence, given, parameter, words) => {
		expect(refusal(() => checkTexts(textsOf(parameters(given))))).toEqual({
			parameter,
			reason: expect.stringContaining(words) as string,
		});
	});

	it('three braces are a variable’s two and one of the text', () => {
		expect(() => checkTexts(textsOf({ templateBody: 'Hi {{{name}}}' }))).not.toThrow();
	});
});

function numbers(count: number): string[] {
	return Array.from({ length: count }, (_, index) => String(index + 1));
}
