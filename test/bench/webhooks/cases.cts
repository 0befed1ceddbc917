/** What the benchmark of the webhook triggers compares: n8n's settings, and the workflows that get the deliveries. */

import { randomUUID } from 'node:crypto';
import type { Lab } from '../../e2e/lab.cts';
import { deliver, type Answer } from '../../e2e/webhooks/deliver.cts';
import {
	create,
	KINDS,
	newId,
	publish,
	publishTrigger,
	SECRET,
	TIMEOUT_MS,
} from '../../e2e/webhooks/trigger.cts';
import { node } from '../../e2e/workflows.cts';

/** n8n's ways to work out expressions, and the settings that make it use them. */
export const ENGINES = {
	vm: { title: 'n8n’s default (`vm`)', env: {} },
	lazy: {
		title: '`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`',
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	},
	legacy: { title: '`N8N_EXPRESSION_ENGINE=legacy`', env: { N8N_EXPRESSION_ENGINE: 'legacy' } },
} satisfies Record<string, { title: string; env: NodeJS.ProcessEnv }>;

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

export const CASES = {
	static: 'n8n Webhook, no expression',
	expression: 'n8n Webhook, one expression',
	headerAuth: 'n8n Webhook, Header Auth',
	organization: 'OneTalk Webhook Trigger',
	chatbot: 'OneTalk Chatbot Trigger',
	repeat: 'OneTalk Chatbot Trigger: a repeat (200)',
	refused: 'OneTalk Chatbot Trigger: a wrong secret (403)',
};

export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as CaseName[];

/** A way to make one delivery of a case. */
export interface Target {
	deliver(): Promise<Answer>;
	/** The HTTP status of the right answer. */
	expected: number;
}

/** Publishes a workflow for each case; each is its trigger and No Operation. */
export async function publishCases(lab: Lab): Promise<Record<CaseName, Target>> {
	const chatbot = await publishTrigger(lab, 'chatbot');
	const organization = await publishTrigger(lab, 'organization');
	const accepted = async () => await chatbot.deliver(newId());
	const repeated = newId();
	await chatbot.deliver(repeated);
	return {
		static: await webhook(lab, { options: { responseData: 'received' } }),
		expression: await webhook(lab, { options: { responseData: '={{ "received" }}' } }),
		headerAuth: await webhook(lab, {
			authentication: 'headerAuth',
			options: { responseData: 'received' },
		}),
		organization: { deliver: async () => await organization.deliver(newId()), expected: 200 },
		chatbot: { deliver: accepted, expected: 200 },
		repeat: { deliver: async () => await chatbot.deliver(repeated), expected: 200 },
		refused: { deliver: async () => await chatbot.deliver(newId(), { secret: 'wrong' }), expected: 403 },
	};
}

/** n8n's own Webhook node, which gets the same deliveries as the Chatbot Trigger. */
async function webhook(lab: Lab, parameters: object): Promise<Target> {
	const { id } = await lab.api.createCredential('httpHeaderAuth', 'Header', {
		name: 'X-Secret-Key',
		value: SECRET,
	});
	const path = randomUUID();
	const trigger = {
		...node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			...parameters,
		}),
		webhookId: path,
		credentials: { httpHeaderAuth: { id, name: 'Header' } },
	};
	const steps = [trigger, node('End', 'n8n-nodes-base.noOp', 1, {})];
	await publish(lab, await create(lab, `Webhook ${path}`, steps));
	return {
		deliver: async () =>
			await deliver(`${lab.url}/webhook/${path}`, {
				headers: { 'content-type': 'application/json', 'x-secret-key': SECRET },
				body: JSON.stringify(KINDS.chatbot.body(newId())),
				timeoutMs: TIMEOUT_MS,
			}),
		expected: 200,
	};
}
