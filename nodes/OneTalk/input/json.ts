/** JSON text that a user has written, with the place of its first mistake. */

import { InvalidInput } from './invalid';

/**
 * Parses JSON text. A number with more digits than JavaScript keeps becomes text with all of them.
 *
 * @returns the value, or where the text stops being JSON, e.g. `line 2, column 5 (found "}")`
 */
export function parseJson(text: string): { value: unknown } | { fault: string } {
	try {
		JSON.parse(text);
		return { value: JSON.parse(quoteLongNumbers(text)) as unknown };
	} catch {
		return { fault: placeOf(text, firstFault(text)) };
	}
}

/**
 * The value of a JSON parameter: its text parsed, or what an expression gives in its place. Undefined where it is empty.
 *
 * @param longNumbers what becomes of a number with more digits than JavaScript keeps: text with all of them, or an error,
 * where the receiver must get a number
 * @throws {InvalidInput} with the place where the text stops being JSON
 */
export function parseJsonValue(
	parameter: string,
	value: unknown,
	longNumbers: 'text' | 'refused' = 'text',
): unknown {
	if (value === null) return undefined;
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const json = parseJson(value);
	if (!('value' in json)) {
		throw new InvalidInput(
			parameter,
			`is not valid JSON at ${json.fault}: check quotes, commas and brackets there`,
		);
	}
	const longNumber = longNumbers === 'refused' ? findLongNumber(value) : undefined;
	if (longNumber !== undefined) {
		throw new InvalidInput(
			parameter,
			`has the number ${longNumber}, of which only ${MAX_DIGITS} digits would arrive: put it in quotes`,
		);
	}
	return json.value;
}

/** Max digits of which JavaScript keeps every one. */
const MAX_DIGITS = 15;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?![\d.eE])/gu;

/** Puts quotes around the numbers of valid JSON that have more digits than JavaScript keeps. */
function quoteLongNumbers(json: string): string {
	return json.replace(STRING_OR_NUMBER, (found) => (isLongNumber(found) ? `"${found}"` : found));
}

function findLongNumber(json: string): string | undefined {
	return json.match(STRING_OR_NUMBER)?.find(isLongNumber);
}

function isLongNumber(found: string): boolean {
	if (found.startsWith('"')) return false;
	const isExact = Number.isSafeInteger(Number(found)) && !found.includes('.');
	const digits = found.replace(/^-?0*\.?0*|\./gu, '');
	return !isExact && digits.length > MAX_DIGITS;
}

const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/uy;
const SPACE = /[ \t\n\r]*/uy;

/** The index of the first character that cannot stand where it stands. V8 names it in some of its messages only. */
function firstFault(text: string): number {
	let at = 0;
	const take = (pattern: RegExp) => {
		pattern.lastIndex = at;
		if (!pattern.test(text)) return false;
		at = pattern.lastIndex;
		return true;
	};
	const sign = (signs: string) => {
		take(SPACE);
		if (text[at] === undefined || !signs.includes(text[at])) return undefined;
		return text[at++];
	};
	const value = (): boolean => {
		const open = sign('{[');
		if (open === undefined) return take(STRING) || take(SCALAR);
		const close = open === '{' ? '}' : ']';
		if (sign(close)) return true;
		for (;;) {
			if (open === '{' && !(take(SPACE) && take(STRING) && sign(':'))) return false;
			if (!value()) return false;
			const next = sign(`,${close}`);
			if (next !== ',') return next === close;
			take(SPACE);
		}
	};
	if (value()) take(SPACE);
	return at;
}

function placeOf(text: string, at: number): string {
	const before = text.slice(0, at).split('\n');
	const place = `line ${before.length}, column ${before[before.length - 1].length + 1}`;
	const found = [...text.slice(at, at + 2)][0];
	return `${place} (${found === undefined ? 'the text ends there' : `found ${found === '\n' ? 'a line break' : `“${found}”`}`})`;
}
