/** Ways to deliver what no honest sender does. */

import http from 'node:http';
import { gzipSync } from 'node:zlib';

/** Text, zipped. */
export function gzip(text: string): Buffer {
	return gzipSync(text);
}

/** Sends a request, or the beginning of one, and closes the connection before an answer can come. */
export async function abort(
	url: string,
	headers: Record<string, string>,
	body: string | Buffer,
): Promise<void> {
	await new Promise<void>((resolve) => {
		const request = http.request(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
		});
		request.on('error', () => {});
		request.on('close', resolve);
		if ('content-length' in headers) request.write(body);
		else request.end(body);
		setTimeout(() => request.destroy(), 100);
	});
}
