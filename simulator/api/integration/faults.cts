import { failure } from './envelope.cts';

/**
 * Wrong answers, made for the next requests or for a share of them.
 *
 * @typedef {import('../../world/types.cts').Envelope} Envelope
 *
 * @typedef {object} Fault
 * @property {string} kind one of KINDS
 * @property {number} [times] how many requests it hits; 1 if neither times nor rate is given, no end if only rate is
 * @property {number} [rate] share of the requests that it hits, above 0 and up to 1
 * @property {string} [endpoint] last part of the path of the one endpoint it is for
 * @property {boolean} [taken] whether what was asked for is done all the same (default false)
 * @property {number} [status] kind status: the status in the body
 * @property {string} [code] kind status: error.code
 * @property {string} [message] kinds status and successFalse
 * @property {string} [field] kind status: error.field
 * @property {string} [reason] kind successFalse: data.reason, for example invalid_recipient
 * @property {number} [httpStatus] kind http: the HTTP status
 * @property {number} [retryAfter] kind http: seconds, sent as the header Retry-After
 * @property {boolean} [withAnswer] kind http: the body is the answer that HTTP 200 would have had
 *
 * @typedef {object} Outcome what goes out instead of a plain answer
 * @property {'answer' | 'reset' | 'silence'} way
 * @property {number} [httpStatus] 200 if not given
 * @property {number} [retryAfter] seconds
 * @property {unknown} [body] an object is sent as JSON, a string as it is
 * @property {string} [type] Content-Type
 *
 * @typedef {object} Request
 * @property {() => Envelope} really does what was asked for and gives its envelope
 * @property {() => Envelope} pretend gives the envelope of a success in which nothing was done
 * @property {string} key the API key as received
 *
 * @typedef {object} Kind
 * @property {string} help
 * @property {boolean} [alwaysTaken] what was asked for is always done
 * @property {boolean} [neverTaken] what was asked for is never done
 * @property {string[]} [fields] further fields it takes
 * @property {(envelope: () => Envelope, fault: Fault, key: string) => Outcome} outcome
 *   `envelope` is the true one if the request was taken, else that of a pretended success
 */

const HTML =
	'<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** What fits each body status; source: the documented codes and, for the rest, the vendor's reference. */
const BY_STATUS = /** @type {Record<number, [code: string, message: string]>} */ ({
	204: ['', ''],
	400: ['40002', 'The parameter validation failed'],
	403: ['40301', 'You do not have access to this resource'],
	404: ['40401', 'Resource not found'],
	429: ['42900', 'Too many requests'],
	491: ['49103', 'API key is not found'],
	499: ['49901', 'This feature is not available for your current tier'],
	500: ['50001', 'Internal server error'],
});

/** @param {unknown} body @returns {Outcome} */
const json = (body) => ({
	way: 'answer',
	body: JSON.stringify(body),
	type: 'application/json; charset=utf-8',
});

