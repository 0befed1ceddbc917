/** A server in place of a custom chatbot's URL. Its answers are the documented ones, or what a test says. */

import type { IDataObject } from 'n8n-workflow';

import type { CredentialData, Server } from './credentials';
import { useHttpServer, type Received, type Reply, type TestServer } from './useHttpServer.cts';

export type { Reply } from './useHttpServer.cts';

export const CHATBOT_PATH = '/api/visitor/v1/webhook/chatbot/custom/2222/a1b2c3d4';
export const SECRET_KEY = 'secret-key-of-the-chatbot';

/** For the credential of the Integration API, which no chatbot operation uses. */
export const UNUSED: Server = { baseUrl: 'http://127.0.0.1:9', apiKey: 'unused-key' };

export interface ChatbotServer {
	server: TestServer;
	/** Answers the next requests about a case like this. */
	answer(caseID: string, reply: Reply, times?: number): void;
	/** The requests about one case, oldest first. */
	requestsOf(caseID: string): Received[];
	/** Data of the chatbot's credential. */
	credentials(data?: { url?: string; secretKey?: string }): CredentialData;
}

/** Starts the server for the tests of a file. */
export function useChatbotServer(): ChatbotServer {
	const replies = new Map<string, Reply[]>();
	const server = useHttpServer(
		({ headers, body }) =>
			replies.get(String(body.caseID))?.shift() ?? documented(body, headers['secret-key'] === SECRET_KEY),
	);
	beforeEach(() => replies.clear());
	return {
		server,
		answer(caseID, reply, times = 1) {
			replies.set(caseID, [...(replies.get(caseID) ?? []), ...Array<Reply>(times).fill(reply)]);
		},
		requestsOf: (caseID) => server.requests.filter(({ body }) => body.caseID === caseID),
		credentials: (data) => ({
			oneTalkChatbotApi: { url: server.origin() + CHATBOT_PATH, secretKey: SECRET_KEY, ...data },
		}),
	};
}

function documented({ caseID }: IDataObject, hasRightKey: boolean): Reply {
	if (!hasRightKey) return { status: 401, text: 'secret key is invalid' };
	return caseID === undefined ? { status: 400, text: 'case id is required' } : { status: 200, text: 'ok' };
}
