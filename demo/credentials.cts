/** The credentials that the demo creates in n8n, and the nodes that use them. */

import type { WorkflowNode } from '../tools/n8n-api.cts';

export const CREDENTIAL_TYPE = 'oneTalkApi';
export const CREDENTIAL_NAME = 'OneTalk Simulator';

/** What OneTalk's webhook sends along, so that nobody else can start a workflow. */
export const WEBHOOK_TOKEN = 'simulator-webhook-token';

/** Prefix of the types of this package's nodes. */
export const NODE_PREFIX = 'n8n-nodes-onetalk.';

export interface DemoCredential {
	type: string;
	name: string;
	data: Record<string, string>;
	/** whether a node of a ready-made workflow gets this credential */
	isFor(node: WorkflowNode): boolean;
}

/** @param simulatorUrl without a slash at its end */
export function demoCredentials(simulatorUrl: string): DemoCredential[] {
	return [
		{
			type: CREDENTIAL_TYPE,
			name: CREDENTIAL_NAME,
			data: {
				baseUrl: `${simulatorUrl}/api/integration/v1`,
				apiKey: 'simulator-key',
				webhookToken: WEBHOOK_TOKEN,
			},
			isFor: (node) => node.type.startsWith(NODE_PREFIX) && !isOfChatbot(node),
		},
		{
			type: 'oneTalkChatbotApi',
			name: 'OneTalk Chatbot Simulator',
			data: {
				url: `${simulatorUrl}/api/visitor/v1/webhook/chatbot/custom/2222/31`,
				secretKey: 'simulator-chatbot-secret',
			},
			isFor: isOfChatbot,
		},
	];
}

/** The Chatbot Trigger, and the Chatbot operations of the OneTalk node and of the tools that n8n makes of it. */
function isOfChatbot({ type, parameters }: WorkflowNode): boolean {
	if (!type.startsWith(NODE_PREFIX)) return false;
	return type === `${NODE_PREFIX}oneTalkChatbotTrigger` || parameters.resource === 'chatbot';
}
