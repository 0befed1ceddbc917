/** External text is made safe to show, and the API key is masked in it. */

import { maskOf } from '../../../nodes/OneTalk/api/mask';
import { isRecord, excerpt } from '../../../nodes/OneTalk/api/text';
import { withCode } from '../../../nodes/OneTalk/api/withCode';

describe('quote() makes external text safe to show', () => {
	it.each<[string, unknown, string]>([
		['plain text stays', 'Phone is required', 'Phone is required'],
		['surrounding spaces are removed', '  Phone  ', 'Phone'],
		['line breaks and tabs become a space', 'a\r\n\tb', 'a b'],
		['line and paragraph separators become a space', 'a\u2028b\u2029c', 'a b c'],
		['control characters become a space', 'a\u0000\u001b[31mb', 'a [31mb'],
		['direction and invisible characters become a space', 'a\u202eb\u200bc', 'a b c'],
		['300 characters are shown', 'x'.repeat(300), 'x'.repeat(300)],
		['more are cut, and one sees it', 'x'.repeat(301), `${'x'.repeat(300)}…`],
		['a number is no text', 5, ''],
		['nothing is no text', undefined, ''],
		['an object is no text', { message: 'a' }, ''],
	])('%s', (_sentence, value, shown) => {
		expect(excerpt(value)).toBe(shown);
	});
});

describe('mask() removes the key from what a server sent', () => {
	it.each<[string, unknown, unknown]>([
		['from text', 'your k-12345678 is unknown', 'your *** is unknown'],
		['wherever it stands in it', 'k-12345678k-12345678 k-12345678', '****** ***'],
		['from lists and objects at any depth', { a: [{ b: 'k-12345678' }] }, { a: [{ b: '***' }] }],
		['from keys', { 'k-12345678': 1 }, { '***': 1 }],
		[
			'and leaves everything else as it is',
			{ a: null, b: 0, c: false, d: 'x' },
			{ a: null, b: 0, c: false, d: 'x' },
		],
	])('%s', (_sentence, value, masked) => {
		expect(maskOf('k-12345678')(value)).toEqual(masked);
	});

	it('special characters of regular expressions are taken literally', () => {
		expect(maskOf('a.b')('a.b axb $& a.b')).toBe('*** axb $& ***');
	});

	it('changes nothing if there is no key', () => {
		expect(maskOf('')({ text: 'abc' })).toEqual({ text: 'abc' });
	});

	it('does not modify the original value', () => {
		const value = { text: 'k-12345678' };
		maskOf('k-12345678')(value);
		expect(value).toEqual({ text: 'k-12345678' });
	});
});

describe('withCode', () => {
	const failure = { kind: 'refused', message: 'Phone is required', hint: '' } as const;

	it.each<[string, object, string[], string]>([
		['adds the code of an answer', { code: '40002', httpStatus: 200 }, [], 'Phone is required (code 40002)'],
		[
			'adds other marks behind it',
			{ code: '40002', httpStatus: 200 },
			['parameter "Phone"'],
			'Phone is required (code 40002, parameter "Phone")',
		],
		['adds marks without a code', {}, ['parameter "Phone"'], 'Phone is required (parameter "Phone")'],
		[
			'leaves a socket code out, which n8n would turn into its own text',
			{ code: 'ECONNRESET' },
			[],
			'Phone is required',
		],
		[
			'does not repeat a code that stands in the message',
			{ message: 'HTTP 500', code: 'HTTP 500', httpStatus: 500 },
			[],
			'HTTP 500',
		],
	])('%s', (_sentence, parts, marks, text) => {
		expect(withCode({ ...failure, ...parts }, ...marks)).toBe(text);
	});
});

it.each<[unknown, boolean]>([
	[{}, true],
	[{ a: 1 }, true],
	[[], false],
	[null, false],
	['text', false],
	[undefined, false],
])('isRecord(%j) is %s', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});

it.each<[string, string, string]>([
	['in capitals', 'abcdef0123456789', 'ABCDEF0123456789'],
	['in a URL', 'a+b/c=d&e', 'a%2Bb%2Fc%3Dd%26e'],
	['in HTML', 'a&b<c>d"e', 'a&amp;b&lt;c&gt;d&quot;e'],
	['in base64', 'abcdef0123456789', 'YWJjZGVmMDEyMzQ1Njc4OQ=='],
	['in JSON', 'a"b\\c-def', 'a\\"b\\\\c-def'],
])('masks a key that a server echoes %s', (_form, secret, echo) => {
	expect(maskOf(secret)(`key ${echo} is unknown`)).toMatch(/^key \*\*\*=* is unknown$/);
});

it('masks a numeric key that comes back as a number', () => {
	expect(maskOf('1234567890')({ key: 1234567890, count: 5 })).toEqual({ key: '***', count: 5 });
});
