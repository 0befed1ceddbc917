/** Phone numbers as people type them, and as the API expects them. */

import { normalizePhone } from '../../../nodes/OneTalk/input/phone';

describe('accepted phone numbers, with 62 as the default country code', () => {
	it.each<[string, unknown, string]>([
		['a number in the form that the API expects is not changed', '6281212345678', '6281212345678'],
		['a leading plus is removed', '+6281212345678', '6281212345678'],
		['a leading 00 is removed', '006281212345678', '6281212345678'],
		['a national number gets the country code', '081212345678', '6281212345678'],
		['a national landline gets the country code', '(021) 555-1234', '62215551234'],
		['spaces are removed', ' 62 812 1234 5678 ', '6281212345678'],
		['dashes are removed', '0812-1234-5678', '6281212345678'],
		['dots are removed', '+62.812.1234.5678', '6281212345678'],
		['round and square brackets are removed', '(0812) [1234] 5678', '6281212345678'],
		['no-break and ideographic spaces are removed', '0812\u00a01234\u30005678', '6281212345678'],
		['typographic dashes and the minus sign are removed', '0812\u20111234\u20135678\u2212', '6281212345678'],
		['middle dots and bullets are removed', '0812·1234•5678', '6281212345678'],
		['full-width digits and plus become ASCII', '＋６２８１２１２３４５６７８', '6281212345678'],
		['Arabic-Indic digits become ASCII digits', '٠٨١٢١٢٣٤٥٦٧٨', '6281212345678'],
		['Devanagari digits become ASCII digits', '०८१२१२३४५६७८', '6281212345678'],
		['mathematical bold digits become ASCII digits', '𝟔𝟐𝟖𝟏𝟐𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', '6281212345678'],
		[
			'invisible direction marks of a contact card are removed',
			'\u202a+62 812-1234-5678\u202c',
			'6281212345678',
		],
		['a soft hyphen and a zero-width space are removed', '0812\u00ad1234\u200b5678', '6281212345678'],
		['surrounding line breaks are removed', '\r\n081212345678\n', '6281212345678'],
		['the apostrophe of a text cell is removed', "'081212345678", '6281212345678'],
		['the typographic apostrophe of a text cell is removed', '’081212345678', '6281212345678'],
		['a superfluous zero after 62 is removed', '62 0812 1234 5678', '6281212345678'],
		['a superfluous zero after +62 is removed', '+620812 1234 5678', '6281212345678'],
		['a superfluous zero after 0062 is removed', '0062 0812 1234 5678', '6281212345678'],
		['a bracketed zero after +62 is removed', '+62 (0)812 1234 5678', '6281212345678'],
		['a number cell works', 6281212345678, '6281212345678'],
		['a foreign number with plus is only cleaned', '+1 (212) 555-0123', '12125550123'],
		['a foreign number with 00 is only cleaned', '0044 20 7946 0958', '442079460958'],
		['a foreign number without plus or 00 is only cleaned', '6581234567', '6581234567'],
		['a foreign number keeps its inner zeros', '+39 06 1234 5678', '390612345678'],
		['a plus marks a number that starts with 8 as foreign', '+81 90 1234 5678', '819012345678'],
		['the shortest number has 8 digits', '+29012345', '29012345'],
		['the longest number has 15 digits', '+628121234567890', '628121234567890'],
	])('%s', (_sentence, input, phone) => {
		expect(normalizePhone(input, '62')).toEqual({ phone });
	});
});

