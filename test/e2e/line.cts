import net from 'node:net';

/**
 * A line to a server on this machine that can be cut: the server keeps what it knows while its callers are refused.
 * @param {number} port where callers call
 * @param {number} serverPort
 */
async function openLine(port, serverPort) {
	/** @type {Set<net.Socket>} */
	const sockets = new Set();
	const server = net.createServer((caller) => {
		const called = net.connect(serverPort, '127.0.0.1');
		for (const [one, other] of [
			[caller, called],
			[called, caller],
		]) {
			sockets.add(one);
			one.once('close', () => sockets.delete(one));
			one.once('error', () => other.resetAndDestroy());
			one.pipe(other);
		}
	});
	/** @returns {Promise<void>} */
	const mend = () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
	await mend();
	return {
		mend,
		/** @returns {Promise<void>} */
		cut: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

export { openLine };
