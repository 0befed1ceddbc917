/** What is sent as the response to a request, and how. Used by every API of the simulator. */

import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../world/world.cts';

export interface Outcome {
	/** `hang` keeps the connection open without a response. */
	way: 'respond' | 'reset' | 'hang';
	/** Default: 200. */
	httpStatus?: number;
	/** Seconds. */
	retryAfter?: number;
	/** An object is sent as JSON, a string as it is. */
	body?: unknown;
	contentType?: string;
}

/** Sends the outcome after the delay that is set. `log` is called with what was sent. */
export async function sendOutcome(
	world: World,
	outcome: Outcome,
	request: FastifyRequest,
	reply: FastifyReply,
	log: (response: { httpStatus: number | null; body?: unknown }) => void,
): Promise<unknown> {
	if (world.settings.latencyMs > 0) {
		await wait(world.settings.latencyMs, undefined, { signal: world.stopped, ref: false });
	}
	const { way, httpStatus = 200, retryAfter, body, contentType } = outcome;
	if (way !== 'respond') {
		log({ httpStatus: null });
		reply.hijack();
		if (way === 'reset') request.raw.socket.resetAndDestroy();
		return undefined;
	}
	log({ httpStatus, body });
	reply.code(httpStatus);
	if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
	if (contentType !== undefined) reply.type(contentType);
	return reply.send(body);
}

/** Parses every body as JSON, since the header Content-Type is optional. */
export function parseBody(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Counts the requests in progress until the connection of the response closes. */
export function countInFlight({ inFlight }: World, reply: FastifyReply): void {
	inFlight.now += 1;
	inFlight.max = Math.max(inFlight.max, inFlight.now);
	reply.raw.once('close', () => {
		inFlight.now -= 1;
	});
}
