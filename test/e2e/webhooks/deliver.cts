/** Delivers over plain HTTP, with headers and bodies that `fetch` would correct. */

import http from 'node:http';

export interface Request {
	method?: string;
	/** a list of values sends the header several times */
	headers?: Record<string, string | string[]>;
	/** what follows the path, with its question mark */
	query?: string;
	body?: string | Buffer;
}

export interface Answer {
	status: number;
	body: string;
}

/** How long to wait for an answer, in ms. */
const TIMEOUT_MS = 15_000;

/**
 * Sends a request and reads the answer.
 * @throws {Error} when there is no answer in time
 */
export async function deliver(url: string, request: Request = {}): Promise<Answer> {
	const { method = 'POST', headers = {}, query = '', body = '' } = request;
	return await new Promise((resolve, reject) => {
		const sent = http.request(url + query, {
			method,
			agent: false,
			// without keep-alive, n8n's answer to a body that it does not read can be lost with the connection
			headers: { connection: 'keep-alive', 'content-length': String(Buffer.byteLength(body)), ...headers },
		});
		const timer = setTimeout(() => sent.destroy(new Error('no answer in time')), TIMEOUT_MS);
		// n8n may answer before it has read everything; then writing the rest fails
		const fail = (error: Error) => setTimeout(() => reject(error), 500);
		sent.on('error', fail);
		sent.on('close', () => clearTimeout(timer));
		sent.on('response', (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (part: string) => (text += part));
			response.on('error', fail);
			response.on('end', () => {
				resolve({ status: response.statusCode ?? 0, body: text });
				sent.destroy();
			});
		});
		sent.end(body);
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
