import { Refusal, failure } from '../api/integration/envelope.cts';

const DEFAULT_KEY = 'simulator-key';
const DEFAULT_KEY_WITHOUT_TIER = 'simulator-key-without-tier';

/** What a key must look like to be known or unknown rather than malformed. */
const KEY_FORM = /^[A-Za-z0-9_-]{8,128}$/;

/**
 * @param {string} key
 * @throws {Error} if it could not serve as a key
 */
function checkKeyForm(key) {
	if (!KEY_FORM.test(key)) {
		throw new Error('An API key of the simulator is 8 to 128 letters, digits, "-" and "_"');
	}
}

/**
 * @param {import('./types.cts').World} world
 * @param {unknown} key value of the header API-Key
 * @throws {Refusal} unless it is the good key
 */
function authorize(world, key) {
	if (typeof key !== 'string' || key === '') {
		throw new Refusal(failure(400, '40001', 'Request headers are required (API-Key)'));
	}
	if (key === world.noTierKey) throw new Refusal(failure(499, '49900', 'Please select a tier'));
	if (key === world.apiKey) return;
	if (!KEY_FORM.test(key)) throw new Refusal(failure(491, '49102', 'API key is invalid'));
	throw new Refusal(failure(491, '49103', 'API key is not found'));
}

/**
 * Replaces every key in the strings of a value, so that none reaches the log or the page.
 *
 * @template T
 * @param {T} value JSON
 * @param {string[]} keys
 * @returns {T}
 */
function withoutKeys(value, keys) {
	// The longest first: one key may be the beginning of another.
	const secrets = keys.filter((key) => key.length > 0).sort((a, b) => b.length - a.length);
	/** @param {any} part @returns {any} */
	const clean = (part) => {
		if (typeof part === 'string')
			return secrets.reduce((text, key) => text.replaceAll(key, '[API key]'), part);
		if (Array.isArray(part)) return part.map(clean);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [clean(name), clean(inner)]));
	};
	return clean(value);
}

export { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER, authorize, checkKeyForm, withoutKeys };
