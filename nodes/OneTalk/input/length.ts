/** The length of text, counted as people and the API count it. */

import { InvalidInput } from './invalid';

/** Characters as code points: an emoji without modifiers is one. */
export function lengthOf(text: string): number {
	return [...text].length;
}

/**
 * The text itself, if it is not too long.
 *
 * @param where the part of the parameter, for the message, e.g. `the title of button 2`
 * @throws {InvalidInput} with both figures
 */
export function atMost(parameter: string, text: string, max: number, where?: string): string {
	const length = lengthOf(text);
	if (length <= max) return text;
	throw new InvalidInput(
		parameter,
		`has ${length} characters${where === undefined ? '' : ` in ${where}`}: at most ${max} are allowed`,
	);
}
