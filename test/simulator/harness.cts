/** Starts a simulator for the tests of a file, and sends it requests. */

import { setTimeout as wait } from 'node:timers/promises';
import { startSimulator, type Case, type Simulator, type SimulatorOptions } from '../../simulator/server.cts';
import type { Envelope } from '../../simulator/api/integration/envelope.cts';

export const SEND = '/inbox/send_message_whatsapp';
export const TEMPLATE = '/inbox/send_templated_message_whatsappba';
export const LIST = '/inbox/case/get_updated_list';
export const UPDATE = '/inbox/case/update';

/** A valid text message. */
export const TEXT = { channelID: '2101081881', phone: '6281212345678', messageType: 'text', body: 'Hi' };

/** A valid template message. */
export const TEMPLATED = {
	channelID: '2100480937',
	phoneNumberID: '103011859190563',
	phone: '6281212345678',
	templateName: 'greetings_v1',
	languageCode: 'en',
	parameters: { header: [], body: [{ name: 'name', value: 'John' }], footer: [], buttons: [] },
};

/** `data` of the case list. A fault or a setting can change its shape. */
export interface CaseList {
	cases: Case[];
	hasMore: boolean;
	lastTimestamp: number;
}

/** Starts a simulator for the tests of a file. It is reset before each test. */
export function useSimulator(options: SimulatorOptions = {}) {
	let sim: Simulator;
	beforeAll(async () => {
		sim = await startSimulator({ quiet: true, ...options });
	});
	beforeEach(() => sim.reset());
	afterAll(() => sim.stop());

	/** Sends a POST request to the API. A body that is a string is sent as it is. */
	const post = (path: string, body?: unknown, headers: Record<string, string> = { 'API-Key': sim.apiKey }) =>
		fetch(sim.baseUrl + path, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	/** Fetches the case list. The query starts with a question mark. */
	const get = (query: string) =>
		fetch(`${sim.baseUrl}${LIST}${query}`, { headers: { 'API-Key': sim.apiKey } });

	/** Sends a request to the controls. The path is below /_simulator. */
	const control = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
		fetch(`${sim.url}/_simulator${path}`, {
			method,
			headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});

	return {
		get sim() {
			return sim;
		},
		post,
		get,
		/** Sends a POST request to the API and returns its envelope. */
		postJson: async (path: string, body: unknown) => (await (await post(path, body)).json()) as Envelope,
		/** Fetches the case list and returns its `data`. `since` is in Unix milliseconds. */
		list: async (since: number, limit?: number) => {
			const response = await get(`?since_timestamp=${since}${limit ? `&limit=${limit}` : ''}`);
			return ((await response.json()) as { data: CaseList }).data;
		},
		control,
		/** Sends a request to the controls and returns the response body. */
		controlJson: async (method: string, path: string, body?: unknown): Promise<unknown> =>
			await (await control(method, path, body)).json(),
	};
}

/** Waits until the condition is true. The time limit is that of the test. */
export async function waitUntil(condition: () => boolean): Promise<void> {
	while (!condition()) await wait(5);
}

/** Returns an invalid value for a function whose input is checked at run time. */
export function invalidInput(value: unknown): never {
	return value as never;
}
