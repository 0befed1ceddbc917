/** The label of what an answer or a check objects to. */

import { labelIn } from '../input/labels';
import type { Operation } from './operation';

/** The label that the user sees for a parameter, or for the API's name of it; undefined where there is none. */
export function labelOf({ properties, apiNames }: Operation, field: string): string | undefined {
	// Own names only, since what is looked up comes from outside.
	const names = Object.hasOwn(apiNames, field) ? apiNames[field] : [field];
	return labelIn(properties, ...names);
}
