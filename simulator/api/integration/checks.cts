import { invalid } from './envelope.cts';

/**
 * Checks of single fields. A missing field is one that is absent, null or an empty string. All throw a refusal with
 * code 40002 and the field's name.
 *
 * @typedef {Record<string, unknown>} Fields
 */

/** Digits that start with a country code, so not with 0; 1 to 20 of them. */
const PHONE = /^[1-9][0-9]{0,19}$/;

/** @param {unknown} value */
const isMissing = (value) => value === undefined || value === null || value === '';

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} label
 * @returns {string}
 */
function requiredString(fields, name, label) {
	if (isMissing(fields[name])) throw invalid(`${label} is required`, name);
	return /** @type {string} */ (optionalString(fields, name, label));
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} label
 * @returns {string | undefined} undefined if absent or null; an empty string stays one
 */
function optionalString(fields, name, label) {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw invalid(`${label} is invalid`, name);
	return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} label
 * @returns {boolean | undefined}
 */
function optionalBoolean(fields, name, label) {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'boolean') throw invalid(`${label} is invalid`, name);
	return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} label
 * @returns {number | undefined}
 */
function optionalInteger(fields, name, label) {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (!Number.isSafeInteger(value)) throw invalid(`${label} is invalid`, name);
	return /** @type {number} */ (value);
}

/**
 * @param {Fields} fields
 * @returns {string}
 */
function requiredPhone(fields) {
	const phone = requiredString(fields, 'phone', 'Phone');
	if (!PHONE.test(phone)) throw invalid('Phone is invalid', 'phone');
	return phone;
}

/**
 * A whole number in the query string, which is always text there.
 *
 * @param {Fields} query
 * @param {string} name
 * @param {string} label
 * @returns {number | undefined} undefined if absent
 */
function queryInteger(query, name, label) {
	const value = query[name];
	if (value === undefined) return undefined;
	const number = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : NaN;
	if (!Number.isSafeInteger(number)) throw invalid(`${label} is invalid`, name);
	return number;
}

const GROUPS = ['header', 'body', 'footer', 'buttons'];

/**
 * The template's parameters: an object with lists of `{ name, value }`, both strings.
 *
 * @param {unknown} parameters
 * @returns {Record<string, import('../../world/types.cts').TemplateParameter[]>} always all four groups
 */
function templateParameters(parameters) {
	if (
		parameters !== undefined &&
		(typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
	) {
		throw invalid('Parameters is invalid', 'parameters');
	}
	const groups = /** @type {Fields} */ (parameters ?? {});
	return Object.fromEntries(GROUPS.map((group) => [group, parameterGroup(groups[group], group)]));
}

/**
 * @param {unknown} list
 * @param {string} group
 * @returns {import('../../world/types.cts').TemplateParameter[]}
 */
function parameterGroup(list, group) {
	if (list === undefined || list === null) return [];
	const refusal = invalid(`Parameters ${group} is invalid`, `parameters.${group}`);
	if (!Array.isArray(list)) throw refusal;
	return list.map((item) => {
		const { name, value } = item ?? {};
		if (typeof name !== 'string' || name === '' || typeof value !== 'string') throw refusal;
		return { name, value };
	});
}

export {
	isMissing,
	optionalBoolean,
	optionalInteger,
	optionalString,
	queryInteger,
	requiredPhone,
	requiredString,
	templateParameters,
};
