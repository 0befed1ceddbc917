/*
 * The servers of the benchmark, in a process of their own: the simulator, and a bare server that answers every POST with
 * the documented success after `latencyMs`, over HTTP and HTTPS, and counts. They are told what to do over the channel
 * to the parent, and end with it.
 */

import http from 'node:http';
import https from 'node:https';
import { startSimulator } from '../../simulator/server.cts';

/**
 * @typedef {object} Counts
 * @property {number} requests
 * @property {number} connections opened
 * @property {number} maxInFlight
 * @property {number} serverCpuMs
 *
 * @typedef {object} Order what the parent sends
 * @property {number} [latencyMs] how long each answer is held back
 * @property {string} [refusedPhone] the phone for which the answer is "recipient not on WhatsApp"
 * @property {true} [count] asks for the counts since the last order
 *
 * @typedef {object} Addresses what the parent gets first: base URLs, and a key that all of them take
 * @property {string} plain
 * @property {string} tls
 * @property {string} simulator
 * @property {string} apiKey
 */

const options = /** @type {{ key: string, cert: string }} */ (JSON.parse(process.env.BENCH_SERVER ?? '{}'));
let latencyMs = 0;
let refusedPhone = '';
let inFlight = 0;
let sent = 0;
let cpu = process.cpuUsage();
/** @type {Counts} */
let counts = { requests: 0, connections: 0, maxInFlight: 0, serverCpuMs: 0 };

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
function answer(request, response) {
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

/** @param {string} number */
function success(number) {
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

/**
 * @param {http.Server} server
 * @returns {Promise<number>} its port
 */
async function listen(server) {
	server.on('connection', () => counts.connections++);
	await new Promise((resolve) =>
		server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => resolve(0)),
	);
	return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

async function main() {
	const plain = await listen(http.createServer(answer));
	const tls = await listen(https.createServer(options, answer));
	const simulator = await startSimulator({ quiet: true });
	process.on('message', (/** @type {Order} */ order) => {
		if (order.count) {
			const { user, system } = process.cpuUsage(cpu);
			counts.requests += simulator.messages.length;
			counts.maxInFlight = Math.max(counts.maxInFlight, simulator.maxInFlight);
			return process.send?.({ ...counts, serverCpuMs: (user + system) / 1000 });
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
