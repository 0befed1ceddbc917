/**
 * What the custom chatbot gets: the messages of customers whose case is not with an agent.
 * Source: https://taptalk-io.github.io/onetalk/chatbot/custom-chatbot.html
 */

import type { CustomerMessage } from '../world/chatTypes.cts';
import type { Entry } from '../world/transcript.cts';
import type { World } from '../world/world.cts';
import { deliver } from './deliver.cts';

/** The channel types whose senders have a phone. */
const PHONE_CHANNELS = ['whatsapp', 'whatsappba'];

/** Delivers a message of a customer, if there is a chatbot. */
export async function deliverToChatbot(
	world: World,
	what: string,
	signal: AbortSignal,
	body: Record<string, unknown>,
): Promise<void> {
	const { chatbotUrl: url } = world.connections;
	if (url === '') return;
	const headers = { 'X-Secret-Key': world.chatbot.secretKey };
	const retries = world.settings.chatbotRetries;
	await deliver(world, { to: 'chatbot', url, what, body, headers, retries }, signal);
}

/** Returns the body of the delivery of a message. */
export function chatbotBody(world: World, entry: Entry & { from: 'customer' }): Record<string, unknown> {
	const { organization, contacts, cases, settings } = world;
	const { caseID, channelID, message, id, at } = entry;
	const isNew = !settings.chatbotOlderFormat;
	const channel = organization.channels.find((one) => one.id === channelID);
	const contact = contacts.get(cases.get(caseID)?.contact.id ?? '');
	return {
		caseID,
		channelType: channel?.type ?? '',
		...(isNew ? { channelID, channelName: channel?.name ?? '' } : {}),
		sender: {
			...(isNew ? { customerUserID: contact?.customerUserID ?? '' } : {}),
			...senderPhone(world, channel?.type ?? '', entry.phone),
			contactName: contact?.fullName ?? '',
		},
		message: { id, ...spelled(message, settings.chatbotVideoKey), ...(isNew ? { timestamp: at } : {}) },
	};
}

function senderPhone({ settings }: World, channelType: string, phone: string): { phone?: string } {
	if (settings.chatbotSenderPhone === 'missing' || !PHONE_CHANNELS.includes(channelType)) return {};
	return { phone: settings.chatbotSenderPhone === 'empty' ? '' : phone };
}

/** The documentation names the key of a video's details `video` in its table and `image` in its example. */
function spelled(message: CustomerMessage, videoKey: 'video' | 'image'): object {
	if (message.type !== 'video' || videoKey === 'video') return message;
	const { video, ...rest } = message;
	return { ...rest, image: video };
}
