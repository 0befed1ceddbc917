/** Free ports of 127.0.0.1. */

import net from 'node:net';

/**
 * The wanted port if it is free, else the next free one above it.
 * @param taken ports that are already assigned to something that does not listen yet
 * @throws {Error} when none of the next 200 ports is free
 */
export async function freePort(wanted: number, taken: number[] = []): Promise<number> {
	for (let port = wanted; port <= Math.min(wanted + 200, 65_535); port++) {
		if (!taken.includes(port) && (await isFree(port))) return port;
	}
	throw new Error(`No free port between ${wanted} and ${wanted + 200}.`);
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = net.createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
