/** Phone numbers as people write them. */

/** Country code of a number that is written with a leading 0. */
const COUNTRY_CODE = '62';
const SEPARATORS = /[\s().\-\u2010-\u2015/]/g;

/**
 * Returns OneTalk's own form of a number: the country code and the number, digits only. Numbers that are digits only
 * and do not start with 0 are returned as they are.
 *
 * @throws {Error} if the text is not a phone number
 */
export function parsePhone(text: string): string {
	if (/^[1-9][0-9]{0,19}$/.test(text)) return text;
	const compact = text.replace(SEPARATORS, '').replace(/^00/, '+');
	const digits = compact.startsWith('+') ? compact.slice(1) : compact.replace(/^0/, COUNTRY_CODE);
	if (!/^[1-9][0-9]{6,19}$/.test(digits))
		throw new Error(
			`"${text}" is not a phone number. Write its country code and number, such as 6281212345678`,
		);
	return digits;
}
