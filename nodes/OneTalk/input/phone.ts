/** Phone numbers, from the forms in which people write them to the form that the API takes. */

import { excerpt, isRecord } from '../api/text';
import { EmptyInput, InvalidInput, shown } from './invalid';
import { optionalText } from './values';

/** A phone number as the API wants it (digits with country code, no plus), or why there is none. */
export type PhoneResult = { phone: string } | { reason: string };

/** E.164: at most 15 digits with the country code; the shortest in use have 8. */
const MIN_DIGITS = 8;
const MAX_DIGITS = 15;

/** What people and programs put between digits: spaces, dashes, dots and brackets of every script, invisible marks. */
const SEPARATORS = /[\p{Zs}\p{Pd}\p{Cf}\u2212.·‧∙•()[\]]/gu;
const SPOILED_BY_SPREADSHEET = /^\+?\d+([.,]\d+)?e[+-]?\d+$/iu;
const DECIMAL_NUMBER = /^\+?\d{6,}[.,](\d{1,2}|0+)$/u;
const SEVERAL_NUMBERS = /[,;/|&\n\r\t]|\d\s*\+|\d{7,}\s+\d{7,}/u;

/**
 * Brings a phone number from a spreadsheet, a form or a CRM into the API's form. Removes separators, and completes a
 * national number (`0812…`) with the default country code. Never invents a digit, never changes a foreign number, and
 * refuses a number that can be read in two ways.
 *
 * @param defaultCountryCode digits, e.g. `62`; empty = never complete a national number
 */
export function normalizePhone(input: unknown, defaultCountryCode: string): PhoneResult {
	if (input === undefined || input === null || input === '') return { reason: 'is empty' };
	if (typeof input === 'number') {
		if (!Number.isSafeInteger(input) || input <= 0) return { reason: `(${input}) is not a whole number` };
	} else if (typeof input !== 'string') {
		return { reason: 'must be one phone number, as text or as a number' };
	}

	const text = toAsciiDigits(String(input)).trim().replace(/[,;]$/u, '');
	if (text === '') return { reason: 'is empty' };
	const quoted = `(${excerpt(text).slice(0, 40)})`;
	if (/\p{No}/u.test(String(input))) {
		return { reason: `${quoted} has raised, circled or other special digits: write plain ones` };
	}
	if (SPOILED_BY_SPREADSHEET.test(text)) {
		return {
			reason: `${quoted} has lost digits in a spreadsheet: format the column as text and enter the number again`,
		};
	}
	if (DECIMAL_NUMBER.test(text)) {
		return { reason: `${quoted} is a decimal number: format the column as text` };
	}
	if (SEVERAL_NUMBERS.test(text))
		return { reason: `${quoted} holds more than one number: use one row for each` };

	const bare = text.replace(/^['’]/u, '').replace(SEPARATORS, '');
	if (!/^\+?\d+$/u.test(bare))
		return { reason: `${quoted} has characters that do not belong in a phone number` };

	const result = internationalDigits(bare, text, defaultCountryCode);
	if ('reason' in result) return { reason: `${quoted} ${result.reason}` };
	const { length } = result.phone;
	if (length < MIN_DIGITS)
		return { reason: `${quoted} is too short: a number has at least ${MIN_DIGITS} digits` };
	if (length > MAX_DIGITS) {
		return {
			reason: `${quoted} is too long: a number has at most ${MAX_DIGITS} digits. Is it more than one number?`,
		};
	}
	return result;
}

/**
 * One phone number in the API's form; the options may name the country code of national numbers.
 *
 * @param parameter that holds the number, for messages
 */
export function requiredPhone(value: unknown, options: unknown, parameter = 'phone'): string {
	const { defaultCountryCode = '62' } = isRecord(options) ? options : {};
	const code = optionalText('defaultCountryCode', defaultCountryCode).replace(/^(\+|00)/u, '');
	if (!/^([17]|[2-9]\d{1,2})?$/u.test(code)) {
		throw new InvalidInput('defaultCountryCode', `(${shown(code)}) must be a country code, e.g. 62`);
	}
	const result = normalizePhone(value, code);
	if ('phone' in result) return result.phone;
	throw result.reason === 'is empty' ? new EmptyInput(parameter) : new InvalidInput(parameter, result.reason);
}

/** Tells from `+…`, `00…`, `0…` and plain digits whether there is a country code. */
function internationalDigits(bare: string, text: string, code: string): PhoneResult {
	const marked = /^(\+|00)(.*)$/u.exec(bare);
	if (marked) return afterCountryCode(marked[2], text, code);
	if (bare.startsWith('0')) return national(bare.slice(1), code);
	if (code === '62' && /^8\d{7,11}$/u.test(bare)) {
		return {
			reason:
				'can be an Indonesian number that lost its first 0, or a foreign one: write it with 62 or 0 in front, or with + and its country code',
		};
	}
	return afterCountryCode(bare, text, code);
}

/** Countries whose national numbers keep their 0 behind the country code (ITU national numbering plans). */
const KEEP_ZERO = new Set(['39', '225', '229', '242', '378']);

/** Digits that begin with a country code; `62 0812…` and `+62 (0)812…` have a 0 too many, of the default country only. */
function afterCountryCode(digits: string, text: string, code: string): PhoneResult {
	if (digits.startsWith('0') || digits === '') return { reason: 'has no country code after + or 00' };
	if (code !== '' && digits.startsWith(code + code) && digits.length >= 13) {
		return { reason: `has the country code ${code} twice` };
	}
	if (code !== '' && digits.startsWith(`${code}0`) && !KEEP_ZERO.has(code)) {
		const rest = digits.slice(code.length + 1);
		return rest.startsWith('0')
			? { reason: 'has too many zeros after the country code' }
			: { phone: code + rest };
	}
	if (/\(\s*0\s*\)/u.test(text))
		return { reason: 'has a "(0)": leave it out, with the country code in front' };
	return { phone: digits };
}

function national(rest: string, code: string): PhoneResult {
	if (code === '') {
		return { reason: 'has no country code: write it in full, or set "Default Country Code" in the options' };
	}
	if (rest.startsWith(code) && rest.length >= 11) {
		return { reason: `starts with 0 and then ${code}: leave out the 0 if ${code} is the country code` };
	}
	return { phone: code + (KEEP_ZERO.has(code) ? `0${rest}` : rest) };
}

/** Full-width, mathematical and other scripts' digits and signs as plain ones. */
function toAsciiDigits(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Nd}/gu, (digit) => (digit <= '9' ? digit : String(digitValue(digit.codePointAt(0) ?? 0))));
}

/** Unicode keeps a script's ten digits in order, and (after NFKC) no two scripts' digits side by side. */
function digitValue(codePoint: number): number {
	let zero = codePoint;
	while (codePoint - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return codePoint - zero;
}
