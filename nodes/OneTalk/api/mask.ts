import type { IDataObject } from 'n8n-workflow';

import type { Failure } from './types';

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

/** Below this many characters a key is taken for a word when it stands in the name of a field. */
const MIN_LENGTH_IN_FIELD_NAMES = 8;

/** Takes a secret out of what came from outside. */
export type Mask = <T>(value: T) => T;

/** For what is known to hold no secret. */
export const noMask: Mask = (value) => value;

/**
 * Makes a mask that replaces the secret wherever it stands, in the forms in which servers echo it: as it is, in capitals
 * or small letters, escaped for JSON, HTML or a URL, in base64, or as a number.
 */
export function maskOf(secret: string): Mask {
	if (secret === '') return noMask;
	const anyForm = new RegExp(formsOf(secret).map(escapeForPattern).join('|'), 'giu');
	const hide = (text: string) => text.replace(anyForm, '***');
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string') return hide(part);
		if (typeof part === 'number') return String(part) === secret ? '***' : part;
		if (Array.isArray(part)) return part.map(clean);
		if (part === null || typeof part !== 'object') return part;
		const name = secret.length < MIN_LENGTH_IN_FIELD_NAMES ? noMask : hide;
		return Object.fromEntries(Object.entries(part).map(([key, inner]) => [name(key), clean(inner)]));
	};
	return (value) => clean(value) as typeof value;
}

function formsOf(secret: string): string[] {
	// A header cannot carry what was pasted invisibly with the key.
	const sent = secret.replace(/[^\x21-\x7e]/gu, '');
	const html = secret.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
	const named = secret
		.replace(/&/gu, '&amp;')
		.replace(/</gu, '&lt;')
		.replace(/>/gu, '&gt;')
		.replace(/"/gu, '&quot;');
	const forms = [
		secret,
		sent,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		encodeURIComponent(secret).replace(/%20/gu, '+'),
		html,
		named,
		Buffer.from(secret).toString('base64').replace(/=+$/u, ''),
	];
	return [...new Set(forms)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
}

function escapeForPattern(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
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
