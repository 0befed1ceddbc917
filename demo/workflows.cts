/** The ready-made workflows of `workflows/`: their order, which of them are published, and the URLs of their triggers. */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { WorkflowContent, WorkflowNode } from '../tools/n8n-api.cts';
import { NODE_PREFIX, WEBHOOK_TOKEN } from './credentials.cts';

/**
 * The numbers of the workflows that are published when they are created. They work side by side: only one answers customers,
 * and at most one has each of the webhook triggers, since OneTalk has one URL for its webhook and one for the chatbot.
 */
const PUBLISHED = [5, 7, 10];

const FOLDER = path.join(__dirname, 'workflows');

/** The simulator's page in the notes of the workflows. */
export const PAGE_IN_NOTES = 'http://127.0.0.1:4010';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const WEBHOOK_TRIGGERS = [`${NODE_PREFIX}oneTalkWebhookTrigger`, `${NODE_PREFIX}oneTalkChatbotTrigger`];

export interface ReadyMade {
	/** such as `1-send-a-message.json` */
	file: string;
	content: WorkflowContent;
	isPublished: boolean;
}

/** The workflows in the order of the numbers that their file names begin with. */
export function readyMadeWorkflows(): ReadyMade[] {
	return fs
		.readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort((a, b) => parseInt(a) - parseInt(b))
		.map((file) => ({
			file,
			content: withWebhookIds(
				file,
				JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowContent,
			),
			isPublished: PUBLISHED.includes(parseInt(file)),
		}));
}

/** The URLs that OneTalk calls: those of the published workflows' triggers; empty where there is none. */
export function connections(n8nUrl: string): { webhookUrl: string; chatbotUrl: string } {
	const published = readyMadeWorkflows().filter(({ isPublished }) => isPublished);
	const urlOf = (type: string, query = '') => {
		const triggers = published
			.flatMap(({ content }) => content.nodes)
			.filter((node) => node.type === NODE_PREFIX + type);
		if (triggers.length > 1)
			throw new Error(`OneTalk has one URL, but ${triggers.length} published workflows have a ${type}.`);
		return triggers.length === 0 ? '' : `${n8nUrl}/webhook/${triggers[0].webhookId}/webhook${query}`;
	};
	return {
		webhookUrl: urlOf('oneTalkWebhookTrigger', `?token=${WEBHOOK_TOKEN}`),
		chatbotUrl: urlOf('oneTalkChatbotTrigger'),
	};
}

/** The nodes with another address of the simulator's page in their notes. */
export function withPageUrl(nodes: WorkflowNode[], from: string, to: string): WorkflowNode[] {
	return nodes.map((node) => {
		const { content } = node.parameters;
		if (node.type !== STICKY_NOTE || typeof content !== 'string') return node;
		return { ...node, parameters: { ...node.parameters, content: content.replaceAll(from, to) } };
	});
}

/**
 * Gives the URLs of our triggers their random part, always the same one here. The files have none: n8n makes one up for
 * everybody who imports them, so that nobody can guess the URL.
 */
function withWebhookIds(file: string, workflow: WorkflowContent): WorkflowContent {
	const nodes = workflow.nodes.map((node) =>
		WEBHOOK_TRIGGERS.includes(node.type) && !node.webhookId
			? { ...node, webhookId: uuidOf(`${file} ${node.name}`) }
			: node,
	);
	return { ...workflow, nodes };
}

/** A UUID that depends on the text alone. */
function uuidOf(text: string): string {
	const hash = createHash('sha256').update(text).digest('hex');
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`4${hash.slice(13, 16)}`,
		`8${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	].join('-');
}
