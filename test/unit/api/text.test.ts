import { isRecord, mask, quote, withCode } from '../../../nodes/OneTalk/api/text';

describe('quote makes text from outside safe to show', () => {
	it.each<[string, unknown, string]>([
		['plain text stays', 'Phone is required', 'Phone is required'],
		['spaces around it go', '  Phone  ', 'Phone'],
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
		expect(quote(value)).toBe(shown);
	});
});

describe('mask takes the key out of what a server sent', () => {
	it.each<[string, unknown, unknown]>([
		['from text', 'your k-123 is unknown', 'your *** is unknown'],
		['wherever it stands in it', 'k-123k-123 k-123', '****** ***'],
		['from lists and objects at any depth', { a: [{ b: 'k-123' }] }, { a: [{ b: '***' }] }],
		['from keys', { 'k-123': 1 }, { '***': 1 }],
		[
			'and leaves everything else as it is',
			{ a: null, b: 0, c: false, d: 'x' },
			{ a: null, b: 0, c: false, d: 'x' },
		],
	])('%s', (_sentence, value, masked) => {
		expect(mask(value, 'k-123')).toEqual(masked);
	});

	it('takes characters that mean something in a pattern as they are', () => {
		expect(mask('a.b axb $& a.b', 'a.b')).toBe('*** axb $& ***');
	});

	it('changes nothing where there is no key', () => {
		expect(mask({ text: 'abc' }, '')).toEqual({ text: 'abc' });
	});

	it('leaves the value itself alone', () => {
		const value = { text: 'k-123' };
		mask(value, 'k-123');
		expect(value).toEqual({ text: 'k-123' });
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
