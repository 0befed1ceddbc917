/** Delivers over plain HTTP, with headers and bodies that `fetch` would correct. */

import http from 'node:http';

export interface Request {
	method?: string;
	/** a list of values sends the header several times */
	headers?: Record<string, string | string[]>;
	/** what follows the path, with its question mark */
	query?: string;
	body?: string | Buffer;
	/** how long to wait for the answer, in ms (default 15 s) */
	timeoutMs?: number;
}

export interface Answer {
	status: number;
	body: string;
}

/** From this size on, a body is sent only if the headers alone have not been answered in time, in bytes and ms. */
const LARGE = { fromBytes: 1024 * 1024, afterMs: 3_000 };

/**
 * Sends a request and reads the answer.
 * @throws {Error} when there is no answer in time
 */
export async function deliver(url: string, request: Request = {}): Promise<Answer> {
	const { method = 'POST', headers = {}, query = '', body = '', timeoutMs = 15_000 } = request;
	return await new Promise((resolve, reject) => {
		const sent = http.request(url + query, {
			method,
			agent: false,
			// without keep-alive, n8n's answer to a body that it does not read can be lost with the connection
			headers: { connection: 'keep-alive', 'content-length': String(Buffer.byteLength(body)), ...headers },
		});
		const timer = setTimeout(() => sent.destroy(new Error('no answer in time')), timeoutMs);
		// n8n may answer before it has read everything, and close the connection; then writing the rest fails
		const fail = (error: Error) => setTimeout(() => reject(error), 500);
		sent.on('error', fail);
		sent.on('close', () => clearTimeout(timer));
		let isAnswered = false;
		sent.on('response', (response) => {
			isAnswered = true;
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (part: string) => (text += part));
			response.on('error', fail);
			response.on('end', () => {
				resolve({ status: response.statusCode ?? 0, body: text });
				sent.destroy();
			});
		});
		if (Buffer.byteLength(body) < LARGE.fromBytes) {
			sent.end(body);
		} else {
			// an answer that comes while the body is written can be lost with the connection
			sent.flushHeaders();
			setTimeout(() => isAnswered || sent.end(body), LARGE.afterMs);
		}
	});
}

/** Runs tasks, so many at a time, and returns their results in order. */
export async function inParallel<T>(tasks: Array<() => Promise<T>>, atATime: number): Promise<T[]> {
	const results: T[] = [];
	let next = 0;
	const work = async () => {
		while (next < tasks.length) {
			const index = next++;
			results[index] = await tasks[index]();
		}
	};
	await Promise.all(Array.from({ length: atATime }, work));
	return results;
}
