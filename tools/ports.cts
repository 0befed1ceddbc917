import net from 'node:net';

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether this process may listen on 127.0.0.1:port
 */
function isFree(port) {
	return new Promise((resolve) => {
		const server = net.createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * The wanted port if it is free, else the next free one above it.
 * @param {number} wanted
 * @param {number[]} [taken] ports that are already promised to something else
 * @returns {Promise<number>}
 */
async function freePort(wanted, taken = []) {
	for (let port = wanted; port <= Math.min(wanted + 200, 65_535); port++) {
		if (!taken.includes(port) && (await isFree(port))) return port;
	}
	throw new Error(`No free port between ${wanted} and ${wanted + 200}.`);
}

export { freePort };
