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

const MAX_QUOTED = 80;

/**
 * What a body is, for a sentence: its text, if it is not longer than some characters, or the message in longer JSON.
 *
 * @param max characters, 80 unless told
 */
export function describeBody(body: string, max = MAX_QUOTED): string {
	const start = excerpt(body.slice(0, max));
	if (start === '') return 'an empty body';
	if (start.startsWith('<')) return 'a web page';
	if (body.length <= max || !/^[{[]/u.test(start)) return `"${start}"`;
	const json = parsedJson(body);
	if (json === undefined) return 'broken JSON';
	const { status, message, error, detail } = isRecord(json) ? json : {};
	const text = [message, error, detail].find((one) => typeof one === 'string');
	const telling =
		text === undefined ? status !== undefined && `"status":${JSON.stringify(status)}` : `"${text}"`;
	return telling ? `JSON of another kind (${excerpt(telling).slice(0, max)})` : 'JSON of another kind';
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text without the spaces around it; `''` for anything that is not text. */
export function trimmedText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
