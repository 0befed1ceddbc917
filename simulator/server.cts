import { fastify } from 'fastify';
import { API_PATH, ENDPOINTS } from './api/integration/endpoints.cts';
import { apiRoutes } from './api/integration/routes.cts';
import { checkCase, checkChange } from './world/caseInput.cts';
import { CaseStore } from './world/cases.cts';
import { Clock } from './world/clock.cts';
import { controlRoutes } from './controls/routes.cts';
import { Events } from './world/events.cts';
import { FaultList } from './api/integration/faults.cts';
import { DEFAULT_KEY, DEFAULT_KEY_WITHOUT_TIER, checkKeyForm } from './world/keys.cts';
import { MessageStore } from './world/messages.cts';
import { isOwnVisitor } from './controls/ownVisitors.cts';
import { pageRoutes } from './page/routes.cts';
import { Random } from './world/random.cts';
import { RequestLog } from './world/requestLog.cts';
import { checkSettings, defaultSettings } from './world/settings.cts';
import { stateOf } from './world/state.cts';
import { TemplateStore } from './world/templates.cts';

/**
 * @typedef {import('./world/types.cts').World} World
 * @typedef {import('./world/types.cts').Case} Case
 * @typedef {import('./world/settings.cts').Settings} Settings
 * @typedef {ReturnType<typeof controlsOf>} Controls
 *
 * @typedef {object} Options
 * @property {number} [port] 0, the default, takes a free one
 * @property {boolean} [quiet] print no line per request
 * @property {string} [apiKey]
 * @property {string} [noTierKey]
 * @property {Partial<Settings>} [settings]
 * @property {import('./api/integration/faults.cts').Fault[]} [faults]
 * @property {Partial<import('./world/templates.cts').Template>[]} [templates] that are approved from the start
 */

const LARGEST_BODY = 10 * 1024 * 1024;

/**
 * Starts a simulator of OneTalk's Integration API on 127.0.0.1.
 *
 * @param {Options} [options]
 * @throws {Error} for options that make no sense, and with `code` EADDRINUSE if the port is taken
 */
async function startSimulator(options = {}) {
	const { port = 0, quiet = false, settings = {}, faults = [], templates = [] } = options;
	const stopping = new AbortController();
	const world = createWorld(options, quiet ? () => {} : (line) => console.log(line), stopping.signal);
	const controls = controlsOf(world, settings, faults, templates);
	controls.reset();

	const app = fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true });
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	app.server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	app.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith(`${API_PATH}/`) || isOwnVisitor(request)) return;
		return reply.code(403).send({ error: 'Open the simulator under its own address' });
	});
	apiRoutes(app, world);
	controlRoutes(app, world, controls);
	pageRoutes(app);
	await app.listen({ host: '127.0.0.1', port });

	const { port: listensOn } = /** @type {import('node:net').AddressInfo} */ (app.server.address());
	const url = `http://127.0.0.1:${listensOn}`;
	return {
		...controls,
		url,
		baseUrl: url + API_PATH,
		apiKey: world.apiKey,
		noTierKey: world.noTierKey,
		/** @returns {Settings} */
		get settings() {
			return { ...world.settings };
		},
		/** Log of the requests to the API, newest last. */
		get requests() {
			return world.log.entries;
		},
		/** Accepted messages, newest last. */
		get messages() {
			return world.messages.list;
		},
		/** Latest versions of all cases, in the order in which they were opened. */
		get cases() {
			return world.cases.latest();
		},
		/** Every version ever made: a case's id with its updatedTime, or else its createdTime. */
		get versions() {
			return world.cases.versions;
		},
		/** The largest number of API requests that were in progress at once. */
		get maxInFlight() {
			return world.inFlight.max;
		},
		/** Open connections. */
		get connections() {
			return sockets.size;
		},
		/** Stops at once: requests that hang are cut off. */
		async stop() {
			stopping.abort();
			const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
			for (const socket of sockets) socket.destroy();
			await app.close();
			await Promise.all(closed);
		},
	};
}