/** @type {Record<string, Kind>} */
const KINDS = {
	status: {
		help: 'HTTP 200 with an error status in the body: 400, 403, 404, 429, 491, 499 or 500 (204: done, no data)',
		fields: ['status', 'code', 'message', 'field'],
		outcome: (_, { status = 500, code, message, field }) => {
			const [usualCode, usualMessage] = BY_STATUS[status];
			return json(failure(status, code ?? usualCode, message ?? usualMessage, field));
		},
	},
	successFalse: {
		help: 'Status 200 with data.success false, with a reason if one is given',
		fields: ['message', 'reason'],
		outcome: (envelope, { reason, message = 'The message could not be sent' }) =>
			json({ ...envelope(), data: { success: false, message, ...(reason === undefined ? {} : { reason }) } }),
	},
	errorObjectEmpty: {
		help: 'The true answer, but with an empty error object',
		alwaysTaken: true,
		outcome: (envelope) => {
			const answer = envelope();
			return json(answer.status === 200 ? { ...answer, error: {} } : answer);
		},
	},
	extraKeys: {
		help: 'The true answer with unknown keys beside the known ones; one in the data is called error',
		alwaysTaken: true,
		outcome: (envelope) => {
			const { data, ...answer } = envelope();
			return json({
				...answer,
				requestID: 'extra',
				data: { ...data, extra: { known: false }, error: 'extra' },
			});
		},
	},
	html: {
		help: 'HTTP 200 with a web page',
		outcome: () => ({ way: 'answer', body: HTML, type: 'text/html' }),
	},
	empty: {
		help: 'HTTP 200 with an empty body',
		outcome: () => ({ way: 'answer', body: '', type: 'application/json' }),
	},
	truncated: {
		help: 'HTTP 200 with the first half of the answer',
		outcome: (envelope) => {
			const text = JSON.stringify(envelope());
			return { way: 'answer', body: text.slice(0, Math.ceil(text.length / 2)), type: 'application/json' };
		},
	},
	array: { help: 'The answer inside a list', outcome: (envelope) => json([envelope()]) },
	string: { help: 'A JSON string', outcome: () => json('ok') },
	null: { help: 'The JSON value null', outcome: () => json(null) },
	dataMissing: {
		help: 'A success without data',
		outcome: (envelope) => json({ ...envelope(), data: undefined }),
	},
	dataEmpty: {
		help: 'A success with an empty data object',
		outcome: (envelope) => json({ ...envelope(), data: {} }),
	},
	casesNotList: {
		help: 'data.cases is an object',
		outcome: (envelope) => {
			const answer = envelope();
			return json({ ...answer, data: { ...answer.data, cases: {} } });
		},
	},
	statusString: {
		help: 'The status in the body is text',
		outcome: (envelope) => {
			const answer = envelope();
			return json({ ...answer, status: String(answer.status) });
		},
	},
	statusMissing: {
		help: 'A success without status',
		outcome: (envelope) => json({ ...envelope(), status: undefined }),
	},
	http: {
		help: 'An HTTP error such as 401, 429, 500 or 503',
		fields: ['httpStatus', 'retryAfter', 'withAnswer'],
		outcome: (envelope, { httpStatus = 503, retryAfter, withAnswer }) => ({
			...(withAnswer
				? json(envelope())
				: { way: 'answer', body: `HTTP ${httpStatus}\n`, type: 'text/plain' }),
			httpStatus,
			retryAfter,
		}),
	},
	reset: { help: 'The connection is reset; nothing was done', neverTaken: true, outcome: () => ({ way: 'reset' }) },
	resetAfterTaken: {
		help: 'What was asked for is done, then the connection is reset',
		alwaysTaken: true,
		outcome: () => ({ way: 'reset' }),
	},
	timeout: { help: 'No answer ever', outcome: () => ({ way: 'silence' }) },
	echoKey: {
		help: 'An error whose message holds the API key that was sent',
		outcome: (_, __, key) => json(failure(491, '49103', `API key ${key} is not found`)),
	},
};

/** Fields that any fault may have. */
const COMMON = ['kind', 'times', 'rate', 'endpoint'];

class FaultList {
	/**
	 * @param {string[]} endpoints
	 * @param {() => import('../../world/random.cts').Random} random
	 * @param {() => void} changed
	 */
	constructor(endpoints, random, changed) {
		this.endpoints = endpoints;
		this.random = random;
		this.changed = changed;
		/** @type {{ fault: Fault, left: number }[]} */
		this.active = [];
	}

	/**
	 * Adds a fault. Of several that fit a request, the one added first hits it.
	 *
	 * @param {Fault} fault
	 * @throws {Error} that says what is wrong with it
	 */
	add(fault) {
		checkFault(fault, this.endpoints);
		this.active.push({ fault: { ...fault }, left: fault.times ?? (fault.rate === undefined ? 1 : Infinity) });
		this.changed();
	}

