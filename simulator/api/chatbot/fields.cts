/** Checks of single fields of a request to the chatbot endpoint. Every check throws a `PlainRefusal` with HTTP 400. */

import { isWebUrl } from '../integration/checks.cts';
import { badRequest } from './refusal.cts';

export type Fields = Record<string, unknown>;

/** Returns an object; the label names it in the refusal. */
export function requiredObject(value: unknown, label: string): Fields {
	if (value === undefined || value === null) throw badRequest(`${label} is required`);
	if (typeof value !== 'object' || Array.isArray(value)) throw badRequest(`${label} is invalid`);
	return value as Fields;
}

/** Returns an empty object if the value is absent or null. */
export function optionalObject(value: unknown, label: string): Fields {
	return requiredObject(value ?? {}, label);
}

export function requiredList(value: unknown, label: string): unknown[] {
	if (value === undefined || value === null) throw badRequest(`${label} is required`);
	if (!Array.isArray(value)) throw badRequest(`${label} is invalid`);
	if (value.length === 0) throw badRequest(`${label} is required`);
	return value;
}

/** @param max characters */
export function requiredText(value: unknown, label: string, max = Infinity): string {
	const text = optionalText(value, label, max);
	if (text === undefined || text.trim() === '') throw badRequest(`${label} is required`);
	return text;
}

/**
 * Returns undefined if the value is absent or null. An empty string is returned as it is.
 *
 * @param max characters
 */
export function optionalText(value: unknown, label: string, max = Infinity): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw badRequest(`${label} is invalid`);
	if ([...value].length > max) throw badRequest(`${label} must not be longer than ${max} characters`);
	return value;
}

export function requiredUrl(value: unknown, label: string): string {
	const url = requiredText(value, label);
	if (!isWebUrl(url)) throw badRequest(`${label} is invalid`);
	return url;
}

/** Returns undefined if the value is absent or null. */
export function optionalBoolean(value: unknown, label: string): boolean | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'boolean') throw badRequest(`${label} is invalid`);
	return value;
}

/** Returns one of the choices. */
export function choice<T extends string>(value: unknown, choices: readonly T[], label: string): T {
	const text = requiredText(value, label);
	const found = choices.find((one) => one === text);
	if (found === undefined) throw badRequest(`${label} is invalid`);
	return found;
}

/** @throws {PlainRefusal} if a text is there twice */
export function checkUnique(texts: string[], label: string): void {
	if (new Set(texts).size !== texts.length) throw badRequest(`${label} must be unique`);
}
