/** What the descriptions of the webhook triggers share: the webhook, and texts of the panel. */

import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

/**
 * The webhook of a trigger. n8n puts the node's random webhook ID into the URL. It answers 200 without a body after it has stored
 * the execution.
 */
export const webhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	path: 'webhook',
	responseMode: 'onReceived',
	responseData: 'noData',
};

/**
 * Keeps n8n from parsing a body before the delivery's secret was checked: n8n leaves the body of a webhook node of version 1 alone
 * if its parameter `options.binaryData` is true (n8n 1.123 to 2.41, `parseRequestBody` in its webhook helpers). Where that does
 * not work, n8n itself answers for a body that it cannot parse: 422 or 500.
 */
export const rawBodySwitch: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: { binaryData: true },
};

/** Numbered steps, one notice each: n8n removes line breaks and bold text from a notice, and draws list elements outside of its box. */
export function stepNotices(...steps: string[]): INodeProperties[] {
	return steps.map((step, index) => ({
		displayName: `${index + 1}. ${step}`,
		name: `setupNotice${index + 1}`,
		type: 'notice',
		default: '',
	}));
}
