/** Serves the endpoint of the custom chatbot. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { World } from '../../world/world.cts';
import { CHATBOT, SENDS } from '../integration/endpoints.cts';
import { countInFlight, parseBody, sendOutcome } from '../outcome.cts';
import { answerChatbot } from './endpoint.cts';
import { TEXT_TYPE, chatbotOutcomeOf } from './faults.cts';

/** The part of the path before the IDs, the same as the real service's. */
export const CHATBOT_PATH = '/api/visitor/v1/webhook/chatbot/custom';

/** Returns the path of the simulated chatbot. */
export function chatbotPath({ organization, chatbot }: World): string {
	return `${CHATBOT_PATH}/${organization.id}/${chatbot.id}`;
}

interface Route {
	Params: { organizationID: string; chatbotID: string };
}

export function chatbotRoutes(app: FastifyInstance, world: World): void {
	app.register(
		async (api) => {
			api.removeAllContentTypeParsers();
			api.addContentTypeParser('*', { parseAs: 'string' }, (_, text, done) =>
				done(null, parseBody(String(text))),
			);
			api.addHook('onRequest', async (_, reply) => countInFlight(world, reply));
			api.post<Route>('/:organizationID/:chatbotID', async (request, reply) => {
				const fault = world.faults.take(isSend(request) ? [CHATBOT, SENDS] : [CHATBOT]);
				const logResponse = world.log.open(request, fault?.kind ?? null);
				const key = request.headers['secret-key'];
				const run = () => answerChatbot(world, { ...request.params, key, body: request.body });
				const outcome = fault ? chatbotOutcomeOf(fault, run, String(key ?? '')) : plain(run());
				return await sendOutcome(world, outcome, request, reply, ({ httpStatus, body }) =>
					logResponse({ httpStatus, ...(httpStatus === null ? {} : { text: String(body) }) }),
				);
			});
		},
		{ prefix: CHATBOT_PATH },
	);
}

function plain({ httpStatus, text }: { httpStatus: number; text: string }) {
	return { way: 'respond', httpStatus, body: text, contentType: TEXT_TYPE } as const;
}

function isSend({ body }: FastifyRequest): boolean {
	return typeof body === 'object' && body !== null && 'eventType' in body && body.eventType === 'messages';
}
