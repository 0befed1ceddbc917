/** A workflow that starts with a webhook trigger: deliveries to it, and the executions that they started. */

import { randomUUID } from 'node:crypto';
import type { Workflow, WorkflowNode } from '../../../tools/n8n-api.cts';
import type { ExecutionSummary } from '../../../tools/n8n-execution.cts';
import { CHAT_MESSAGE, chatMessage, MESSAGE_STATUS } from '../../support/deliveries.ts';
import type { Lab } from '../lab.cts';
import { until } from '../wait.cts';
import { chain, inARow, node } from '../workflows.cts';
import { deliver, inParallel, type Answer } from './deliver.cts';

/** Under load, n8n answers late, in ms. */
export const TIMEOUT_MS = 120_000;

/** The secret in the credentials of both kinds: the key with which the simulator delivers to a chatbot. */
export const SECRET = 'simulator-chatbot-secret';

type Step = Omit<WorkflowNode, 'position'>;

/** One kind of trigger. */
interface Kind {
	nodeType: string;
	credentialType: string;
	credential(lab: Lab): object;
	/** The body of the delivery with this ID. */
	body(id: string): Record<string, unknown>;
}

export const KINDS = {
	chatbot: {
		nodeType: 'n8n-nodes-onetalk.oneTalkChatbotTrigger',
		credentialType: 'oneTalkChatbotApi',
		credential: ({ simulator }) => ({ url: simulator.chatbotUrl, secretKey: SECRET }),
		body: (id) => ({ ...chatMessage({ ...CHAT_MESSAGE.message, id }) }),
	},
	organization: {
		nodeType: 'n8n-nodes-onetalk.oneTalkWebhookTrigger',
		credentialType: 'oneTalkApi',
		credential: ({ account }) => ({ ...account, webhookToken: SECRET }),
		body: (id) => {
			const { integrationMessageStatus: status, ...rest } = MESSAGE_STATUS;
			return { ...rest, integrationMessageStatus: { ...status, trxID: id } };
		},
	},
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** IDs of deliveries look like this, so that they are found in the data of executions. */
const ID = /\bdelivery-\d+\b/g;
let lastId = 0;

/** An ID that no other delivery of this process has. */
export const newId = (): string => `delivery-${++lastId}`;

/** An execution, and the IDs of the deliveries in its data. */
export interface Started extends Pick<ExecutionSummary, 'id' | 'status' | 'startedAt'> {
	of: string[];
}

/** A workflow: a webhook trigger, and what follows it. */
export interface CreatedTrigger {
	kind: KindName;
	workflowId: string;
	/** The path of the production URL, which every main and webhook process of n8n serves. */
	path: string;
	/** The production URL of n8n's main process. */
	url: string;
	/** Publishes the workflow and waits until its URL works. */
	publish(): Promise<void>;
	/** Delivers with the right secret, if no other is given, to n8n's main process, if no other URL is given. */
	deliver(id: string, options?: { secret?: string; url?: string }): Promise<Answer>;
	/** How many executions there are, in any status or in one. */
	count(status?: string): Promise<number>;
	/** All executions with what is in their data, newest first. */
	executions(): Promise<Started[]>;
}

/**
 * Creates a workflow.
 * @param steps what follows the trigger
 */
export async function createTrigger(
	lab: Lab,
	kind: KindName,
	steps: Step[] = [node('End', 'n8n-nodes-base.noOp', 1, {})],
): Promise<CreatedTrigger> {
	const { nodeType, credentialType, credential, body }: Kind = KINDS[kind];
	const { id } = await lab.api.createCredential(credentialType, kind, credential(lab));
	const trigger = {
		...node('Trigger', nodeType, 1, {}),
		webhookId: randomUUID(),
		credentials: { [credentialType]: { id, name: kind } },
	};
	const workflow = await create(lab, kind, [trigger, ...steps]);
	const workflowId = workflow.id;
	const path = `/webhook/${trigger.webhookId}/webhook`;
	return {
		kind,
		workflowId,
		path,
		url: lab.url + path,
		publish: async () => await publish(lab, workflow),
		deliver: async (messageId, { secret = SECRET, url = lab.url } = {}) =>
			await deliver(url + path, {
				headers: { 'content-type': 'application/json', 'x-secret-key': secret },
				body: JSON.stringify(body(messageId)),
				timeoutMs: TIMEOUT_MS,
			}),
		count: async (status) => {
			const query = queryFor({ workflowId, ...(status && { status: [status] }) }, 1);
			return (await lab.api.call<{ count: number }>('GET', `/rest/executions?${query}`)).count;
		},
		executions: async () => await allExecutions(lab, workflowId),
	};
}

/** Creates a workflow and publishes it. */
export async function publishTrigger(lab: Lab, kind: KindName, steps?: Step[]): Promise<CreatedTrigger> {
	const trigger = await createTrigger(lab, kind, steps);
	await trigger.publish();
	return trigger;
}

/** Creates a workflow of nodes in a row. */
export async function create(lab: Lab, name: string, steps: Step[]): Promise<Workflow> {
	return await lab.api.createWorkflow({ name, nodes: inARow(steps), connections: chain(steps) });
}

/** Publishes a workflow and waits until its trigger works. */
export async function publish(lab: Lab, workflow: Workflow): Promise<void> {
	await lab.api.publish(workflow);
	await until(
		'the workflow is published',
		async () => (await lab.api.publicationStatus(workflow.id)).status === 'published',
		60_000,
	);
}

interface Page {
	results: ExecutionSummary[];
	/** of the next page */
	nextCursor?: string | null;
}

async function allExecutions(lab: Lab, workflowId: string): Promise<Started[]> {
	const found: ExecutionSummary[] = [];
	let cursor: string | null | undefined;
	do {
		const query = queryFor({ workflowId }, 100) + (cursor ? `&cursor=${cursor}` : '');
		const page = await lab.api.call<Page>('GET', `/rest/executions?${query}`);
		found.push(...page.results);
		cursor = page.nextCursor;
	} while (cursor);
	const readOne = async ({ id, status, startedAt }: ExecutionSummary): Promise<Started> => {
		const { data } = await lab.api.call<{ data: string }>('GET', `/rest/executions/${id}`);
		return { id, status, startedAt, of: [...new Set(data.match(ID))] };
	};
	return await inParallel(
		found.map((one) => async () => await readOne(one)),
		5,
	);
}

function queryFor(filter: object, limit: number): string {
	return `filter=${encodeURIComponent(JSON.stringify(filter))}&limit=${limit}`;
}

/** How many executions each delivery has started. */
export function executionsById(executions: Started[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const id of executions.flatMap(({ of }) => of)) counts.set(id, (counts.get(id) ?? 0) + 1);
	return counts;
}
