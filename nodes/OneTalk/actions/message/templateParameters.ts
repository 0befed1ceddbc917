import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput, isWebAddress } from '../../input';

/** The four parts of a template that can hold variables; all four are always sent, empty if unused. */
const GROUPS = ['header', 'body', 'footer', 'buttons'] as const;

const MEDIA_TYPES = ['image', 'video', 'document'];

type Group = (typeof GROUPS)[number];
type Variables = Record<Group, Array<{ name: string; value: string }>>;

/**
 * Template variables from the node's fields: `{ header: [{ type, name, value }], body: [{ name, value }], … }`.
 *
 * @throws {InvalidInput} naming the variable that cannot be used
 */
export function fromFields(value: unknown): Variables {
	return read('templateParameters', value ?? {});
}

/**
 * Template variables from JSON, as text or as an object: each part a list of `{ name, value }`, or an object
 * `{ variable: value }`. Their order is kept.
 *
 * @throws {InvalidInput} naming the variable that cannot be used
 */
export function fromJson(value: unknown): Variables {
	return read('templateParametersJson', typeof value === 'string' ? parsed(value) : (value ?? {}));
}

function parsed(text: string): unknown {
	const json = text.trim() === '' ? {} : fromText(text);
	if (json === undefined) {
		throw new InvalidInput('templateParametersJson', 'is not valid JSON: check quotes, commas and brackets');
	}
	return json;
}

function fromText(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function read(parameter: string, value: unknown): Variables {
	if (!isRecord(value)) {
		throw new InvalidInput(parameter, `must be an object with ${GROUPS.join(', ')}`);
	}
	const stray = Object.keys(value).find((key) => !(GROUPS as readonly string[]).includes(key));
	if (stray !== undefined) {
		throw new InvalidInput(parameter, `has a part "${stray}": only ${GROUPS.join(', ')} can have variables`);
	}
	const group = (name: Group) =>
		entries(parameter, name, value[name]).map((entry) => variable(parameter, name, entry));
	return { header: group('header'), body: group('body'), footer: group('footer'), buttons: group('buttons') };
}

function entries(parameter: string, group: Group, value: unknown): unknown[] {
	if (value === undefined || value === null || value === '') return [];
	if (Array.isArray(value)) return value;
	if (isRecord(value)) {
		if (Object.keys(value).sort().join() === 'name,value') {
			throw new InvalidInput(parameter, `has one { "name", "value" } as ${group}: put it in a list, [ … ]`);
		}
		return Object.entries(value).map(([name, content]) => ({ name, value: content }));
	}
	throw new InvalidInput(parameter, `has a ${group} that is neither a list nor an object`);
}

function variable(parameter: string, group: Group, entry: unknown): { name: string; value: string } {
	if (!isRecord(entry)) {
		throw new InvalidInput(parameter, `has an entry in ${group} that is not { "name": …, "value": … }`);
	}
	const media = mediaType(parameter, group, entry);
	const name = media ?? nameOf(parameter, group, entry);
	const value = valueOf(parameter, `${group} variable "${name}"`, entry.value);
	return { name, value: media === undefined ? value : mediaUrl(parameter, media, value.trim()) };
}

/** Only a header has a type. Without one the name tells, as in the API: a file goes by the name of its type. */
function mediaType(parameter: string, group: Group, { type, name }: IDataObject): string | undefined {
	if (group !== 'header' || type === 'text') return undefined;
	if (type === undefined || type === null) return MEDIA_TYPES.find((media) => media === name);
	if (MEDIA_TYPES.includes(String(type))) return String(type);
	throw new InvalidInput(
		parameter,
		`has a header of type "${String(type)}": it must be text, ${MEDIA_TYPES.join(', ')}`,
	);
}

function nameOf(parameter: string, group: Group, { name }: IDataObject): string {
	const text = typeof name === 'string' || typeof name === 'number' ? String(name).trim() : '';
	if (text === '') throw new InvalidInput(parameter, `has a variable without a name in ${group}`);
	return text;
}

function valueOf(parameter: string, which: string, value: unknown): string {
	if (value === undefined || value === null)
		throw new InvalidInput(parameter, `has no value for the ${which}`);
	if (typeof value === 'object' || Number.isNaN(value)) {
		throw new InvalidInput(parameter, `has neither text nor a number for the ${which}`);
	}
	const text = String(value);
	if (text.replace(/[\p{Cf}\s]/gu, '') === '')
		throw new InvalidInput(parameter, `has an empty value for the ${which}`);
	return text;
}

function mediaUrl(parameter: string, media: string, value: string): string {
	if (isWebAddress(value)) return value;
	const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
	throw new InvalidInput(
		parameter,
		`has a header ${media} (${shown}) that is not a web address starting with http:// or https://`,
	);
}
