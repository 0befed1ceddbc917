/** Reads values of a delivery. None of them needs to have its documented type. */

import { isRecord } from '../../api/text';

/** Text as it came; a number becomes text, anything else is `''`. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return Number.isFinite(value) ? String(value) : '';
}

/** An ID as it came, text or number; anything else is `''`. */
export function idOf(value: unknown): string | number {
	return typeof value === 'number' && Number.isFinite(value) ? value : textOf(value);
}

/** A number, or a Unix time in ms, also where it comes as text; anything else is null. */
export function numberOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** True or false; anything else is null. */
export function flagOf(value: unknown): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

/** Whether an ID or a text has nothing to go by. */
export function isBlank(value: string | number): boolean {
	return String(value).trim() === '';
}

/** Names that reach an object's prototype in code that copies objects carelessly. */
const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype'];

/** A copy of JSON data without names that could reach a prototype. The data is at most 32 levels deep. */
export function copyOf<T>(value: T): T {
	const copy = (part: unknown): unknown => {
		if (Array.isArray(part)) return part.map(copy);
		if (!isRecord(part)) return part;
		const safe = Object.entries(part).filter(([name]) => !UNSAFE_NAMES.includes(name));
		return Object.fromEntries(safe.map(([name, inner]) => [name, copy(inner)]));
	};
	return copy(value) as T;
}
