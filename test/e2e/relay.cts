/** A TCP relay to a server on this machine that can be interrupted: the server keeps its state while its callers are refused. */

import net from 'node:net';

export interface Relay {
	/** accepts connections again */
	open(): Promise<void>;
	/** refuses connections, and ends the open ones */
	close(): Promise<void>;
}

/**
 * Opens a relay on 127.0.0.1.
 * @param port where callers connect
 */
export async function openRelay(port: number, serverPort: number): Promise<Relay> {
	const sockets = new Set<net.Socket>();
	const connect = (from: net.Socket, to: net.Socket) => {
		sockets.add(from);
		from.once('close', () => sockets.delete(from));
		from.once('error', () => to.resetAndDestroy());
		from.pipe(to);
	};
	const server = net.createServer((caller) => {
		const called = net.connect(serverPort, '127.0.0.1');
		connect(caller, called);
		connect(called, caller);
	});
	const relay: Relay = {
		open: async () => await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
		close: async () =>
			await new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
	await relay.open();
	return relay;
}
