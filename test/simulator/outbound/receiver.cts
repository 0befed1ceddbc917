/** A server that receives the simulator's deliveries. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';

export interface Received {
	url: string;
	headers: IncomingHttpHeaders;
	/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- the tests read fields of any delivery */
	body: any;
}

/** Answers with the HTTP statuses that are given, one after the other, and then with 200. */
export async function startReceiver() {
	const received: Received[] = [];
	const plan = { statuses: [] as number[], delayMs: 0 };
	const server = createServer((request, response) => {
		void (async () => {
			const body = await text(request);
			received.push({
				url: request.url ?? '',
				headers: request.headers,
				body: body === '' ? null : JSON.parse(body),
			});
			const status = plan.statuses.shift() ?? 200;
			await wait(plan.delayMs);
			response.writeHead(status, { location: '/elsewhere' }).end(`answer ${status}`);
		})();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/1`,
		received,
		plan,
		clear() {
			received.length = 0;
			Object.assign(plan, { statuses: [], delayMs: 0 });
		},
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
