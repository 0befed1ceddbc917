/** Requests to the chatbot endpoint, as a chatbot sends them. */

import type { Simulator } from '../../../../simulator/server.cts';

/** Sends a request to the chatbot endpoint and returns its HTTP status and text. A string body is sent as it is. */
export async function postChatbot(
	sim: Simulator,
	body: unknown,
	{ key = sim.chatbotSecretKey, url = sim.chatbotUrl }: { key?: string; url?: string } = {},
): Promise<{ status: number; text: string }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Secret-Key': key },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return { status: response.status, text: await response.text() };
}

/** Returns the body of a request that sends one interactive message. */
export function interactiveBody(caseID: string, interactive: object): object {
	const message = { type: 'whatsappba', whatsappba: { type: 'interactive', interactive } };
	return { caseID, eventType: 'messages', messages: [message] };
}

export const OK = { status: 200, text: 'ok' };

export function refusal(text: string, status = 400): { status: number; text: string } {
	return { status, text };
}
