/** Checks what a test or a person says about a case, since the rest relies on the documented types. */

/** @type {Record<string, 'string' | 'boolean' | 'number'>} */
const CASE = {
	id: 'string',
	firstMessage: 'string',
	isClosed: 'boolean',
	isJunk: 'boolean',
	agentRemark: 'string',
	createdTime: 'number',
	updatedTime: 'number',
};
/** @type {typeof CASE} */
const CHANGE = { isClosed: 'boolean', isJunk: 'boolean', agentRemark: 'string' };
/** @type {typeof CASE} */
const CONTACT = {
	id: 'string',
	fullName: 'string',
	alias: 'string',
	email: 'string',
	phone: 'string',
	agentRemark: 'string',
	createdTime: 'number',
	updatedTime: 'number',
};
/** @type {typeof CASE} */
const AGENT = { email: 'string', fullName: 'string' };

/**
 * @param {import('./types.cts').NewCase} partial
 * @returns {import('./types.cts').NewCase}
 * @throws {Error} that names the field
 */
function checkCase(partial) {
	return check(partial, CASE);
}

/**
 * @param {import('./types.cts').CaseChange} change
 * @returns {import('./types.cts').CaseChange}
 * @throws {Error} that names the field
 */
function checkChange(change) {
	return check(change, CHANGE);
}

/**
 * @template {{ contact?: object, agent?: object }} T
 * @param {T} input
 * @param {typeof CASE} types
 * @returns {T}
 */
function check(input, types) {
	checkFields(input, { ...types, contact: 'object', agent: 'object' }, 'case');
	if (input.contact) checkFields(input.contact, CONTACT, 'contact');
	if (input.agent) checkFields(input.agent, AGENT, 'agent');
	const { phone } = /** @type {{ phone?: string }} */ (input.contact ?? {});
	if (phone !== undefined && !/^[1-9][0-9]{0,19}$/.test(phone)) {
		throw new Error('The phone of a contact is its country code and number, digits only');
	}
	return input;
}

/**
 * @param {any} input
 * @param {Record<string, string>} types
 * @param {string} what
 */
function checkFields(input, types, what) {
	if (typeof input !== 'object' || input === null || Array.isArray(input))
		throw new Error(`A ${what} must be an object`);
	for (const [name, value] of Object.entries(input)) {
		if (!types[name])
			throw new Error(`A ${what} has no "${name}" to set. It takes ${Object.keys(types).join(', ')}`);
		const holds =
			types[name] === 'number' ? Number.isSafeInteger(value) && value >= 0 : typeof value === types[name];
		if (!holds) throw new Error(`"${name}" of a ${what} must be a ${types[name]}`);
	}
}

export { checkCase, checkChange };
