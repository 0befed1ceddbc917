/** Points in time, from whatever form a user or an expression gives them in. */

import { tryToParseDateTime } from 'n8n-workflow';

import { EmptyInput, InvalidInput, shown } from './invalid';

/** A smaller number is no time in ms, nor is a larger one than the next: the years 1973 and 5138. */
const MIN_MILLISECONDS = 1e11;
const MAX_MILLISECONDS = 1e14;
/** A number between these is a time in seconds for certain: the years 2001 to 2286, which are January to April 1970 in ms. */
const MIN_CERTAIN_SECONDS = 1e9;
const MAX_CERTAIN_SECONDS = 1e10;
/** A smaller number is not a time in seconds either, but a year, a spreadsheet's day number or the like. */
const MIN_SECONDS = 1e8;

/** ISO 8601 in its long or short form, also with a space for the T: date, time, zone. */
const ISO_TIME =
	/^(\d{4})(?:-(\d\d)(?:-(\d\d))?|(\d\d)(\d\d))(?:[T ](\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?))? ?(Z|[+-]\d\d(?::?\d\d)?)?$/iu;

/**
 * A point in time as Unix ms: from Unix milliseconds or seconds (number or text), a date object, or ISO 8601 text. Text
 * without a zone is in the workflow's zone.
 *
 * @param emptyHint the next step where there is no value, if it is another one than usual
 */
export function requiredTime(
	parameter: string,
	value: unknown,
	timezone: string,
	emptyHint?: string,
): number {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '')
		throw new EmptyInput(parameter, 'is empty', emptyHint);
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
	if (time >= MIN_CERTAIN_SECONDS && time < MAX_CERTAIN_SECONDS) return time * 1000;
	if (time < MIN_MILLISECONDS) {
		throw new InvalidInput(
			parameter,
			`(${time}) looks like a time in seconds: OneTalk counts in milliseconds, so multiply it by 1000`,
		);
	}
	return time;
}
