/** Text, IDs, numbers, yes/no values and web addresses, as users and expressions give them. */

import { EmptyInput, InvalidInput, shown } from './invalid';

/** Text that must not be empty; numbers become text. Spaces around it are removed. */
export function requiredText(parameter: string, value: unknown): string {
	const text = optionalText(parameter, value);
	if (text === '') throw new EmptyInput(parameter);
	return text;
}

/** Text without the spaces around it: `''` for a missing value. */
export function optionalText(parameter: string, value: unknown): string {
	return plainText(parameter, value).trim();
}

/** Text with its spaces and line breaks: `''` for a missing value. */
export function plainText(parameter: string, value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidInput(parameter, 'must be text, but the expression gives a list or an object');
}

/** An ID as OneTalk shows it. A number that has lost digits in a spreadsheet is refused. */
export function requiredId(parameter: string, value: unknown): string {
	const id = requiredText(parameter, value);
	if (
		/^\d+([.,]\d+)?e\+\d+$/iu.test(id) ||
		/^\d+[.,]0+$/u.test(id) ||
		(typeof value === 'number' && !Number.isSafeInteger(value))
	) {
		throw new InvalidInput(parameter, `(${id}) has lost digits in a spreadsheet: format the column as text`);
	}
	return id;
}

const TRUTH = new Map([
	['true', true],
	['1', true],
	['false', false],
	['0', false],
]);

/** A checkbox, or an expression in its place: true, false, 1, 0, and these as text. Undefined for a missing value. */
export function optionalBoolean(parameter: string, value: unknown): boolean | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const known = TRUTH.get(String(value).trim().toLowerCase());
	if (known === undefined) throw new InvalidInput(parameter, `(${shown(value)}) must be true or false`);
	return known;
}

/** A whole number of 1 or more, also as text. Undefined for a missing value. */
export function optionalCount(parameter: string, value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const count = typeof value === 'string' && /^\s*\d+\s*$/u.test(value) ? Number(value) : value;
	if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) {
		throw new InvalidInput(parameter, `(${shown(value)}) must be a whole number of 1 or more`);
	}
	return count;
}

/** An ID that is a number of 1 or more, as `optionalCount` takes it; 0, which such a field shows at first, is a missing value too. */
export function optionalNumberId(parameter: string, value: unknown): number | undefined {
	const isZero = value === 0 || (typeof value === 'string' && /^\s*0+\s*$/u.test(value));
	return isZero ? undefined : optionalCount(parameter, value);
}

/** A list by expression, or text with commas, semicolons or line breaks between its entries. Empty entries are left out. */
export function textList(parameter: string, value: unknown): string[] {
	const list: unknown[] = Array.isArray(value) ? value : optionalText(parameter, value).split(/[,;\n]/u);
	return list.map((one) => optionalText(parameter, one)).filter((one) => one !== '');
}

/** A web address that OneTalk can fetch, as it was written. */
export function requiredUrl(parameter: string, value: unknown): string {
	const text = requiredText(parameter, value);
	if (!isWebAddress(text)) {
		throw new InvalidInput(
			parameter,
			`(${shown(text)}) must be a web address that starts with http:// or https://`,
		);
	}
	return text;
}

/** Whether text is one address: not two of them in a cell, and no line break pasted with it. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\r\n\t]+$/iu.test(text) && !/[\s,;]https?:\/\//iu.test(text) && URL.canParse(text);
}
