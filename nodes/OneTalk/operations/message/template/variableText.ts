/** The value of a template's variable as text. */

import { tryToParseDateTime } from 'n8n-workflow';

import { EmptyInput, InvalidInput } from '../../../input/invalid';
import { faultInText } from '../../../input/messageText';

/** How the value of a variable becomes text. */
export interface TextRules {
	/** The zone in which dates are written, e.g. `Asia/Jakarta`. */
	timezone: string;
	/** What to do where WhatsApp would reject the spaces of a value. */
	lineBreaks: 'collapse' | 'refuse';
	/** The next step for a variable without a value, where it is another one than usual. */
	missingHint?: string;
}

/** What n8n makes of a date object: ISO 8601 with time and zone. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u;

/** Line breaks and tabs of all kinds, with the spaces around them. */
const BREAKS = /[^\S\t-\r\x85\u2028\u2029]*[\t-\r\x85\u2028\u2029][\s\x85]*/gu;
const MANY_SPACES = / {5,}/gu;

/**
 * The value of a template's variable as text: numbers in digits, never with an exponent; true and false; dates as
 * `2026-01-31 09:00`, at midnight `2026-01-31`. Where a value has line breaks, tabs or more than four spaces in a row,
 * they become one space or are refused: WhatsApp takes none of them in a parameter (its error 132018, "Param text cannot
 * have new-line/tab characters or more than 4 consecutive spaces").
 *
 * @param which the variable, for messages, e.g. `body variable "name"`
 * @param path where the value stands in the node's parameters, if it is known
 * @throws {InvalidInput} naming the variable
 */
export function variableText(
	parameter: string,
	which: string,
	value: unknown,
	rules: TextRules,
	path?: string[],
): string {
	if (value === undefined || value === null)
		throw new EmptyInput(parameter, `has no value for the ${which}`, rules.missingHint, path);
	if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new InvalidInput(
			parameter,
			`has a number that has lost digits (${value}) for the ${which}: give it as text`,
		);
	}
	const text = plain(value, rules.timezone);
	if (text === undefined)
		throw new InvalidInput(parameter, `has neither text nor a number nor a date for the ${which}`);
	if (text.replace(/[\p{Cf}\s]/gu, '') === '')
		throw new EmptyInput(parameter, `has an empty value for the ${which}`, undefined, path);
	const fault = faultInText(text);
	if (fault !== undefined) throw new InvalidInput(parameter, `has a ${which} that ${fault}`);
	const collapsed = text.replace(BREAKS, ' ').replace(MANY_SPACES, ' ');
	if (collapsed === text) return text;
	if (rules.lineBreaks === 'collapse') return collapsed.trim();
	throw new InvalidInput(
		parameter,
		`has a line break, a tab or more than four spaces in a row in the ${which}, which WhatsApp rejects`,
	);
}

/** Undefined for a value that has no readable form. */
function plain(value: unknown, timezone: string): string | undefined {
	switch (typeof value) {
		case 'string':
			return TIMESTAMP.test(value) ? dateText(value, timezone) : value;
		case 'number':
			return Number.isFinite(value) ? digits(value) : undefined;
		case 'boolean':
		case 'bigint':
			return String(value);
		case 'object':
			return Array.isArray(value) || !('toISOString' in value! || 'toISO' in value!)
				? undefined
				: dateText(value, timezone);
		default:
			return undefined;
	}
}

/** 15 digits, as a spreadsheet shows them: they hide the rounding error of 0.1 + 0.2. */
function digits(number: number): string {
	if (Number.isInteger(number)) return BigInt(number).toString();
	const format = { useGrouping: false, maximumSignificantDigits: 15 };
	return number.toLocaleString('en-US', format);
}

function dateText(value: unknown, timezone: string): string | undefined {
	try {
		const at = tryToParseDateTime(value, timezone).setZone(timezone);
		return at.toFormat(at.toMillis() === at.startOf('day').toMillis() ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm');
	} catch {
		return undefined;
	}
}
