/** Serves the Integration API: the four endpoints under the base path. Every other path there is HTTP 404. */

import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../../world/world.cts';
import { authorize } from './authorize.cts';
import type { Fields } from './checks.cts';
import type { Endpoint } from './endpoint.cts';
import { API_PATH, ENDPOINTS } from './endpoints.cts';
import { Refusal, invalid, success, type Envelope } from './envelope.cts';
import { outcomeOf, type Outcome } from './faultKinds.cts';

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
	const fault = world.faults.take(name);
	const logResponse = world.log.open(request, fault?.kind ?? null);
	const run = () => envelopeOf(world, endpoint, request);
	const outcome: Outcome = fault
		? outcomeOf(fault, {
				run,
				pretend: () => success(endpoint.pretendedData),
				key: String(request.headers['api-key'] ?? ''),
			})
		: { way: 'respond', body: run() };
	if (world.settings.latencyMs > 0) {
		await wait(world.settings.latencyMs, undefined, { signal: world.stopped, ref: false });
	}

	const { way, httpStatus = 200, retryAfter, body, contentType } = outcome;
	if (way !== 'respond') {
		logResponse({ httpStatus: null });
		reply.hijack();
		if (way === 'reset') request.raw.socket.resetAndDestroy();
		return undefined;
	}
	logResponse({ httpStatus, body: typeof body === 'string' ? parseBody(body) : body });
	reply.code(httpStatus);
	if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
	if (contentType !== undefined) reply.type(contentType);
	return reply.send(body);
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

function countInFlight({ inFlight }: World, reply: FastifyReply): void {
	inFlight.now += 1;
	inFlight.max = Math.max(inFlight.max, inFlight.now);
	reply.raw.once('close', () => {
		inFlight.now -= 1;
	});
}

/** Parses JSON. Empty text is an empty object; text that is not JSON is returned as it is. */
function parseBody(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
