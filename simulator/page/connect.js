/** The panel with what n8n needs of the simulator, and with the URLs to which the simulator delivers. */

import { byId, control, make, showList } from './dom.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {import('../world/connections.cts').Connections} Connections
 * @typedef {Connections & { baseUrl: string, apiKey: string, chatbotUrlOfOneTalk: string, chatbotSecretKey: string }} Panel
 */

/** The values to copy: the label in n8n, and the name in the answer of the simulator. */
const CREDENTIALS = /** @type {const} */ ([
	['onetalk-credential', 'API Key', 'apiKey'],
	['onetalk-credential', 'Base URL', 'baseUrl'],
	['chatbot-credential', 'URL', 'chatbotUrlOfOneTalk'],
	['chatbot-credential', 'Secret Key', 'chatbotSecretKey'],
]);
const URLS = /** @type {const} */ (['webhookUrl', 'chatbotUrl']);

/** Fills the panel, and saves a URL when its form is submitted. */
export async function buildConnections() {
	/** @type {Panel | undefined} */
	const panel = await control('GET', '/connections');
	if (!panel) return;
	for (const [id, label, name] of CREDENTIALS) byId(id).append(copyable(label, panel[name]));
	for (const name of URLS) {
		const form = byId(`${name}-form`);
		form.addEventListener('submit', async (/** @type {Event} */ event) => {
			event.preventDefault();
			await control('POST', '/connections', { [name]: form.elements.url.value });
		});
	}
}

/** Shows the URLs that are saved. They can hold tokens, so they are not part of the state. */
async function showUrls() {
	/** @type {Panel | undefined} */
	const panel = await control('GET', '/connections');
	for (const name of URLS) {
		const { url } = byId(`${name}-form`).elements;
		if (panel && document.activeElement !== url) url.value = panel[name];
	}
}

let shown = '';

/** @param {State} state */
export function showConnections({ isConnected, organization: { channels, topics } }) {
	const latest = JSON.stringify(isConnected);
	if (latest !== shown) void showUrls();
	shown = latest;
	byId('webhook-state').textContent = isConnected.webhook ? 'Connected' : 'Not connected';
	byId('webhook-state').classList.toggle('open', isConnected.webhook);
	byId('chatbot-state').textContent = isConnected.chatbot ? 'Connected' : 'Not connected';
	byId('chatbot-state').classList.toggle('open', isConnected.chatbot);
	byId('chatbot-hint').hidden = isConnected.chatbot;
	showList(byId('channel-list'), channels, JSON.stringify, ({ name, type, id, phoneNumberIDs, topicIDs }) =>
		make(
			'tr',
			{},
			make('td', {}, make('strong', { textContent: name }), make('small', { textContent: ` ${type}` })),
			make('td', {}, make('code', { textContent: id })),
			make('td', {}, ...phoneNumberIDs.map((textContent) => make('code', { textContent }))),
			make('td', {
				textContent: topics
					.filter((topic) => topicIDs.includes(topic.id))
					.map(topicText)
					.join(', '),
			}),
		),
	);
}

/** @param {{ id: number, name: string, agents: string[] }} topic */
function topicText({ id, name, agents }) {
	return `${name} (topic ID ${id}, ${agents.join(', ')})`;
}

/**
 * @param {string} label
 * @param {string} value
 */
function copyable(label, value) {
	const copy = make('button', { type: 'button', textContent: 'Copy' });
	copy.addEventListener('click', async () => {
		await window.navigator.clipboard.writeText(value);
		copy.textContent = 'Copied';
		setTimeout(() => (copy.textContent = 'Copy'), 1500);
	});
	return make(
		'div',
		{ className: 'copyable' },
		make('span', { className: 'quiet', textContent: label }),
		make('code', { textContent: value }),
		copy,
	);
}
