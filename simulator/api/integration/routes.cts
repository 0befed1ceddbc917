/** Serves the Integration API: its endpoints under the base path. Every other path there is HTTP 404. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../../world/world.cts';
import { countInFlight, parseBody, sendOutcome, type Outcome } from '../outcome.cts';
import { authorize } from './authorize.cts';
import type { Fields } from './checks.cts';
import type { Endpoint } from './endpoint.cts';
import { API_PATH, ENDPOINTS, namesOf } from './endpoints.cts';
import { Refusal, invalid, success, type Envelope } from './envelope.cts';
import { outcomeOf } from './faultKinds.cts';

export function integrationRoutes(app: FastifyInstance, world: World): void {
	app.register(
		async (api) => {
			// The header Content-Type is optional, so every body is parsed as JSON.
			api.removeAllContentTypeParsers();
			api.addContentTypeParser('*', { parseAs: 'string' }, (_, text, done) =>
				done(null, parseBody(String(text))),
			);
			api.addHook('onRequest', async (_, reply) => countInFlight(world, reply));
			for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
				api.route({
					method: endpoint.method,
					url: endpoint.path,
					exposeHeadRoute: false,
					handler: (request, reply) => serve(world, name, endpoint, request, reply),
				});
			}
			api.setNotFoundHandler((request, reply) => notFound(world, request, reply));
		},
		{ prefix: API_PATH },
	);
}

/** Responds to a request: as documented, or as the fault says that hits it. */
async function serve(
	world: World,
	name: string,
	endpoint: Endpoint,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const fault = world.faults.take(namesOf(name));
	const logResponse = world.log.open(request, fault?.kind ?? null);
	const run = () => envelopeOf(world, endpoint, request);
	const outcome: Outcome = fault
		? outcomeOf(fault, {
				run,
				pretend: () => success(endpoint.pretendedData),
				key: String(request.headers['api-key'] ?? ''),
			})
		: { way: 'respond', body: run() };
	return await sendOutcome(world, outcome, request, reply, ({ httpStatus, body }) =>
		logResponse({ httpStatus, body: typeof body === 'string' ? parseBody(body) : body }),
	);
}

/** Checks the key, then the shape of the body, then runs the endpoint. */
function envelopeOf(
	world: World,
	endpoint: Endpoint,
	{ headers, query, body = {} }: FastifyRequest,
): Envelope {
	try {
		authorize(world, headers['api-key']);
		if (!isFields(body)) throw invalid('Request body is invalid', '');
		return endpoint.run(world, { query: query as Fields, body });
	} catch (error) {
		if (error instanceof Refusal) return error.envelope;
		throw error;
	}
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notFound(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	world.log.open(request, null)({ httpStatus: 404 });
	return reply.code(404).type('text/plain; charset=utf-8').send('404 page not found\n');
}
