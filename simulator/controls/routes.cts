import { ENDPOINTS } from '../api/integration/endpoints.cts';
import { KINDS, fieldsOf } from '../api/integration/faults.cts';
import { SETTINGS } from '../world/settings.cts';
import { stateOf } from '../world/state.cts';

/**
 * The simulator's own controls, as JSON under /_simulator. What is refused is answered with HTTP 400 and `{ error }`.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../world/types.cts').World} world
 * @param {import('../server.cts').Controls} controls
 */
function controlRoutes(app, world, controls) {
	app.register(
		async (routes) => {
			routes.setErrorHandler((/** @type {Error & { statusCode?: number }} */ error, _, reply) => {
				reply.code(error.statusCode ?? 400).send({ error: error.message });
			});
			routes.get('/state', async () => stateOf(world));
			routes.get('/options', async () => ({
				settings: SETTINGS,
				endpoints: Object.keys(ENDPOINTS),
				faults: Object.fromEntries(
					Object.entries(KINDS).map(([kind, { help }]) => [kind, { help, fields: fieldsOf(kind) }]),
				),
			}));

			routes.get('/settings', async () => world.settings);
			routes.post('/settings', async ({ body }) => controls.configure(/** @type {any} */ (body)));

			routes.get('/faults', async () => ({ faults: world.faults.list }));
			routes.post('/faults', async ({ body }) => {
				controls.fault(/** @type {any} */ (body));
				return { faults: world.faults.list };
			});
			routes.delete('/faults', async () => {
				controls.clearFaults();
				return { faults: [] };
			});

			routes.get('/requests', async () => ({ requests: world.log.entries }));
			routes.delete('/requests', async () => {
				world.log.clear();
				return { requests: [] };
			});
			routes.get('/templates', async () => ({ templates: world.templates.list }));
			routes.post('/templates', async ({ body }) => controls.addTemplate(/** @type {any} */ (body)));

			routes.get('/messages', async () => ({ messages: world.messages.list }));

			routes.get('/cases', async () => ({ cases: world.cases.latest() }));
			routes.post('/cases', async ({ body }) => controls.createCase(/** @type {any} */ (body ?? {})));
			routes.patch('/cases/:id', async ({ params, body }) =>
				controls.updateCase(/** @type {any} */ (params).id, /** @type {any} */ (body ?? {})),
			);

			routes.post('/reset', async () => {
				controls.reset();
				return stateOf(world);
			});
			routes.get('/events', (_, reply) => {
				reply.hijack();
				world.events.listen(reply.raw);
			});
		},
		{ prefix: '/_simulator' },
	);
}

export { controlRoutes };
