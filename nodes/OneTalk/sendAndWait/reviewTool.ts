/** The node as an agent's human review tool. */

import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../api/text';

/** n8n makes a human review tool of a node under the node type's name with this at its end. */
const REVIEW_SUFFIX = 'HitlTool';

/** Whether n8n asks a reviewer through this node before an agent's tool runs. */
export function isReviewTool(context: IExecuteFunctions | IWebhookFunctions): boolean {
	return context.getNode().type.endsWith(REVIEW_SUFFIX);
}

/** What n8n writes in the place of an object. */
const OBJECT = '[object Object]';

/**
 * The message of a review, with the arguments of the tool as lines. n8n's default message has them as an object, of which a person
 * could read nothing.
 */
export function readableReview(context: IExecuteFunctions, message: unknown): unknown {
	if (typeof message !== 'string' || !message.includes(OBJECT) || !isReviewTool(context)) return message;
	const input: unknown = context.evaluateExpression('{{ $tool.parameters }}', 0);
	if (!isRecord(input)) return message;
	const lines = Object.entries(input).map(
		([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
	);
	return message.replaceAll(OBJECT, () => lines.join('\n'));
}
