/**
 * The servers of the benchmark, in a process of their own: the simulator, and a bare server that counts and answers every POST
 * with the documented success after `latencyMs`, over HTTP and HTTPS. The parent process controls them by messages; they end
 * with it.
 */

import http from 'node:http';
import https from 'node:https';
import { startSimulator } from '../../simulator/server.cts';
import type { AddressInfo } from 'node:net';

/** What the servers have counted since the last order. */
export interface Counts {
	requests: number;
	/** Connections opened. */
	connections: number;
	maxInFlight: number;
	serverCpuMs: number;
}

/** What the parent sends. */
export interface Order {
	/** Delay of each answer. */
	latencyMs?: number;
	/** The phone for which the answer is "recipient not on WhatsApp". */
	refusedPhone?: string;
	/** Asks for the counts since the last order. */
	count?: true;
}

/** The first message to the parent: base URLs, and an API key that all of them accept. */
export interface Addresses {
	plain: string;
	tls: string;
	simulator: string;
	apiKey: string;
}

const options = JSON.parse(process.env.BENCH_SERVER ?? '{}') as { key: string; cert: string };
let latencyMs = 0;
let refusedPhone = '';
let inFlight = 0;
let sent = 0;
let cpu = process.cpuUsage();
let counts: Counts = { requests: 0, connections: 0, maxInFlight: 0, serverCpuMs: 0 };

function answer(request: http.IncomingMessage, response: http.ServerResponse) {
	counts.requests++;
	inFlight++;
	counts.maxInFlight = Math.max(counts.maxInFlight, inFlight);
	response.once('close', () => inFlight--);
	let body = '';
	request.setEncoding('utf8');
	request.on('data', (chunk) => (body += chunk));
	request.on('end', () => {
		const text = JSON.stringify(
			refusedPhone !== '' && body.includes(refusedPhone) ? refusal() : success(String(++sent)),
		);
		const send = () => {
			response.setHeader('content-type', 'application/json; charset=utf-8');
			response.setHeader('content-length', Buffer.byteLength(text));
			response.end(text);
		};
		if (latencyMs === 0) send();
		else setTimeout(send, latencyMs);
	});
}

function success(number: string) {
	return {
		status: 200,
		error: { code: '', message: '', field: '' },
		data: {
			success: true,
			message: 'The message has been added to queue',
			caseID: number.padStart(12, '0'),
			trxID: `00000000-0000-4000-8000-${number.padStart(12, '0')}`,
		},
	};
}

function refusal() {
	return { status: 400, error: { code: '40002', message: 'Phone is invalid', field: 'phone' }, data: {} };
}

/** @returns its port */
async function listen(server: http.Server): Promise<number> {
	server.on('connection', () => counts.connections++);
	await new Promise((resolve) =>
		server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => resolve(0)),
	);
	return (server.address() as AddressInfo).port;
}

async function main() {
	const plain = await listen(http.createServer(answer));
	const tls = await listen(https.createServer(options, answer));
	const simulator = await startSimulator({ quiet: true });
	process.on('message', (order: Order) => {
		if (order.count) {
			const { user, system } = process.cpuUsage(cpu);
			counts.requests += simulator.messages.length;
			counts.maxInFlight = Math.max(counts.maxInFlight, simulator.maxInFlight);
			process.send?.({ ...counts, serverCpuMs: (user + system) / 1000 });
			return;
		}
		({ latencyMs = 0, refusedPhone = '' } = order);
		simulator.reset();
		simulator.configure({ latencyMs });
		counts = { requests: 0, connections: 0, maxInFlight: 0, serverCpuMs: 0 };
		cpu = process.cpuUsage();
		process.send?.('ready');
	});
	process.once('disconnect', () => process.exit());
	const { pathname } = new URL(simulator.baseUrl);
	process.send?.({
		plain: `http://127.0.0.1:${plain}${pathname}`,
		tls: `https://127.0.0.1:${tls}${pathname}`,
		simulator: simulator.baseUrl,
		apiKey: simulator.apiKey,
	});
}

void main();
