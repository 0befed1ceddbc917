import { setTimeout as wait } from 'node:timers/promises';
import { API_PATH, ENDPOINTS } from './endpoints.cts';
import { Refusal, invalid, success } from './envelope.cts';
import { outcomeOf } from './faults.cts';
import { authorize } from '../../world/keys.cts';

/**
 * @typedef {import('../../world/types.cts').World} World
 * @typedef {import('fastify').FastifyRequest} FastifyRequest
 * @typedef {import('fastify').FastifyReply} FastifyReply
 */

/**
 * Serves the four endpoints under API_PATH, and answers anything else there with HTTP 404.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {World} world
 */
function apiRoutes(app, world) {
	app.register(
		async (api) => {
			// Content-Type is optional, so the body is read as JSON whatever it says.
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
					handler: (request, reply) => serve(world, name, request, reply),
				});
			}
			api.setNotFoundHandler((request, reply) => notFound(world, request, reply));
		},
		{ prefix: API_PATH },
	);
}

/**
 * @param {World} world
 * @param {string} name of the endpoint
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 */
async function serve(world, name, request, reply) {
	const fault = world.faults.take(name);
	const answered = world.log.open(request, fault?.kind ?? null);
	const really = () => run(world, name, request);
	/** @type {import('./faults.cts').Outcome} */
	const outcome = fault
		? outcomeOf(fault, {
				really,
				pretend: () => success(ENDPOINTS[name].pretended),
				key: String(request.headers['api-key'] ?? ''),
			})
		: { way: 'answer', body: really() };
	if (world.settings.latencyMs > 0) {
		await wait(world.settings.latencyMs, undefined, { signal: world.stopped, ref: false });
	}
	const { way, httpStatus = 200, retryAfter, body, type } = outcome;
	if (way !== 'answer') {
		answered({ httpStatus: null });
		reply.hijack();
		if (way === 'reset') request.raw.socket.resetAndDestroy();
		return;
	}
	answered({ httpStatus, body: typeof body === 'string' ? parseBody(body) : body });
	reply.code(httpStatus);
	if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
	if (type) reply.type(type);
	return reply.send(body);
}

/**
 * Key, then input, then the endpoint itself.
 *
 * @param {World} world
 * @param {string} name
 * @param {FastifyRequest} request
 * @returns {import('../../world/types.cts').Envelope}
 */
function run(world, name, { headers, query, body = {} }) {
	try {
		authorize(world, headers['api-key']);
		if (typeof body !== 'object' || body === null || Array.isArray(body))
			throw invalid('Request body is invalid', '');
		return ENDPOINTS[name].run(world, { query: /** @type {any} */ (query), body: /** @type {any} */ (body) });
	} catch (error) {
		if (error instanceof Refusal) return error.envelope;
		throw error;
	}
}

/**
 * @param {World} world
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 */
function notFound(world, request, reply) {
	world.log.open(request, null)({ httpStatus: 404 });
	return reply.code(404).type('text/plain; charset=utf-8').send('404 page not found\n');
}

/**
 * @param {World} world
 * @param {FastifyReply} reply
 */
function countInFlight({ inFlight }, reply) {
	inFlight.now += 1;
	inFlight.max = Math.max(inFlight.max, inFlight.now);
	reply.raw.once('close', () => {
		inFlight.now -= 1;
	});
}

/**
 * @param {string} text
 * @returns {unknown} the JSON value; an empty text is an empty object, and what is no JSON stays text
 */
function parseBody(text) {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

export { apiRoutes };
