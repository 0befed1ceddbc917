/** What each kind of fault responds with. */

import type { Fault, FaultKind } from '../../world/faults.cts';
import type { Outcome } from '../outcome.cts';
import { failure, type Envelope } from './envelope.cts';

/** A request that a fault hits. */
export interface FaultyRequest {
	/** Carries out the request and returns its envelope. */
	run: () => Envelope;
	/** Returns the envelope of a success, without carrying out the request. */
	pretend: () => Envelope;
	/** The API key that was sent. */
	key: string;
}

interface KindDescription {
	help: string;
	/** Whether the request is carried out. `optional`: only if the fault says `taken`. */
	taken: 'always' | 'never' | 'optional';
	/** Fields of a fault that only this kind and a few others take. */
	fields: ReadonlyArray<keyof Fault>;
	/** @param envelope the real one if the request was carried out, else that of a pretended success */
	outcome: (envelope: Envelope, fault: Fault, key: string) => Outcome;
}

const HTML =
	'<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** Code and message for each body status: the documented ones, or else those of the vendor's reference. */
const ERRORS_BY_STATUS: Record<number, { code: string; message: string }> = {
	204: { code: '', message: '' },
	400: { code: '40002', message: 'The parameter validation failed' },
	403: { code: '40301', message: 'You do not have access to this resource' },
	404: { code: '40401', message: 'Resource not found' },
	429: { code: '42900', message: 'Too many requests' },
	491: { code: '49103', message: 'API key is not found' },
	499: { code: '49901', message: 'This feature is not available for your current tier' },
	500: { code: '50001', message: 'Internal server error' },
};

/** The body statuses that a fault can have. */
export const BODY_STATUSES: readonly number[] = Object.keys(ERRORS_BY_STATUS).map(Number);

const FAULT_KINDS: Record<FaultKind, KindDescription> = {
	status: kind(
		'HTTP 200 with an error status in the body: 400, 403, 404, 429, 491, 499 or 500. 204 is a success without data',
		(_, { status = 500, code, message, field }) => {
			const usual = ERRORS_BY_STATUS[status];
			return json(failure(status, code ?? usual.code, message ?? usual.message, field));
		},
		{ fields: ['status', 'code', 'message', 'field'] },
	),
	successFalse: kind(
		'Status 200 with data.success false, and a reason if one is given',
		(envelope, { reason, message = 'The message could not be sent' }) =>
			json({ ...envelope, data: { success: false, message, reason } }),
		{ fields: ['message', 'reason'] },
	),
	errorObjectEmpty: kind(
		'The real response, but with an empty error object in a success',
		(envelope) => json(envelope.status === 200 ? { ...envelope, error: {} } : envelope),
		{ taken: 'always' },
	),
	extraKeys: kind(
		'The real response with additional unknown keys, one of them data.error',
		({ data, ...envelope }) =>
			json({
				...envelope,
				requestID: 'extra',
				data: { ...data, extra: { known: false }, error: 'extra' },
			}),
		{ taken: 'always' },
	),
	html: kind('HTTP 200 with an HTML page', () => respond(HTML, 'text/html')),
	empty: kind('HTTP 200 with an empty body', () => respond('', 'application/json')),
	truncated: kind('HTTP 200 with the first half of the response', (envelope) => {
		const text = JSON.stringify(envelope);
		return respond(text.slice(0, Math.ceil(text.length / 2)), 'application/json');
	}),
	array: kind('The response inside a list', (envelope) => json([envelope])),
	string: kind('A JSON string', () => json('ok')),
	null: kind('The JSON value null', () => json(null)),
	dataMissing: kind('A success without data', (envelope) => json({ ...envelope, data: undefined })),
	dataEmpty: kind('A success with an empty data object', (envelope) => json({ ...envelope, data: {} })),
	casesNotList: kind('A success in which data.cases is an object', (envelope) =>
		json({ ...envelope, data: { ...envelope.data, cases: {} } }),
	),
	statusString: kind('The status in the body is a string', (envelope) =>
		json({ ...envelope, status: String(envelope.status) }),
	),
	statusMissing: kind('A success without status', (envelope) => json({ ...envelope, status: undefined })),
	http: kind(
		'An HTTP error such as 401, 429, 500 or 503',
		(envelope, { httpStatus = 503, retryAfter, withAnswer }) => ({
			...(withAnswer ? json(envelope) : respond(`HTTP ${httpStatus}\n`, 'text/plain')),
			httpStatus,
			retryAfter,
		}),
		{ fields: ['httpStatus', 'retryAfter', 'withAnswer'] },
	),
	reset: kind('The connection is reset. The request is not carried out', () => ({ way: 'reset' }), {
		taken: 'never',
	}),
	resetAfterTaken: kind(
		'The request is carried out, then the connection is reset',
		() => ({ way: 'reset' }),
		{
			taken: 'always',
		},
	),
	timeout: kind('There is never a response', () => ({ way: 'hang' })),
	echoKey: kind('An error whose message contains the API key that was sent', (_, __, key) =>
		json(failure(491, '49103', `API key ${key} is not found`)),
	),
};

function kind(
	help: string,
	outcome: KindDescription['outcome'],
	{ taken = 'optional', fields = [] }: Partial<Pick<KindDescription, 'taken' | 'fields'>> = {},
): KindDescription {
	return { help, taken, fields, outcome };
}

function json(body: unknown): Outcome {
	return respond(JSON.stringify(body), 'application/json; charset=utf-8');
}

function respond(body: string, contentType: string): Outcome {
	return { way: 'respond', body, contentType };
}

/** Returns what is sent to a request that this fault hits, after the request was carried out if it has to be. */
export function outcomeOf(fault: Fault, { run, pretend, key }: FaultyRequest): Outcome {
	return FAULT_KINDS[fault.kind].outcome(isTaken(fault) ? run() : pretend(), fault, key);
}

/** Returns whether the request is carried out. Body status 204 is a success, so there it has to be. */
export function isTaken(fault: Fault): boolean {
	return FAULT_KINDS[fault.kind].taken === 'always' || Boolean(fault.taken) || fault.status === 204;
}

/** Text and fields of every kind of fault. The fields that all faults have are left out. */
export const FAULT_OPTIONS = Object.fromEntries(
	Object.entries(FAULT_KINDS).map(([name, { help, taken, fields }]) => [
		name,
		{ help, fields: taken === 'optional' ? [...fields, 'taken' as const] : fields },
	]),
) as Record<FaultKind, { help: string; fields: ReadonlyArray<keyof Fault> }>;
