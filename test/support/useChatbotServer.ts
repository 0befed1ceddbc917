/** A server in place of a custom chatbot's URL: records requests, and answers as a test says. The documented answer is `ok`. */

import { createServer, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import type { CredentialData, Server } from './credentials';

export const CHATBOT_PATH = '/api/visitor/v1/webhook/chatbot/custom/2222/a1b2c3d4';
export const SECRET_KEY = 'secret-key-of-the-chatbot';

/** How a request is answered: with a status and a text, not at all, or by closing the connection. */
export type Reply = { status: number; text?: string; headers?: Record<string, string> } | 'silence' | 'reset';

/** What came in. */
export interface Received {
	method: string;
	path: string;
	headers: IDataObject;
	body: IDataObject;
}

/** The server of a test's file. */
export interface ChatbotServer {
	requests: Received[];
	/** Answers the next requests about a case like this. */
	answer(caseID: string, reply: Reply, times?: number): void;
	/** The requests about one case. */
	of(caseID: string): Received[];
	/** Data of the chatbot's credential. */
	credentials(data?: { url?: string; secretKey?: string }): CredentialData;
}

/** For the credential of the Integration API, which no chatbot operation uses. */
export const UNUSED: Server = { baseUrl: 'http://127.0.0.1:9', apiKey: 'unused-key' };

/** Starts the server before the tests of a file, forgets everything before each of them, and stops it after the last. */
export function useChatbotServer(): ChatbotServer {
	let server: HttpServer;
	const requests: Received[] = [];
	let replies: Record<string, Reply[]> = {};

	beforeAll(async () => {
		server = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += String(chunk)));
			request.on('end', () => {
				const body = (text === '' ? {} : JSON.parse(text)) as IDataObject;
				const { method = '', url: path = '', headers } = request;
				requests.push({ method, path, headers: headers as IDataObject, body });
				const right = headers['secret-key'] === SECRET_KEY;
				const reply = replies[String(body.caseID)]?.shift() ?? documented(body, right);
				send(response, reply);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(() => {
		requests.length = 0;
		replies = {};
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	return {
		requests,
		answer(caseID, reply, times = 1) {
			replies[caseID] = [...(replies[caseID] ?? []), ...Array<Reply>(times).fill(reply)];
		},
		of: (caseID) => requests.filter(({ body }) => body.caseID === caseID),
		credentials: (data) => {
			const { port } = server.address() as AddressInfo;
			const url = `http://127.0.0.1:${port}${CHATBOT_PATH}`;
			return { oneTalkChatbotApi: { url, secretKey: SECRET_KEY, ...data } };
		},
	};
}

/** As the documentation says: the key first, then the case. */
function documented({ caseID }: IDataObject, hasRightKey: boolean): Reply {
	if (!hasRightKey) return { status: 401, text: 'secret key is invalid' };
	return caseID === undefined ? { status: 400, text: 'case id is required' } : { status: 200, text: 'ok' };
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
