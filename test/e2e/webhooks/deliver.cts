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

/**
 * Sends a request and reads the answer.
 * @throws {Error} when there is no answer
 */
export async function deliver(url: string, request: Request = {}): Promise<Answer> {
	const { method = 'POST', headers = {}, query = '', body = '' } = request;
	return await new Promise((resolve, reject) => {
		const sent = http.request(url + query, {
			method,
			agent: false,
			headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
		});
		sent.on('response', (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (part: string) => (text += part));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
		});
		// n8n may answer before it has read everything; then writing the rest fails
		sent.on('error', (error) => setTimeout(() => reject(error), 500));
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
