/** What the tests of the Integration API expect: the documented envelopes and the format of IDs. */

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `error` of a success. */
export const NO_ERROR = { code: '', message: '', field: '' };

/** Returns the envelope of a refused request. */
export function refusal(status: number, code: string, message: string, field = '') {
	return { status, error: { code, message, field }, data: {} };
}

/** Returns the envelope of a request with an invalid parameter. */
export function invalid(message: string, field: string) {
	return refusal(400, '40002', message, field);
}
