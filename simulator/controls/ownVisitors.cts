const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?$/;

/**
 * Keeps other websites that are open in a person's browser away from the page and the controls.
 *
 * @param {import('fastify').FastifyRequest} request
 * @returns {boolean} whether the request names this machine, and comes from no other website
 */
function isOwnVisitor({ headers: { host = '', origin } }) {
	return LOOPBACK.test(host) && (origin === undefined || origin === `http://${host}`);
}

export { isOwnVisitor };
