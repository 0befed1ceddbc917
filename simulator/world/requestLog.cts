import { withoutKeys } from './keys.cts';

/** @typedef {import('./types.cts').LogEntry} LogEntry */

const MOST_KEPT = 50_000;
const LONGEST_STRING = 2_000;
const MOST_ITEMS = 200;

/** The requests that reached the API, newest last and without keys; the oldest go when there are more than 50,000. */
class RequestLog {
	/**
	 * @param {import('./clock.cts').Clock} clock
	 * @param {string[]} keys
	 * @param {() => void} changed
	 * @param {(line: string) => void} print
	 */
	constructor(clock, keys, changed, print) {
		this.clock = clock;
		this.keys = keys;
		this.changed = changed;
		this.print = print;
		/** @type {LogEntry[]} */
		this.entries = [];
	}

	clear() {
		this.entries = [];
		this.changed();
	}

	/**
	 * Notes a request that has arrived.
	 *
	 * @param {import('fastify').FastifyRequest} request
	 * @param {string | null} fault
	 * @returns {(answer: { httpStatus: number | null, body?: unknown }) => void} notes its answer, or that there is none
	 */
	open(request, fault) {
		const startedAt = performance.now();
		const received = request.headers['api-key'];
		const keys = typeof received === 'string' ? [...this.keys, received] : this.keys;
		/** @type {LogEntry} */
		const entry = {
			at: this.clock.now(),
			method: request.method,
			.../** @type {any} */ (
				withoutKeys(
					bounded({
						path: request.url.split('?')[0],
						query: { .../** @type {any} */ (request.query) },
						body: request.body ?? null,
					}),
					keys,
				)
			),
			httpStatus: null,
			bodyStatus: null,
			code: '',
			fault,
			ms: null,
		};
		this.entries.push(entry);
		if (this.entries.length > MOST_KEPT) this.entries.shift();
		this.changed();
		return ({ httpStatus, body }) => {
			entry.httpStatus = httpStatus;
			Object.assign(entry, outcomeOf(body));
			entry.ms = Math.round(performance.now() - startedAt);
			this.print(lineOf(entry));
			this.changed();
		};
	}
}

/**
 * @param {any} body
 * @returns {{ bodyStatus: number | null, code: string }}
 */
function outcomeOf(body) {
	const { status, error } = typeof body === 'object' && body !== null ? body : {};
	return {
		bodyStatus: typeof status === 'number' ? status : null,
		code: typeof error?.code === 'string' ? error.code : '',
	};
}

/**
 * @param {LogEntry} entry
 * @returns {string} one line for a person
 */
function lineOf({ at, method, path, httpStatus, bodyStatus, code, fault, ms }) {
	const answer = httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`;
	const inside = bodyStatus === null ? '' : `, status ${bodyStatus}${code && ` code ${code}`}`;
	const line = `${new Date(at).toISOString().slice(11, 23)} ${method} ${path} -> ${answer}${inside}, ${ms} ms`;
	return (fault ? `${line} (fault: ${fault})` : line).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}

/**
 * @param {any} value JSON
 * @param {number} [depth]
 * @returns {any} the same with long strings and lists cut
 */
function bounded(value, depth = 0) {
	if (typeof value === 'string') {
		return value.length > LONGEST_STRING
			? `${value.slice(0, LONGEST_STRING)}… (${value.length} characters)`
			: value;
	}
	if (typeof value !== 'object' || value === null) return value;
	if (depth > 8) return '…';
	if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => bounded(item, depth + 1));
	return Object.fromEntries(
		Object.entries(value)
			.slice(0, MOST_ITEMS)
			.map(([name, item]) => [bounded(name), bounded(item, depth + 1)]),
	);
}

export { RequestLog };
