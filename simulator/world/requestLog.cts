/** The log of requests to the API, newest last, with all API keys masked. Only the newest 50,000 are kept. */

import type { FastifyRequest } from 'fastify';
import type { Clock } from './clock.cts';
import { maskKeys } from './keys.cts';
import type { LogEntry } from './types.cts';

const MAX_ENTRIES = 50_000;
const MAX_STRING_LENGTH = 2_000;
const MAX_ITEMS = 200;
const MAX_DEPTH = 8;

/** What was sent back. `httpStatus` is null if there is no response. */
interface LoggedResponse {
	httpStatus: number | null;
	body?: unknown;
	/** Plain text, which is logged as it is. */
	text?: string;
}

export class RequestLog {
	entries: LogEntry[] = [];

	/**
	 * @param keys to mask, besides the key that a request was sent with
	 * @param print gets one line for every request that is finished
	 */
	constructor(
		private readonly clock: Clock,
		private readonly keys: readonly string[],
		private readonly changed: () => void,
		private readonly print: (line: string) => void,
	) {}

	clear(): void {
		this.entries = [];
		this.changed();
	}

	/** Logs a request that has arrived. The returned function logs its response. */
	open(request: FastifyRequest, fault: string | null): (response: LoggedResponse) => void {
		const startedAt = performance.now();
		const sentKeys = [request.headers['api-key'], request.headers['secret-key']];
		const keys = [...this.keys, ...sentKeys.filter((key) => typeof key === 'string')];
		const entry: LogEntry = {
			at: this.clock.now(),
			method: request.method,
			path: maskKeys(cutText(request.url.split('?')[0]), keys),
			query: maskKeys(cutProperties(asObject(request.query), 0), keys),
			body: maskKeys(cut(request.body ?? null), keys),
			httpStatus: null,
			bodyStatus: null,
			code: '',
			fault,
			ms: null,
		};
		this.entries.push(entry);
		if (this.entries.length > MAX_ENTRIES) this.entries.shift();
		this.changed();
		return ({ httpStatus, body, text }) => {
			Object.assign(entry, {
				httpStatus,
				...(text === undefined ? {} : { answer: maskKeys(cutText(text), keys) }),
				...statusAndCode(body),
				ms: Math.round(performance.now() - startedAt),
			});
			this.print(lineOf(entry));
			this.changed();
		};
	}
}

function statusAndCode(body: unknown): Pick<LogEntry, 'bodyStatus' | 'code'> {
	const { status, error } = asObject(body);
	const { code } = asObject(error);
	return {
		bodyStatus: typeof status === 'number' ? status : null,
		code: typeof code === 'string' ? code : '',
	};
}

/** Returns the value if it is an object, else an empty object. */
function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Returns one line for the console, without control characters. */
function lineOf({ at, method, path, httpStatus, bodyStatus, code, fault, ms }: LogEntry): string {
	const response = httpStatus === null ? 'no response' : `HTTP ${httpStatus}`;
	const status = bodyStatus === null ? '' : `, status ${bodyStatus}${code && ` code ${code}`}`;
	const line = `${new Date(at).toISOString().slice(11, 23)} ${method} ${path} -> ${response}${status}, ${ms} ms`;
	return (fault ? `${line} (fault: ${fault})` : line).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}

/** Returns a JSON value with its long strings and lists cut. */
function cut(value: unknown, depth = 0): unknown {
	if (typeof value === 'string') return cutText(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) return '…';
	if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => cut(item, depth + 1));
	return cutProperties(value, depth);
}

function cutProperties(value: object, depth: number): Record<string, unknown> {
	const properties = Object.entries(value).slice(0, MAX_ITEMS);
	return Object.fromEntries(properties.map(([name, item]) => [cutText(name), cut(item, depth + 1)]));
}

function cutText(text: string): string {
	return text.length > MAX_STRING_LENGTH
		? `${text.slice(0, MAX_STRING_LENGTH)}… (${text.length} characters)`
		: text;
}