	clear() {
		this.active = [];
		this.changed();
	}

	/** @returns {(Fault & { left: number | null })[]} with the number of requests still to hit; null is no end */
	get list() {
		return this.active.map(({ fault, left }) => ({ ...fault, left: left === Infinity ? null : left }));
	}

	/**
	 * @param {string} endpoint
	 * @returns {Fault | undefined} the fault that hits this request
	 */
	take(endpoint) {
		const hit = this.active.find(
			({ fault }) =>
				(!fault.endpoint || fault.endpoint === endpoint) &&
				(fault.rate === undefined || this.random().next() < fault.rate),
		);
		if (!hit) return undefined;
		hit.left -= 1;
		if (hit.left === 0) this.active = this.active.filter((entry) => entry !== hit);
		this.changed();
		return hit.fault;
	}
}

/**
 * @param {Fault} fault
 * @param {Request} request
 * @returns {Outcome}
 */
function outcomeOf(fault, { really, pretend, key }) {
	const kind = KINDS[fault.kind];
	// A body status 204 is a success, so what was asked for has to be done.
	const isTaken = kind.alwaysTaken || fault.taken || fault.status === 204;
	const envelope = isTaken ? really() : pretend();
	return kind.outcome(() => envelope, fault, key);
}

/**
 * @param {string} kind
 * @returns {string[]} the fields that this kind takes beside the common ones
 */
function fieldsOf(kind) {
	const { fields = [], alwaysTaken, neverTaken } = KINDS[kind];
	return alwaysTaken || neverTaken ? fields : [...fields, 'taken'];
}

/**
 * @param {any} fault
 * @param {string[]} endpoints
 * @throws {Error}
 */
function checkFault(fault, endpoints) {
	const kind =
		typeof fault?.kind === 'string' && Object.hasOwn(KINDS, fault.kind) ? KINDS[fault.kind] : undefined;
	if (!kind) throw new Error(`A fault needs a kind, one of ${Object.keys(KINDS).join(', ')}`);
	const known = [
		...COMMON,
		...(kind.alwaysTaken || fault.kind === 'reset' ? [] : ['taken']),
		...(kind.fields ?? []),
	];
	for (const name of Object.keys(fault)) {
		if (!known.includes(name))
			throw new Error(`A fault "${fault.kind}" has no "${name}". It takes ${known.join(', ')}`);
	}
	const isText = (/** @type {unknown} */ value) => typeof value === 'string';
	const isFlag = (/** @type {unknown} */ value) => typeof value === 'boolean';
	/** @param {number} min @param {number} max */
	const isWhole = (min, max) => (/** @type {any} */ value) =>
		Number.isInteger(value) && value >= min && value <= max;
	/** @type {[name: string, holds: (value: any) => boolean, text: string][]} */
	const rules = [
		['times', isWhole(1, 1e9), 'a whole number of at least 1'],
		['rate', (rate) => typeof rate === 'number' && rate > 0 && rate <= 1, 'a number above 0 and up to 1'],
		['endpoint', (endpoint) => endpoints.includes(endpoint), `one of ${endpoints.join(', ')}`],
		['taken', isFlag, 'true or false'],
		['status', (status) => Object.hasOwn(BY_STATUS, status), `one of ${Object.keys(BY_STATUS).join(', ')}`],
		['code', isText, 'text'],
		['message', isText, 'text'],
		['field', isText, 'text'],
		['reason', isText, 'text'],
		['httpStatus', isWhole(400, 599), 'a whole number from 400 to 599'],
		['retryAfter', isWhole(0, 86_400), 'a whole number of seconds, at most 86400'],
		['withAnswer', isFlag, 'true or false'],
	];
	for (const [name, holds, text] of rules) {
		if (fault[name] !== undefined && !holds(fault[name]))
			throw new Error(`"${name}" of a fault must be ${text}`);
	}
}

export { FaultList, KINDS, fieldsOf, outcomeOf };
