/** The controls over HTTP: JSON under /_simulator. Invalid input is refused with HTTP 400 and `{ error }`. */

import type { FastifyError, FastifyInstance } from 'fastify';
import { ENDPOINT_NAMES } from '../api/integration/endpoints.cts';
import { FAULT_OPTIONS } from '../api/integration/faultKinds.cts';
import type { Fault } from '../world/faults.cts';
import { SETTINGS, SETTING_GROUPS, type Settings } from '../world/settings.cts';
import { stateOf } from '../world/state.cts';
import type { Template } from '../world/templates.cts';
import type { CaseChange, NewCase } from '../world/types.cts';
import type { World } from '../world/world.cts';
import { chatRoutes } from './chatRoutes.cts';
import type { Controls } from './controls.cts';

/** What settings, faults and endpoints there are. The page builds its forms from it. */
const OPTIONS = {
	settings: SETTINGS,
	settingGroups: SETTING_GROUPS,
	endpoints: ENDPOINT_NAMES,
	faults: FAULT_OPTIONS,
};

export type Options = typeof OPTIONS;

/** Adds the routes. The types of the bodies are not checked here: the controls check their input. */
export function controlRoutes(app: FastifyInstance, world: World, controls: Controls): void {
	app.register(
		async (routes) => {
			routes.setErrorHandler<FastifyError>((error, _, reply) => {
				reply.code(error.statusCode ?? 400).send({ error: error.message });
			});
			routes.get('/state', async () => stateOf(world));
			routes.get('/options', async () => OPTIONS);

			routes.get('/settings', async () => world.settings);
			routes.post<{ Body: Partial<Settings> }>('/settings', async ({ body }) => controls.configure(body));

			routes.get('/faults', async () => ({ faults: world.faults.list }));
			routes.post<{ Body: Fault }>('/faults', async ({ body }) => {
				controls.fault(body);
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

			routes.get('/messages', async () => ({ messages: world.messages.list }));

			routes.get('/templates', async () => ({ templates: world.templates.list }));
			routes.post<{ Body: Partial<Template> }>('/templates', async ({ body }) => controls.addTemplate(body));

			routes.delete<{ Body: Pick<Template, 'templateName' | 'languageCode'> }>(
				'/templates',
				async ({ body }) => {
					controls.removeTemplate(body.templateName, body.languageCode);
					return { templates: world.templates.list };
				},
			);

			routes.get('/cases', async () => ({ cases: world.cases.latest() }));
			routes.post<{ Body?: NewCase }>('/cases', async ({ body }) => controls.createCase(body ?? {}));
			routes.patch<{ Params: { id: string }; Body?: CaseChange }>('/cases/:id', async ({ params, body }) =>
				controls.updateCase(params.id, body ?? {}),
			);

			chatRoutes(routes, world, controls);

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
