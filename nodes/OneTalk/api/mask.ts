/** Takes a secret out of whatever comes from outside, before anyone sees it. */

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
