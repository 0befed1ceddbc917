/*
 * A bare server that lists cases as OneTalk does, from memory, and counts. It is told how many over the channel to the
 * parent, and ends with it.
 */

import http from 'node:http';
import { PAGE, caseOf, timeOf } from './backlog.cts';

const PATH = '/api/integration/v1';

/**
 * @typedef {object} Counts
 * @property {number} requests
 * @property {number} rows handed out
 * @property {number} serverCpuMs
 *
 * @typedef {object} Order what the parent sends
 * @property {number} [cases] how many cases there are
 * @property {number} [latencyMs] how long each answer is held back
 * @property {true} [count] asks for the counts since the last order
 */

/** @type {string[]} */
let rows = [];
/** @type {number[]} */
let times = [];
let latencyMs = 0;
let cpu = process.cpuUsage();
/** @type {Counts} */
let counts = { requests: 0, rows: 0, serverCpuMs: 0 };

/**
 * @param {number} since Unix ms
 * @returns {number} index of the first case that has changed at that time or later
 */
function firstFrom(since) {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (times[middle] < since) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** @param {URLSearchParams} query */
function list(query) {
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
	process.on('message', (/** @type {Order} */ order) => {
		if (order.count) {
			const { user, system } = process.cpuUsage(cpu);
			return process.send?.({ ...counts, serverCpuMs: (user + system) / 1000 });
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
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	process.send?.(`http://127.0.0.1:${port}${PATH}`);
});
