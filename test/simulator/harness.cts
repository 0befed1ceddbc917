import { startSimulator } from '../../simulator/server.cts';

const SEND = '/inbox/send_message_whatsapp';
const TEMPLATE = '/inbox/send_templated_message_whatsappba';
const LIST = '/inbox/case/get_updated_list';
const UPDATE = '/inbox/case/update';

const TEXT = { channelID: '2101081881', phone: '6281212345678', messageType: 'text', body: 'Hi' };
const TEMPLATED = {
	channelID: '2100480937',
	phoneNumberID: '103011859190563',
	phone: '6281212345678',
	templateName: 'greetings_v1',
	languageCode: 'en',
	parameters: { header: [], body: [{ name: 'name', value: 'John' }], footer: [], buttons: [] },
};

/**
 * Starts a simulator for the tests of a file, as new before each test.
 *
 * @param {import('../../simulator/server.cts').Options} [options]
 */
function useSimulator(options = {}) {
	/** @type {Awaited<ReturnType<typeof startSimulator>>} */
	let sim;
	beforeAll(async () => {
		sim = await startSimulator({ quiet: true, ...options });
	});
	beforeEach(() => sim.reset());
	afterAll(() => sim.stop());

	/**
	 * @param {string} path
	 * @param {unknown} [body] a string is sent as it is
	 * @param {Record<string, string>} [headers]
	 */
	const post = (path, body, headers = { 'API-Key': sim.apiKey }) =>
		fetch(sim.baseUrl + path, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	/** @param {string} query */
	const get = (query) => fetch(`${sim.baseUrl}${LIST}${query}`, { headers: { 'API-Key': sim.apiKey } });

	return {
		get sim() {
			return sim;
		},
		post,
		get,
		/** @param {string} path @param {unknown} body @returns {Promise<any>} */
		postJson: async (path, body) => (await post(path, body)).json(),
		/** @param {number} since @param {number} [limit] @returns {Promise<any>} the data */
		list: async (since, limit) =>
			(await (await get(`?since_timestamp=${since}${limit ? `&limit=${limit}` : ''}`)).json()).data,
		/**
		 * @param {string} method
		 * @param {string} path below /_simulator
		 * @param {unknown} [body]
		 * @param {Record<string, string>} [headers]
		 */
		control: (method, path, body, headers = {}) =>
			fetch(`${sim.url}/_simulator${path}`, {
				method,
				headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
				body: body === undefined ? undefined : JSON.stringify(body),
			}),
	};
}

export { LIST, SEND, TEMPLATE, TEMPLATED, TEXT, UPDATE, useSimulator };
