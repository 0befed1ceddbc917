/** A request as a text that people can read at a glance, for a dry run. */

import { isRecord } from '../api/text';
import type { OneTalkRequest } from '../api/types';

/** The request with one line for each value, e.g. `phone: 6281212345678`. */
export function requestText({ method, path, body }: OneTalkRequest): string {
	return [`${method} ${path}`, ...linesOf('', body)].join('\n');
}

/** An entry of a list goes by its name, where it has one: `parameters body order_id: 1001`. */
function linesOf(label: string, value: unknown): string[] {
	const within = (name: string, inner: unknown) => linesOf(label === '' ? name : `${label} ${name}`, inner);
	if (Array.isArray(value)) {
		return value.flatMap((entry: unknown, index) =>
			isRecord(entry) && typeof entry.name === 'string' && 'value' in entry
				? within(entry.name, entry.value)
				: within(String(index + 1), entry),
		);
	}
	if (isRecord(value)) return Object.entries(value).flatMap(([name, inner]) => within(name, inner));
	return value === undefined ? [] : [`${label}: ${String(value)}`];
}
