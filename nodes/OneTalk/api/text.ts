import type { IDataObject } from 'n8n-workflow';

import type { Failure } from './types';

const LONGEST_QUOTE = 300;

/**
 * Makes text from outside safe to show in a sentence: no control or direction characters, no line breaks,
 * at most 300 characters.
 */
export function quote(value: unknown): string {
	if (typeof value !== 'string') return '';
	const clean = value
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/ +/g, ' ')
		.trim();
	return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE)}…` : clean;
}

/** Replaces the secret wherever it stands in a value that came from outside, in keys too, and in the forms it travels in. */
export function mask<T>(value: T, secret: string): T {
	if (secret === '') return value;
	// A header cannot carry what was pasted invisibly with the key, and JSON text escapes some characters.
	const forms = new Set([secret, JSON.stringify(secret).slice(1, -1), secret.replace(/[^\x21-\x7e]/gu, '')]);
	forms.delete('');
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string')
			return [...forms].reduce((text, form) => text.split(form).join('***'), part);
		if (Array.isArray(part)) return part.map(clean);
		if (part !== null && typeof part === 'object') {
			return Object.fromEntries(Object.entries(part).map(([key, inner]) => [clean(key), clean(inner)]));
		}
		return part;
	};
	return clean(value) as T;
}

/** What happened, with OneTalk's code. A socket code is left out: n8n would replace the sentence by one of its own. */
export function withCode({ message, code, httpStatus }: Failure, ...marks: string[]): string {
	const shown =
		httpStatus !== undefined && code !== undefined && !message.includes(code) ? [`code ${code}`] : [];
	const all = [...shown, ...marks];
	return all.length === 0 ? message : `${message} (${all.join(', ')})`;
}

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
