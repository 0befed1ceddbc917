/**
 * Checks of single parameters. A parameter is missing if it is absent, null or an empty string. Every check throws a
 * `Refusal` with code 40002 and the parameter's name.
 */

import { PARAMETER_GROUPS, type TemplateParameter, type TemplateParameters } from '../../world/types.cts';
import { invalid } from './envelope.cts';

/** The parameters of a request by name: its JSON body or its query. */
export type Fields = Record<string, unknown>;

/** 1 to 20 digits that start with a country code, so not with 0. */
const PHONE = /^[1-9][0-9]{0,19}$/;

export function requiredString(fields: Fields, name: string, label: string): string {
	const value = optionalString(fields, name, label);
	if (value === undefined || value === '') throw invalid(`${label} is required`, name);
	return value;
}

/** Returns undefined if the parameter is absent or null. An empty string is returned as it is. */
export function optionalString(fields: Fields, name: string, label: string): string | undefined {
	const value = fields[name] ?? undefined;
	if (value !== undefined && typeof value !== 'string') throw invalid(`${label} is invalid`, name);
	return value;
}

/** Returns undefined if the parameter is absent or null. */
export function optionalBoolean(fields: Fields, name: string, label: string): boolean | undefined {
	const value = fields[name] ?? undefined;
	if (value !== undefined && typeof value !== 'boolean') throw invalid(`${label} is invalid`, name);
	return value;
}

/** Returns undefined if the parameter is absent or null. */
export function optionalInteger(fields: Fields, name: string, label: string): number | undefined {
	const value = fields[name] ?? undefined;
	if (value === undefined) return undefined;
	if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw invalid(`${label} is invalid`, name);
	return value;
}

/** @param max characters */
export function requiredText(fields: Fields, name: string, label: string, max: number): string {
	return withinLimit(requiredString(fields, name, label), name, label, max);
}

/**
 * Returns undefined if the parameter is absent or null. An empty string is returned as it is.
 *
 * @param max characters
 */
export function optionalText(fields: Fields, name: string, label: string, max: number): string | undefined {
	const value = optionalString(fields, name, label);
	return value === undefined ? undefined : withinLimit(value, name, label, max);
}

function withinLimit(value: string, name: string, label: string, max: number): string {
	if ([...value].length > max) throw invalid(`${label} must be 1-${max} characters long`, name);
	return value;
}

/** Returns undefined if the parameter is absent or null. An empty string is returned as it is. */
export function optionalPhone(fields: Fields): string | undefined {
	const phone = optionalString(fields, 'phone', 'Phone');
	if (phone && !PHONE.test(phone)) throw invalid('Phone must start with country code', 'phone');
	return phone;
}

export function isWebUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function requiredPhone(fields: Fields): string {
	const phone = requiredString(fields, 'phone', 'Phone');
	if (!PHONE.test(phone)) throw invalid('Phone is invalid', 'phone');
	return phone;
}

/** Returns a whole number from the query, where every value is text; undefined if it is absent. */
export function queryInteger(query: Fields, name: string, label: string): number | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	const number = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : NaN;
	if (!Number.isSafeInteger(number)) throw invalid(`${label} is invalid`, name);
	return number;
}

/** Checks a template's parameters: an object with lists of `{ name, value }`, both strings. */
export function templateParameters(parameters: unknown = {}): TemplateParameters {
	if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
		throw invalid('Parameters is invalid', 'parameters');
	}
	const given = parameters as Fields;
	const groups = PARAMETER_GROUPS.map((group) => [group, parameterGroup(given[group], group)]);
	return Object.fromEntries(groups) as TemplateParameters;
}

function parameterGroup(list: unknown, group: string): TemplateParameter[] {
	if (list === undefined || list === null) return [];
	const refusal = invalid(`Parameters ${group} is invalid`, `parameters.${group}`);
	if (!Array.isArray(list)) throw refusal;
	return list.map((item: Partial<Record<string, unknown>> | null) => {
		const { name, value } = item ?? {};
		if (typeof name !== 'string' || name === '' || typeof value !== 'string') throw refusal;
		return { name, value };
	});
}
