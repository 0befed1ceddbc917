/** Filters that compare a field of a delivery with a list of values. */

import { textList } from '../../input/values';
import { isBlank } from './values';

/**
 * Whether a value is in the list. True for an empty list and for a value that the delivery does not have. Both sides are compared as
 * text, whatever their capitals.
 *
 * @param list a list, or text with commas or line breaks between its entries
 * @throws {InvalidInput} with the parameter's name if the list cannot be used
 */
export function isListed(parameter: string, list: unknown, value: unknown): boolean {
	const wanted = textList(parameter, list).map((one) => one.toLowerCase());
	if (wanted.length === 0 || (typeof value !== 'string' && typeof value !== 'number') || isBlank(value))
		return true;
	return wanted.includes(String(value).trim().toLowerCase());
}
