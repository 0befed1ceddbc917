/** Lists of recipients, the parameters that send to them, and how many messages each has received. */

import type { Lab } from './lab.cts';

/** A row of a list. */
export interface Recipient {
	name: string;
	phone: string;
}

/** Parameters that Message: Send needs besides the phone and the text. */
export const send = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	messageType: 'text',
	withCase: true,
	options: {},
};

/** Sends a text to the recipient in the row. */
export const sendToRow = { ...send, phone: '={{ $json.phone }}', text: '=Hello {{ $json.name }}' };

/** As `sendToRow`, one request at a time. */
export const sendOneByOne = { ...sendToRow, options: { batching: { batch: { batchSize: 1 } } } };

/** Sends a template to the recipient in the row; without the values of its variables. */
export const sendTemplateToRow = {
	resource: 'message',
	operation: 'sendTemplate',
	channelId: '2100480937',
	phoneNumberId: '103011859190563',
	phone: '={{ $json.phone }}',
	templateName: 'order_ready',
	languageCode: 'en',
};

/** A list of recipients with different phones. */
export function recipients(count: number): Recipient[] {
	return Array.from({ length: count }, (_, i) => ({
		name: `Customer ${i + 1}`,
		phone: String(6281200000001 + i),
	}));
}

/** How many messages each phone has received. */
export function messagesByPhone(lab: Lab): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { phone } of lab.simulator.messages) counts[phone] = (counts[phone] ?? 0) + 1;
	return counts;
}

/** What `messagesByPhone` returns when each recipient has received one message. */
export function oneEach(rows: Array<{ phone: string }>): Record<string, number> {
	return Object.fromEntries(rows.map(({ phone }) => [phone, 1]));
}
