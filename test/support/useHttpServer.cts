/** A server on 127.0.0.1 in place of OneTalk: records requests, and answers as a test says. */

import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

/** How a request is answered: with a status and a text, not at all, or by closing the connection. */
export type Reply = { status: number; text?: string; headers?: Record<string, string> } | 'silence' | 'reset';

/** What came in. */
export interface Received {
	method: string;
	path: string;
	headers: IDataObject;
	body: IDataObject;
}

export interface TestServer {
	/** Oldest first. */
	requests: Received[];
	/** Called after a request is recorded; a test may replace it. */
	onRequest: () => void;
	/** `http://127.0.0.1:<port>`. */
	origin(): string;
}

/** Starts a server before the tests of a file, forgets its requests before each of them, and stops it after the last. */
export function useHttpServer(replyTo: (request: Received) => Reply): TestServer {
	let http: HttpServer;
	const server: TestServer = {
		requests: [],
		onRequest: () => {},
		origin: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
	};

	beforeAll(async () => {
		http = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += String(chunk)));
			request.on('end', () => {
				const body = (text === '' ? {} : JSON.parse(text)) as IDataObject;
				const { method = '', url: path = '', headers } = request;
				const received = { method, path, headers: headers as IDataObject, body };
				server.requests.push(received);
				server.onRequest();
				send(response, replyTo(received));
			});
		});
		await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		server.requests = [];
		server.onRequest = () => {};
	});
	afterAll(async () => {
		http.closeAllConnections();
		await new Promise((resolve) => http.close(resolve));
	});
	return server;
}

function send(response: ServerResponse, reply: Reply): void {
	if (reply === 'silence') return;
	if (reply === 'reset') {
		response.destroy();
		return;
	}
	const { status, text = '', headers = {} } = reply;
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
}
