/** A text for a person, from a parameter of an operation. */

import { InvalidInput } from '../input/invalid';
import { faultInText, gapInText } from '../input/messageText';
import { plainText } from '../input/values';
import type { ItemContext, Parameters } from './operation';

/**
 * A text as it is written, unless it cannot be what its author meant.
 *
 * @throws {InvalidInput} for what an expression writes in place of a value that is not there
 */
export function messageText(parameter: string, parameters: Parameters, { expressions }: ItemContext): string {
	const text = plainText(parameter, parameters[parameter]);
	const expression = expressions?.textOf(parameter);
	const fault =
		faultInText(text) ??
		(expressions && expression && text !== '' ? gapInText(text, { expression, ...expressions }) : undefined);
	if (fault !== undefined) throw new InvalidInput(parameter, fault);
	return text;
}
