/** The controls of chats, connections and deliveries over HTTP. */

import type { FastifyInstance } from 'fastify';
import { chatbotPath } from '../api/chatbot/routes.cts';
import { API_PATH } from '../api/integration/endpoints.cts';
import type { Connections } from '../world/connections.cts';
import type { WriteOptions } from '../world/customer.cts';
import type { CustomerContent } from '../world/customerInput.cts';
import type { Delivery } from '../world/deliveries.cts';
import type { MessageStatus } from '../world/statuses.cts';
import type { World } from '../world/world.cts';
import type { Controls } from './controls.cts';

/** `to` is the ID of a case, or a phone. */
interface WriteBody extends WriteOptions {
	to: string;
	message: string | CustomerContent;
}
interface CaseQuery {
	Querystring: { caseID?: string };
}

/** Adds the routes. The types of the bodies are not checked here: the controls check their input. */
export function chatRoutes(routes: FastifyInstance, world: World, controls: Controls): void {
	routes.get('/connections', async ({ headers }) => ({
		...world.connections,
		baseUrl: `http://${headers.host}${API_PATH}`,
		apiKey: world.apiKey,
		chatbotUrlOfOneTalk: `http://${headers.host}${chatbotPath(world)}`,
		chatbotSecretKey: world.chatbot.secretKey,
	}));
	routes.post<{ Body: Partial<Connections> }>('/connections', async ({ body }) => controls.connect(body));

	routes.post<{ Body: WriteBody }>('/write', async ({ body: { to, message, ...options } }) =>
		controls.customerWrites(String(to), message, options),
	);
	routes.post<{ Body: { messageID: string; optionID: string } }>('/tap', async ({ body }) =>
		controls.customerTaps(body.messageID, body.optionID),
	);
	routes.post<{ Body: { messageID: string; response: Record<string, unknown> } }>('/flow', async ({ body }) =>
		controls.customerFillsIn(body.messageID, body.response),
	);
	routes.get<CaseQuery>('/chat', async ({ query }) => ({ chat: controls.chat(query.caseID) }));
	routes.get<CaseQuery>('/chatbot-messages', async ({ query }) => ({
		messages: controls.chatbotMessages(query.caseID),
	}));
	routes.get('/contacts', async () => ({ contacts: controls.contacts() }));
	routes.get<{ Params: { id: string } }>('/case-details/:id', async ({ params }) =>
		world.caseDetails.get(params.id),
	);

	routes.get<{ Querystring: { to?: Delivery['to'] } }>('/deliveries', async ({ query }) => ({
		deliveries: controls.deliveries(query.to),
	}));
	routes.delete('/deliveries', async () => {
		world.deliveries.clear();
		return { deliveries: [] };
	});
	routes.post<{ Body: { to: Delivery['to']; body: Record<string, unknown> } }>(
		'/deliveries',
		async ({ body }) => {
			if (body.to === 'webhook') controls.deliverToWebhook(body.body);
			else if (body.to === 'chatbot') controls.deliverToChatbot(body.body);
			else throw new Error('A delivery goes to webhook or chatbot');
			return { deliveries: controls.deliveries(body.to) };
		},
	);
	routes.post<{ Body: { trxID: string; status: MessageStatus['status']; reason?: string } }>(
		'/statuses',
		async ({ body: { trxID, status, reason } }) => {
			controls.setStatus(trxID, status, reason);
			return world.statuses.get(trxID);
		},
	);
}
