/** A second service fits beside the first: one operation with its own credential, judge, words and subject, on n8n's real engine. */

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { addCredentialType } from '../support/credentials';
import { runNode } from '../support/runNode';
import { bellsApi } from '../support/secondService.cts';

// The throw-away operation takes the place of an entry of the list; nothing else is changed.
jest.mock('../../nodes/OneTalk/operations/case/update', () => ({
	get update() {
		return jest.requireActual<{ ring: object }>('../support/secondService.cts').ring;
	},
}));

const SECRET = 'secret-of-the-second-service';

let server: HttpServer;
let requests: Array<{ url: string; secret: unknown; body: IDataObject }>;
let answers: Record<string, [number, string]>;

beforeAll(async () => {
	addCredentialType(bellsApi);
	server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += chunk));
		request.on('end', () => {
			const body = JSON.parse(text) as { caseID: string };
			requests.push({ url: request.url ?? '', secret: request.headers['x-bell'], body });
			const [status, answer] = answers[body.caseID] ?? [200, 'ok'];
			response.writeHead(status, { 'content-type': 'text/plain' }).end(answer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	requests = [];
	answers = {};
});

const onetalk = { baseUrl: 'http://127.0.0.1:9', apiKey: 'unused-key' };
const data = () => ({
	bellsApi: { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret: SECRET },
});
const parameters = { resource: 'case', operation: 'ring', bell: '={{ $json.bell }}', options: {} };
const rows = ['A', 'B', 'C'].map((bell) => ({ bell }));

describe('an operation of a second service', () => {
	it('goes to the address of its service, and its own rows come out', async () => {
		const { outputs } = await runNode(onetalk, { credentials: data(), parameters, rows });
		expect(requests.map(({ url, secret }) => [url, secret])).toEqual(Array(3).fill(['/bells', SECRET]));
		expect(outputs[0].map(({ json }) => json)).toEqual(
			rows.map(({ bell }) => ({ rung: true, caseID: bell })),
		);
	});

	it('has its own judge, with its secret masked', async () => {
		answers = { A: [400, `no bell for ${SECRET}`] };
		const { error } = await runNode(onetalk, { credentials: data(), parameters, rows });
		expect(error?.message).toBe('Row 1: The bell said "no bell for ***" (code HTTP 400)');
		expect(error?.description).toMatch(/^Look at the bell\. \d rung, 1 failed \(row 1\), \d not tried\.$/);
	});

	it('has its own words for an unknown outcome, and is not repeated by Retry On Fail', async () => {
		answers = { A: [500, 'broken'] };
		const { outputs } = await runNode(onetalk, {
			credentials: data(),
			parameters,
			rows,
			settings: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(outputs[0][0].json).toMatchObject({
			error: 'May have been rung: The bell said "broken" (code HTTP 500)',
			message: 'Listen before you ring again.',
			details: { outcome: 'unknown' },
		});
		expect(requests.filter(({ body }) => body.caseID === 'A')).toHaveLength(1);
	});

	it('names its rows by its own subject in a report', async () => {
		answers = { B: [400, 'no bell'] };
		const { outputs } = await runNode(onetalk, {
			credentials: data(),
			parameters: { ...parameters, options: { failureRows: true } },
			rows,
		});
		expect(outputs[0].map(({ json }) => [json.sent, json.phone, json.caseID])).toEqual([
			[true, '', 'A'],
			[false, '', 'B'],
			[true, '', 'C'],
		]);
	});
});
