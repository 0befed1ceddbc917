/** The servers that the simulator delivers to. Both are on this machine, so that nothing is sent anywhere else. */

export interface Connections {
	/** URL of the organization's webhook. Empty if there is none. */
	webhookUrl: string;
	/** URL of the custom chatbot. Empty if there is none. */
	chatbotUrl: string;
}

const LABELS: Record<keyof Connections, string> = {
	webhookUrl: 'The URL of the webhook',
	chatbotUrl: 'The URL of the chatbot',
};

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Returns the connections that are given, trimmed.
 *
 * @throws {Error} for an unknown name, or a URL that does not lead to this machine
 */
export function checkConnections(input: unknown): Partial<Connections> {
	if (typeof input !== 'object' || input === null || Array.isArray(input))
		throw new Error('Connections must be an object');
	const entries = Object.entries(input).map(([name, url]: [string, unknown]) => {
		if (!Object.hasOwn(LABELS, name))
			throw new Error(`There is no connection "${name}". Connections: ${Object.keys(LABELS).join(', ')}`);
		return [name, checkUrl(url, LABELS[name as keyof Connections])];
	});
	return Object.fromEntries(entries) as Partial<Connections>;
}

function checkUrl(input: unknown, label: string): string {
	const text = typeof input === 'string' ? input.trim() : '-';
	if (text === '') return '';
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || !LOOPBACK.test(url.hostname))
		throw new Error(`${label} must be an http URL of this machine, such as http://127.0.0.1:5678/webhook/…`);
	return text;
}
