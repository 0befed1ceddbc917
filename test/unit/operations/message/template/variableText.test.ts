/** The value of a variable as text. */

import { variableText } from '../../../../../nodes/OneTalk/operations/message/template/variableText';
import { refusal } from '../../../../support/refusal';

const RULES = { timezone: 'Asia/Jakarta', lineBreaks: 'collapse' as const };
const text = (value: unknown, lineBreaks: 'collapse' | 'refuse' = 'collapse') =>
	variableText('templateValues', 'body variable "a"', value, { ...RULES, lineBreaks });

it.each<[string, unknown, string]>([
	['text stays as it is', 'Budi  Santoso ', 'Budi  Santoso '],
	['emoji and right-to-left text stay', '🎉 مرحبا', '🎉 مرحبا'],
	['a number', 150000, '150000'],
	['zero', 0, '0'],
	['a negative number', -2.5, '-2.5'],
	['a number of 16 digits', 1234567890123456, '1234567890123456'],
	['a small number, without an exponent', 0.00000025, '0.00000025'],
	['what counting in binary does to a sum', 0.1 + 0.2, '0.3'],
	['true', true, 'true'],
	['false', false, 'false'],
	['a date object, in the workflow’s zone', new Date('2026-01-31T09:05:00Z'), '2026-01-31 16:05'],
	['a date object at midnight', new Date('2026-01-30T17:00:00Z'), '2026-01-31'],
	['a date as n8n hands it over', '2026-01-31T09:05:00.000+07:00', '2026-01-31 09:05'],
	['the same in UTC', '2026-01-31T02:05:00Z', '2026-01-31 09:05'],
	['a date that a person has written', '31-01-2026 09:05', '31-01-2026 09:05'],
	['a day', '2026-01-31', '2026-01-31'],
	['a line break', 'Jalan Merdeka\n12', 'Jalan Merdeka 12'],
	['a Windows line break with spaces around', 'a  \r\n  b', 'a b'],
	['several of them', 'a\n\n\nb', 'a b'],
	['a tab', 'a\tb', 'a b'],
	['line breaks of other alphabets', 'a\u2028b\u2029c\u0085d\u000be', 'a b c d e'],
	['line breaks at the ends', '\nBudi\n', 'Budi'],
	['four spaces', 'a    b', 'a    b'],
	['five spaces', 'a     b', 'a b'],
])('%s', (_sentence, value, expected) => {
	expect(text(value)).toBe(expected);
});

it.each<[string, unknown, string]>([
	['nothing', undefined, 'has no value for the body variable "a"'],
	['null', null, 'has no value for the body variable "a"'],
	['empty text', '', 'has an empty value for the body variable "a"'],
	['blank text', ' \n\t', 'has an empty value for the body variable "a"'],
	['invisible text', '\u200b', 'has an empty value for the body variable "a"'],
	['a list', ['a'], 'has neither text nor a number nor a date for the body variable "a"'],
	['an object', { a: 1 }, 'has neither text nor a number nor a date'],
	['no number', NaN, 'has neither text nor a number nor a date'],
	['a number that has lost digits', Number('12345678901234567890'), 'has lost digits (12345678901234567000)'],
	['a large number', 1e21, 'has lost digits (1e+21) for the body variable "a": give it as text'],
	['infinity', Infinity, 'has neither text nor a number nor a date'],
	['a date that does not exist', new Date(NaN), 'has neither text nor a number nor a date'],
])('%s is refused', (_sentence, value, reason) => {
	expect(refusal(() => text(value))).toEqual({
		parameter: 'templateValues',
		reason: expect.stringContaining(reason) as string,
	});
});

it.each(['a\nb', 'a\tb', 'a     b', '\na'])('%j is refused if line breaks are to be refused', (value) => {
	expect(refusal(() => text(value, 'refuse')).reason).toContain(
		'in the body variable "a", which WhatsApp rejects',
	);
});

it('a value without line breaks is accepted if line breaks are to be refused', () => {
	expect(text('a    b', 'refuse')).toBe('a    b');
});
