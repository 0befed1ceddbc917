/** The simulator's API keys: their defaults, their format, and how they are masked in everything that is shown. */

export const DEFAULT_KEY = 'simulator-key';
export const DEFAULT_KEY_WITHOUT_TIER = 'simulator-key-without-tier';

/** A key in this format is either valid or unknown; any other text is malformed. */
export const KEY_FORMAT = /^[A-Za-z0-9_-]{8,128}$/;

/** @throws {Error} if the simulator cannot use the text as an API key */
export function checkKeyFormat(key: string): void {
	if (!KEY_FORMAT.test(key)) {
		throw new Error('An API key of the simulator is 8 to 128 letters, digits, "-" and "_"');
	}
}

/** Replaces the keys in all strings of a JSON value, names of properties included, with `[API key]`. */
export function maskKeys<T>(value: T, keys: readonly string[]): T {
	// The longest key first, since one key may be the beginning of another.
	const secrets = keys.filter((key) => key.length > 0).sort((a, b) => b.length - a.length);
	const maskText = (text: string) =>
		secrets.reduce((masked, key) => masked.replaceAll(key, '[API key]'), text);
	const mask = (part: unknown): unknown => {
		if (typeof part === 'string') return maskText(part);
		if (Array.isArray(part)) return part.map(mask);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [maskText(name), mask(inner)]));
	};
	return mask(value) as T;
}