/**
 * @param {Options} options
 * @param {(line: string) => void} print
 * @param {AbortSignal} stopped
 * @returns {World}
 */
function createWorld({ apiKey = DEFAULT_KEY, noTierKey = DEFAULT_KEY_WITHOUT_TIER }, print, stopped) {
	checkKeyForm(apiKey);
	checkKeyForm(noTierKey);
	if (apiKey === noTierKey) throw new Error('The two API keys must differ');
	const settings = defaultSettings();
	const clock = new Clock(() => world.settings.clockOffsetMs);
	const random = () => world.random;
	const changed = () => events.changed();
	const events = new Events(() => stateOf(world));
	/** @type {World} */
	const world = {
		apiKey,
		noTierKey,
		settings,
		clock,
		random: new Random(settings.seed),
		cases: new CaseStore(() => world.settings, clock, random, changed),
		messages: new MessageStore(clock, changed),
		templates: new TemplateStore(changed),
		faults: new FaultList(Object.keys(ENDPOINTS), random, changed),
		log: new RequestLog(clock, [apiKey, noTierKey], changed, print),
		events,
		inFlight: { now: 0, max: 0 },
		stopped,
	};
	return world;
}

/**
 * What a test or a person can do to the simulator.
 *
 * @param {World} world
 * @param {Partial<Settings>} settings that hold from the start
 * @param {import('./api/integration/faults.cts').Fault[]} faults that are there from the start
 * @param {Partial<import('./world/templates.cts').Template>[]} templates that are there from the start
 */
function controlsOf(world, settings, faults, templates) {
	const controls = {
		/**
		 * @param {Partial<Settings>} partial
		 * @returns {Settings} all of them
		 * @throws {Error} that names the setting and what it may be
		 */
		configure(partial) {
			world.settings = { ...world.settings, ...checkSettings(partial) };
			if ('seed' in partial) world.random = new Random(world.settings.seed);
			world.events.changed();
			return { ...world.settings };
		},
		/**
		 * Makes wrong answers; see KINDS in faults.js.
		 *
		 * @param {import('./api/integration/faults.cts').Fault} fault
		 * @throws {Error} that says what is wrong with it
		 */
		fault: (fault) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		/**
		 * Tells the texts of an approved template, so that the page shows finished messages.
		 *
		 * @param {Partial<import('./world/templates.cts').Template>} template
		 * @returns {import('./world/templates.cts').Template}
		 * @throws {Error} that names the field
		 */
		addTemplate: (template) => world.templates.add(template),
		/**
		 * @param {import('./world/types.cts').NewCase} [partial]
		 * @returns {Case}
		 * @throws {Error} that names the field
		 */
		createCase: (partial = {}) => world.cases.create(checkCase(partial)),
		/**
		 * @param {string} id
		 * @param {import('./world/types.cts').CaseChange} change
		 * @returns {Case}
		 * @throws {Error} if there is no such case, or that names the field
		 */
		updateCase: (id, change) => world.cases.update(id, checkChange(change)),
		/**
		 * Opens many cases, each at a millisecond of its own or all at the same one.
		 *
		 * @param {number} count
		 * @param {{ sameMillisecond?: boolean }} [options]
		 * @returns {Case[]}
		 */
		bulk: (count, options) => world.cases.bulk(count, options),
		/** @returns {number} Unix milliseconds of the simulator's clock */
		now: () => world.clock.now(),
		/** @param {number | null} ms Unix milliseconds to stand still at; null lets the clock run again */
		setClock(ms) {
			world.clock.set(ms);
			world.events.changed();
		},
		/** Back to the start: no cases, messages, log or later settings, faults and templates. */
		reset() {
			world.clock.set(null);
			world.settings = defaultSettings();
			controls.configure({ seed: world.settings.seed, ...settings });
			world.cases.clear();
			world.messages.clear();
			world.templates.clear();
			for (const template of templates) controls.addTemplate(template);
			world.log.clear();
			world.inFlight.max = world.inFlight.now;
			controls.clearFaults();
			for (const fault of faults) controls.fault(fault);
		},
	};
	return controls;
}

export { startSimulator };
