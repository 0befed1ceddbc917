/**
 * What the organization's webhook gets: the statuses of messages that were sent through the API, and resolved cases.
 * Source: https://docs.taptalk.io/onetalk-omnichannel-documentation/webhook
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { MessageStatus, Status } from '../world/statuses.cts';
import type { Case, Message } from '../world/types.cts';
import type { World } from '../world/world.cts';
import { deliver } from './deliver.cts';

const IN_ORDER: readonly Status[] = ['acknowledge', 'delivered', 'read'];

/** Gives a message its statuses one after the other, and delivers each. */
export async function runStatuses(world: World, message: Message, signal: AbortSignal): Promise<void> {
	for (const status of plannedStatuses(world)) {
		await wait(world.settings.statusDelayMs, undefined, { signal, ref: false });
		await setStatus(world, message, status, signal);
	}
}

/** Sets one status and delivers it. */
export async function setStatus(
	world: World,
	{ trxID, channelID, phone, kind }: Message,
	{ status, reason }: MessageStatus,
	signal: AbortSignal,
): Promise<void> {
	world.statuses.set(trxID, { status, reason });
	await deliverToWebhook(world, status, signal, {
		type: 'integration_message_status',
		organizationID: world.organization.id,
		integrationMessageStatus: {
			trxID,
			channelID,
			channelType: kind === 'template' ? 'whatsappba' : 'whatsapp',
			contactPhone: phone,
			status,
			reason,
			timestamp: world.clock.now(),
		},
	});
}

function plannedStatuses({ settings, random }: World): MessageStatus[] {
	const { messageStatuses, failedPercent, failureReason, statusOrder } = settings;
	if (failedPercent > 0 && random.next() * 100 < failedPercent)
		return [{ status: 'failed', reason: failureReason }];
	const statuses = messageStatuses === 'none' ? [] : IN_ORDER.slice(0, IN_ORDER.indexOf(messageStatuses) + 1);
	const orders = {
		inOrder: () => statuses,
		reversed: () => statuses.toReversed(),
		shuffled: () => random.shuffled(statuses),
	};
	return orders[statusOrder]().map((status) => ({ status, reason: '' }));
}

/** Delivers that a case was resolved. */
export async function deliverResolved(world: World, resolved: Case, signal: AbortSignal): Promise<void> {
	const { organization, chatbot, caseDetails } = world;
	const { id, agent, isJunk, agentRemark, createdTime } = resolved;
	const details = caseDetails.get(id);
	const isWithChatbot = details.isWithChatbot && !details.isHandedOver;
	await deliverToWebhook(world, 'case_resolved', signal, {
		type: 'case_resolved',
		organizationID: organization.id,
		caseResolved: {
			caseID: id,
			channelType: organization.channels.find((channel) => channel.id === details.channelID)?.type ?? '',
			channelID: details.channelID,
			topicID: details.topicID,
			topicName: organization.topics.find((topic) => topic.id === details.topicID)?.name ?? '',
			assigneeType: isWithChatbot ? 'chatbot' : 'agent',
			chatbotID: isWithChatbot ? chatbot.id : '',
			chatbotName: isWithChatbot ? chatbot.name : '',
			agentEmail: isWithChatbot ? '' : agent.email,
			agentFullName: isWithChatbot ? '' : agent.fullName,
			isJunk,
			agentRemark,
			createdTime,
			counterStartTime: createdTime,
			firstResponseTime: details.firstResponseTime,
			resolvedTime: details.resolvedTime,
		},
	});
}

/**
 * Delivers a body to the organization's webhook, if there is one.
 *
 * @param what names the delivery in the log
 */
export async function deliverToWebhook(
	world: World,
	what: string,
	signal: AbortSignal,
	body: Record<string, unknown>,
): Promise<void> {
	const { webhookUrl: url } = world.connections;
	if (url === '') return;
	const retries = world.settings.webhookRetries;
	await deliver(world, { to: 'webhook', url, what, body, headers: {}, retries }, signal);
}
