/** Starts a simulator: a simulated OneTalk, its APIs, its page and its controls in one server on 127.0.0.1. */

import { setMaxListeners } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { fastify } from 'fastify';
import { CHATBOT_PATH, chatbotPath, chatbotRoutes } from './api/chatbot/routes.cts';
import { API_PATH } from './api/integration/endpoints.cts';
import { checkFault } from './api/integration/faultInput.cts';
import { integrationRoutes } from './api/integration/routes.cts';
import { createControls, type Controls, type InitialState } from './controls/controls.cts';
import { isOwnRequest } from './controls/ownRequests.cts';
import { controlRoutes } from './controls/routes.cts';
import { createOutbound } from './outbound/outbound.cts';
import { pageRoutes } from './page/routes.cts';
import type { Chatbot } from './world/chatbot.cts';
import type { Organization } from './world/organization.cts';
import type { Settings } from './world/settings.cts';
import type { Case, LogEntry, Message } from './world/types.cts';
import { createWorld } from './world/world.cts';

export type { ChatbotMessage, CustomerMessage } from './world/chatTypes.cts';
export type { Connections } from './world/connections.cts';
export type { CustomerContent } from './world/customerInput.cts';
export type { Delivery } from './world/deliveries.cts';
export type { Fault } from './world/faults.cts';
export type { Settings } from './world/settings.cts';
export type { Template } from './world/templates.cts';
export type { Entry } from './world/transcript.cts';
export type { Case, CaseChange, LogEntry, Message, NewCase } from './world/types.cts';

export interface SimulatorOptions extends InitialState {
	/** Port on 127.0.0.1. Default: 0, which takes any free port. */
	port?: number;
	/** Whether to leave out the line that is printed for every request. Default: false. */
	quiet?: boolean;
	/** The valid API key. Default: `simulator-key`. */
	apiKey?: string;
	/** The API key of an organization without a tier. Default: `simulator-key-without-tier`. */
	noTierKey?: string;
	/** Parts of the organization that differ from the default: channels, topics, custom fields. */
	organization?: Partial<Organization>;
	/** ID, name and secret key of the custom chatbot, where they differ from the default. */
	chatbot?: Partial<Chatbot>;
}

export interface Simulator extends Controls {
	/** URL of the page, without a slash at the end. */
	readonly url: string;
	/** Base URL of the Integration API. */
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly noTierKey: string;
	/** URL of the custom chatbot, to which a chatbot sends. */
	readonly chatbotUrl: string;
	/** Secret key of the custom chatbot. */
	readonly chatbotSecretKey: string;
	readonly organization: Organization;
	readonly settings: Settings;
	/** Requests to the API, newest last. */
	readonly requests: LogEntry[];
	/** Accepted messages, newest last. */
	readonly messages: Message[];
	/** Latest versions of all cases, in the order in which the cases were created. */
	readonly cases: Case[];
	/** Every version ever made: the case's ID, and its updatedTime or else its createdTime (Unix milliseconds). */
	readonly versions: Array<{ id: string; time: number }>;
	/** The max number of API requests that were in progress at once. */
	readonly maxInFlight: number;
	/** Number of open connections. */
	readonly connections: number;
	/** Stops at once and cuts off all connections. */
	stop(): Promise<void>;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** @throws {Error} for invalid options, or with `code` EADDRINUSE if the port is taken */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, quiet = false, apiKey, noTierKey, organization, chatbot, ...initial } = options;
	const stopping = new AbortController();
	// every request that waits for its latency listens for the stop
	setMaxListeners(0, stopping.signal);
	const world = createWorld({
		apiKey,
		noTierKey,
		organization,
		chatbot,
		checkFault,
		print: quiet ? () => {} : (line) => console.log(line),
		stopped: stopping.signal,
	});
	const controls = createControls(world, createOutbound(world), initial);

	const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
	const sockets = new Set<Socket>();
	app.server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	app.addHook('onRequest', async (request, reply) => {
		const isApi = [API_PATH, CHATBOT_PATH].some((path) => request.url.startsWith(`${path}/`));
		if (isApi || isOwnRequest(request)) return;
		return reply.code(403).send({ error: 'Open the simulator at its own address' });
	});
	integrationRoutes(app, world);
	chatbotRoutes(app, world);
	controlRoutes(app, world, controls);
	pageRoutes(app);
	await app.listen({ host: '127.0.0.1', port });

	const { port: actualPort } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${actualPort}`;
	return {
		...controls,
		url,
		baseUrl: url + API_PATH,
		apiKey: world.apiKey,
		noTierKey: world.noTierKey,
		chatbotUrl: url + chatbotPath(world),
		chatbotSecretKey: world.chatbot.secretKey,
		organization: world.organization,
		get settings() {
			return { ...world.settings };
		},
		get requests() {
			return world.log.entries;
		},
		get messages() {
			return world.messages.list;
		},
		get cases() {
			return world.cases.latest();
		},
		get versions() {
			return world.cases.versions;
		},
		get maxInFlight() {
			return world.inFlight.max;
		},
		get connections() {
			return sockets.size;
		},
		async stop() {
			stopping.abort();
			const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
			for (const socket of sockets) socket.destroy();
			await app.close();
			await Promise.all(closed);
		},
	};
}
