/** JSON from outside, with a limit to how deep it is. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';

/** The max number of objects and lists inside one another. The documented deliveries have 5. */
const MAX_DEPTH = 32;

/** The JSON object in a text; undefined if the text is none, or is more than 32 levels deep. */
export function parseObject(text: string): IDataObject | undefined {
	try {
		const value = JSON.parse(text) as unknown;
		return isRecord(value) && isAtMost(MAX_DEPTH, value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isAtMost(levels: number, value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return levels > 0 && Object.values(value).every((inner) => isAtMost(levels - 1, inner));
}
