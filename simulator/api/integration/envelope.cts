/** The documented response envelope of the Integration API. Successes and errors are both sent with HTTP 200. */

export interface Envelope {
	status: number;
	error: { code: string; message: string; field: string };
	data: Record<string, unknown>;
}

export function success(data: Record<string, unknown>): Envelope {
	return { status: 200, error: { code: '', message: '', field: '' }, data };
}

export function failure(status: number, code: string, message: string, field = ''): Envelope {
	return { status, error: { code, message, field }, data: {} };
}

/** Thrown where a request is refused. Carries the envelope to respond with. */
export class Refusal extends Error {
	constructor(readonly envelope: Envelope) {
		super(envelope.error.message);
	}
}

/**
 * Returns the refusal of an invalid parameter: status 400, code 40002.
 *
 * @param field as the endpoint spells it
 */
export function invalid(message: string, field: string): Refusal {
	return new Refusal(failure(400, '40002', message, field));
}
