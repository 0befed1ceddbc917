/** Keeps other websites that are open in the person's browser away from the page and the controls. */

import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?$/;

/** Returns whether the request is addressed to this machine by name, and does not come from another website. */
export function isOwnRequest({ headers: { host = '', origin } }: FastifyRequest): boolean {
	return LOOPBACK.test(host) && (origin === undefined || origin === `http://${host}`);
}
