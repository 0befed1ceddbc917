/**
 * A bare server that counts, and lists cases from memory as OneTalk does. The parent process controls it by messages; it ends
 * with it.
 */

import http from 'node:http';
import { PAGE, caseOf, timeOf } from './backlog.cts';
import type { AddressInfo } from 'node:net';

const PATH = '/api/integration/v1';

/** What the server has counted since the last order. */
export interface Counts {
	requests: number;
	/** Cases in all answers. */
	rows: number;
	serverCpuMs: number;
}

/** What the parent sends. */
export interface Order {
	/** How many cases there are. */
	cases?: number;
	/** Delay of each answer. */
	latencyMs?: number;
	/** Asks for the counts since the last order. */
	count?: true;
}

let rows: string[] = [];
let times: number[] = [];
let latencyMs = 0;
let cpu = process.cpuUsage();
let counts: Counts = { requests: 0, rows: 0, serverCpuMs: 0 };

/** The index of the first case that has changed at that time (Unix ms) or later. */
function firstFrom(since: number): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (times[middle] < since) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The answer to a request of the case list, as JSON. */
function list(query: URLSearchParams): string {
	const first = firstFrom(Number(query.get('since_timestamp')));
	const end = Math.min(first + Math.min(Number(query.get('limit')), PAGE), rows.length);
	counts.requests++;
	counts.rows += end - first;
	const data = `{"cases":[${rows.slice(first, end).join(',')}],"hasMore":${end < rows.length},"lastTimestamp":${times[end - 1] ?? 0}}`;
	return `{"status":200,"error":{"code":"","message":"","field":""},"data":${data}}`;
}

const server = http.createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
	const known = pathname === `${PATH}/inbox/case/get_updated_list`;
	const text = known ? list(searchParams) : '{}';
	const send = () => {
		response.writeHead(known ? 200 : 404, {
			'content-type': 'application/json; charset=utf-8',
			'content-length': Buffer.byteLength(text),
		});
		response.end(text);
	};
	if (latencyMs === 0) send();
	else setTimeout(send, latencyMs);
});

server.listen(0, '127.0.0.1', () => {
	process.on('message', (order: Order) => {
		if (order.count) {
			const { user, system } = process.cpuUsage(cpu);
			process.send?.({ ...counts, serverCpuMs: (user + system) / 1000 });
			return;
		}
		const { cases = 0 } = order;
		latencyMs = order.latencyMs ?? 0;
		rows = Array.from({ length: cases }, (_, index) => JSON.stringify(caseOf(index)));
		times = Array.from({ length: cases }, (_, index) => timeOf(index));
		counts = { requests: 0, rows: 0, serverCpuMs: 0 };
		cpu = process.cpuUsage();
		process.send?.('ready');
	});
	process.once('disconnect', () => process.exit());
	const { port } = server.address() as AddressInfo;
	process.send?.(`http://127.0.0.1:${port}${PATH}`);
});
