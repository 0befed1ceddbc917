/** Small checks and cuts for values that come from outside. */

import type { IDataObject } from 'n8n-workflow';

const MAX_EXCERPT_LENGTH = 300;

/**
 * Makes text from outside safe to show in a sentence: no control or direction characters, no line breaks,
 * at most 300 characters.
 */
export function excerpt(value: unknown): string {
	if (typeof value !== 'string') return '';
	const clean = value
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/ +/g, ' ')
		.trim();
	return clean.length > MAX_EXCERPT_LENGTH ? `${clean.slice(0, MAX_EXCERPT_LENGTH)}…` : clean;
}

/** What a body is, for a sentence: its beginning, by default at most 80 characters. */
export function describeBody(body: string, maxLength = 80): string {
	const text = excerpt(body.slice(0, maxLength));
	if (text === '') return 'an empty body';
	return text.startsWith('<') ? 'a web page' : `"${text}"`;
}

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text without the spaces around it; `''` for anything that is not text. */
export function trimmedText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