describe('refused phone numbers, with 62 as the default country code', () => {
	it.each<[string, unknown, string]>([
		['nothing', undefined, 'is empty'],
		['null', null, 'is empty'],
		['empty text', '', 'is empty'],
		['only spaces', ' \u00a0 ', 'is empty'],
		['a list', ['081212345678'], 'one phone number'],
		['an object', { phone: '081212345678' }, 'one phone number'],
		['a checkbox', true, 'one phone number'],
		['a number with a fraction', 81212345678.5, 'not a whole number'],
		['not a number', NaN, 'not a whole number'],
		['a negative number', -6281212345678, 'not a whole number'],
		['a number cell too large to be exact', 1e21, 'not a whole number'],
		['a number that a spreadsheet has changed', '8.12E+11', 'lost digits in a spreadsheet'],
		['the same with a decimal comma', '6,28121E+12', 'lost digits in a spreadsheet'],
		['the same in full precision', '6.281212345678E+12', 'lost digits in a spreadsheet'],
		['a number that was exported with decimals', '6281212345678.0', 'decimal number'],
		['a number exported with many decimals', '6281212345678.000', 'decimal number'],
		['the country code twice', '626281212345678', 'country code 62 twice'],
		['the country code twice, with plus', '+62 62 812 1234 5678', 'country code 62 twice'],
		['raised digits', '0812 1234 567⁸', 'special digits'],
		['a number exported with a decimal comma', '6281212345678,00', 'decimal number'],
		['letters', 'call me', 'do not belong'],
		['a letter in place of a zero', 'O81212345678', 'do not belong'],
		['a name after the number', '081212345678 (Budi)', 'do not belong'],
		['an extension', '0215551234 ext 2', 'do not belong'],
		['a link', 'tel:+6281212345678', 'do not belong'],
		['two plus signs', '++6281212345678', 'do not belong'],
		['a plus alone', '+', 'do not belong'],
		['quotation marks', '"081212345678"', 'do not belong'],
		['circled digits', '⓪⑧①②①②③④⑤⑥⑦⑧', 'special digits'],
		['raised digits', '0812123456⁷⁸', 'special digits'],
		['two numbers with a comma', '081212345678, 081312345678', 'more than one number'],
		['two numbers with a slash', '081212345678/081312345678', 'more than one number'],
		['two numbers with a semicolon', '081212345678;081312345678', 'more than one number'],
		['two numbers on two lines', '081212345678\n081312345678', 'more than one number'],
		['two numbers, the second with a plus', '081212345678 +6281312345678', 'more than one number'],
		['two numbers with a space', '081212345678 081312345678', 'more than one number'],
		['an Indonesian number without its leading zero, as text', '81212345678', 'lost its first 0'],
		['an Indonesian number without its leading zero, as a number', 81212345678, 'lost its first 0'],
		['a zero before the country code', '06281212345678', 'leave out the 0'],
		['a zero after the plus', '+081212345678', 'no country code after + or 00'],
		['only 00', '00', 'no country code after + or 00'],
		['two zeros after the country code', '62 00812 1234 5678', 'too many zeros'],
		['a bracketed zero in a foreign number', '+44 (0)20 7946 0958', '"(0)"'],
		['7 digits', '+2901234', 'at least 8 digits'],
		['a national number that is too short', '081212', 'at least 8 digits'],
		['16 digits', '+6281212345678901', 'at most 15 digits'],
	])('%s', (_sentence, input, reason) => {
		expect(normalizePhone(input, '62')).toEqual({ reason: expect.stringContaining(reason) as string });
	});
});

describe('other default country codes', () => {
	it.each<[string, string, string, object]>([
		['a national number gets the chosen country code', '07911 123456', '44', { phone: '447911123456' }],
		[
			'a superfluous zero after the chosen country code is removed',
			'+44 (0)7911 123456',
			'44',
			{ phone: '447911123456' },
		],
		[
			'Indonesian numbers are then foreign, and not changed',
			'+62 812 1234 5678',
			'44',
			{ phone: '6281212345678' },
		],
		['a three-digit code works', '0803 123 4567', '234', { phone: '2348031234567' }],
		['without a code, full numbers are cleaned', '+62 812-1234-5678', '', { phone: '6281212345678' }],
	])('%s', (_sentence, input, code, result) => {
		expect(normalizePhone(input, code)).toEqual(result);
	});

	it('without a default country code, a national number is refused, and the error names the option', () => {
		const result = normalizePhone('081212345678', '');
		expect(result).toEqual({ reason: expect.stringContaining('"Default Country Code"') as string });
	});
});

it('shows at most 40 characters of the wrong value', () => {
	const result = normalizePhone('x'.repeat(5000), '62');
	expect('reason' in result && result.reason.length).toBeLessThan(120);
});

describe('country codes whose numbers keep their leading 0', () => {
	it.each<[string, unknown, string]>([
		['a national number', '06 1234 5678', '390612345678'],
		['an international number', '+39 06 1234 5678', '390612345678'],
	])('%s', (_sentence, input, phone) => {
		expect(normalizePhone(input, '39')).toEqual({ phone });
	});
});
