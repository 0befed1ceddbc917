import { tryToParseDateTime } from 'n8n-workflow';

import { normalizePhone } from './phone';
import { isRecord } from '../api/mask';

/** A parameter that cannot be used as it is. The message continues the parameter's label: `Phone` + `is empty`. */
export class InvalidInput extends Error {
	constructor(
		/** The parameter's name in the node. */
		readonly parameter: string,
		/** What is wrong with it and how to mend it, without the label. */
		readonly reason: string,
		/** The next step. */
		readonly hint = reason === 'is empty'
			? 'Fill it in, or leave this row out.'
			: 'Correct it, or leave this row out.',
	) {
		super(`${parameter} ${reason}`);
	}
}

/** Text that must not be empty; numbers become text. Spaces around it are taken away. */
export function requiredText(parameter: string, value: unknown): string {
	const text = optionalText(parameter, value);
	if (text === '') throw new InvalidInput(parameter, 'is empty');
	return text;
}

/** Text or nothing: `''` for a value that is missing. */
export function optionalText(parameter: string, value: unknown): string {
	return plainText(parameter, value).trim();
}

/** Text as it was written, spaces and line breaks included: `''` for a value that is missing. */
export function plainText(parameter: string, value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidInput(parameter, 'must be text, but the expression gives a list or an object');
}

/** An ID as OneTalk shows it; as a number it must not have lost digits on its way through a spreadsheet. */
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

/** A checkbox or an expression in its place: true, false, 1, 0, and these as text. Undefined where it is missing. */
export function optionalBoolean(parameter: string, value: unknown): boolean | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const known = TRUTH.get(String(value).trim().toLowerCase());
	if (known === undefined) throw new InvalidInput(parameter, `(${shown(value)}) must be true or false`);
	return known;
}

/** A whole number of 1 or more, also as text. Undefined where it is missing. */
export function optionalCount(parameter: string, value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const count = typeof value === 'string' && /^\s*\d+\s*$/u.test(value) ? Number(value) : value;
	if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) {
		throw new InvalidInput(parameter, `(${shown(value)}) must be a whole number of 1 or more`);
	}
	return count;
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

/** One phone number in the API's form; the options may name the country code of national numbers. */
export function requiredPhone(value: unknown, options: unknown): string {
	const { defaultCountryCode = '62' } = isRecord(options) ? options : {};
	const code = optionalText('defaultCountryCode', defaultCountryCode).replace(/^(\+|00)/u, '');
	if (!/^([17]|[2-9]\d{1,2})?$/u.test(code)) {
		throw new InvalidInput('defaultCountryCode', `(${shown(code)}) must be a country code, e.g. 62`);
	}
	const result = normalizePhone(value, code);
	if ('reason' in result) throw new InvalidInput('phone', result.reason);
	return result.phone;
}

/** Below it a number is taken for seconds, above the next one for microseconds: 1973 and 5138 in milliseconds. */
const MIN_MILLISECONDS = 1e11;
const MAX_MILLISECONDS = 1e14;
/** What is smaller is not even a time in seconds of this century, but a year, a day of a spreadsheet or the like. */
const MIN_SECONDS = 1e8;

/** ISO 8601 in its long or short form, also with a space for the T: date, time, zone. */
const ISO_TIME =
	/^(\d{4})(?:-(\d\d)(?:-(\d\d))?|(\d\d)(\d\d))(?:[T ](\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?))? ?(Z|[+-]\d\d(?::?\d\d)?)?$/iu;

/**
 * A point in time as Unix ms: from Unix milliseconds (number or text), a date object, or ISO 8601 text. Text without a
 * zone is in the workflow's zone.
 */
export function requiredTime(parameter: string, value: unknown, timezone: string): number {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') throw new InvalidInput(parameter, 'is empty');
	if (typeof given === 'string' && !isoDate(given)) {
		if (/^-?\d+(\.\d+)?$/u.test(given)) return milliseconds(parameter, Number(given));
		throw notADate(parameter, given);
	}
	if (typeof given === 'number') return milliseconds(parameter, given);
	try {
		return tryToParseDateTime(isoDate(given) ?? given, timezone).toMillis();
	} catch {
		throw notADate(parameter, given);
	}
}

/** Text in the one form that n8n's parser reads without guessing; undefined if it is no ISO 8601, or no day that exists. */
function isoDate(text: unknown): string | undefined {
	const [, year, month, day, shortMonth, shortDay, time, zone] = ISO_TIME.exec(String(text)) ?? [];
	if (year === undefined) return undefined;
	const date = `${year}-${month ?? shortMonth}-${day ?? shortDay ?? '01'}`;
	const exists = new Date(`${date}T00:00:00Z`);
	if (Number.isNaN(exists.getTime()) || !exists.toISOString().startsWith(date)) return undefined;
	return time === undefined ? date : `${date}T${time}${zone?.toUpperCase() ?? ''}`;
}

function notADate(parameter: string, value: unknown): InvalidInput {
	return new InvalidInput(
		parameter,
		`(${shown(value)}) is not a date: write it like 2026-01-31 or 2026-01-31T09:00:00`,
	);
}

function milliseconds(parameter: string, time: number): number {
	if (time === 0) return 0;
	if (!Number.isSafeInteger(time) || time < 0 || time >= MAX_MILLISECONDS) {
		throw new InvalidInput(parameter, `(${time}) is not a time in Unix milliseconds`);
	}
	if (time < MIN_SECONDS) throw notADate(parameter, time);
	if (time < MIN_MILLISECONDS) {
		throw new InvalidInput(
			parameter,
			`(${time}) looks like a time in seconds: OneTalk counts in milliseconds, so multiply it by 1000`,
		);
	}
	return time;
}

function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
