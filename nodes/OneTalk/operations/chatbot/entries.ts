/** Lists of small objects, such as buttons and rows, from n8n's fields or from JSON. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput, shown } from '../../input/invalid';
import { parseJsonValue } from '../../input/json';
import { optionalText } from '../../input/values';

/** Entries, with the parameter that they came from. */
export interface Entries {
	parameter: string;
	list: IDataObject[];
}

/** The two ways to give a list, by the parameter that chooses between them. */
interface Source {
	/** The name of the parameter with the mode: `fields` or `json`. */
	mode: string;
	/** The names of the fixed collection and of its only group. */
	fields: string;
	group: string;
	/** The name of the parameter with JSON. */
	json: string;
	/** An entry as a person writes it, e.g. `{ "id", "title" }`. */
	form: string;
}

/** @throws {InvalidInput} naming the parameter, and the first entry that is no object */
export function entriesOf(parameters: IDataObject | Record<string, unknown>, source: Source): Entries {
	const mode = parameters[source.mode] ?? 'fields';
	if (mode !== 'fields' && mode !== 'json')
		throw new InvalidInput(source.mode, `(${shown(mode)}) must be fields or json`);
	const parameter = mode === 'json' ? source.json : source.fields;
	const given = parameters[parameter];
	const list =
		mode === 'json' ? parseJsonValue(parameter, given) : isRecord(given) ? given[source.group] : [];
	if (!Array.isArray(list ?? []))
		throw new InvalidInput(parameter, `must be a list of ${source.form}, in [ … ]`);
	const entries = (list ?? []) as unknown[];
	const stray = entries.findIndex((entry) => !isRecord(entry));
	if (stray >= 0)
		throw new InvalidInput(parameter, `has an entry that is not ${source.form}: ${shown(entries[stray])}`);
	return { parameter, list: entries as IDataObject[] };
}

/** @throws {InvalidInput} for an entry with a key that has no meaning, since it may be a typing error */
export function refuseOtherKeys(parameter: string, where: string, entry: IDataObject, keys: string[]): void {
	const stray = Object.keys(entry).find((key) => !keys.includes(key));
	if (stray !== undefined)
		throw new InvalidInput(
			parameter,
			`has "${shown(stray)}" in ${where}: only ${keys.join(', ')} can be given`,
		);
}

/** Text of one field of an entry. */
export function entryText(parameter: string, where: string, value: unknown): string {
	if (typeof value === 'object' && value !== null)
		throw new InvalidInput(parameter, `has a list or an object as ${where}: it must be text`);
	return optionalText(parameter, value);
}

/** @throws {InvalidInput} naming the first value that is there twice */
export function refuseTwice(parameter: string, what: string, values: string[]): void {
	const twice = values.find((value, index) => values.indexOf(value) < index);
	if (twice !== undefined)
		throw new InvalidInput(parameter, `has the ${what} "${shown(twice)}" twice: each must be different`);
}
