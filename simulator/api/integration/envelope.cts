/** @typedef {import('../../world/types.cts').Envelope} Envelope */

/**
 * The documented envelope of a success. Everything, errors too, travels in HTTP 200.
 *
 * @param {Record<string, unknown>} data
 * @returns {Envelope}
 */
function success(data) {
	return { status: 200, error: { code: '', message: '', field: '' }, data };
}

/**
 * The documented envelope of an error.
 *
 * @param {number} status
 * @param {string} code
 * @param {string} message
 * @param {string} [field]
 * @returns {Envelope}
 */
function failure(status, code, message, field = '') {
	return { status, error: { code, message, field }, data: {} };
}

/** Thrown by a check; carries the envelope to answer with. */
class Refusal extends Error {
	/** @param {Envelope} envelope */
	constructor(envelope) {
		super(envelope.error.message);
		this.envelope = envelope;
	}
}

/**
 * @param {string} message
 * @param {string} field in the endpoint's own spelling
 * @returns {Refusal} 400/40002, parameter validation failed
 */
function invalid(message, field) {
	return new Refusal(failure(400, '40002', message, field));
}

export { Refusal, failure, invalid, success };
