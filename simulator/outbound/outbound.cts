/** Sets everything going that a simulated OneTalk tells other servers by itself. */

import { setMaxListeners } from 'node:events';
import type { MessageStatus } from '../world/statuses.cts';
import type { Message } from '../world/types.cts';
import type { World } from '../world/world.cts';
import { chatbotBody, deliverToChatbot } from './chatbot.cts';
import { deliverResolved, deliverToWebhook, runStatuses, setStatus } from './webhook.cts';

export interface Outbound {
	/** Sets and delivers one status of a message. */
	setStatus(message: Message, status: MessageStatus): void;
	/** Delivers any body to the organization's webhook. */
	toWebhook(body: Record<string, unknown>): void;
	/** Delivers any body to the chatbot. */
	toChatbot(body: Record<string, unknown>): void;
	/** Gives up all deliveries that are not finished. */
	cancel(): void;
}

export function createOutbound(world: World): Outbound {
	const { signals, caseDetails, stopped } = world;
	let running = newController();
	/** Deliveries to the chatbot are made one after the other: a slow answer holds up those behind it. */
	let chatbotQueue = Promise.resolve();
	const signal = () => running.signal;
	/** Starts work that ends early if it is canceled. */
	const start = (work: Promise<void>) => work.catch(ignoreAbort);
	const queueForChatbot = (what: string, body: Record<string, unknown>) => {
		const own = signal();
		chatbotQueue = start(chatbotQueue.then(() => deliverToChatbot(world, what, own, body)));
	};
	stopped.addEventListener('abort', () => running.abort());

	signals.on('messageQueued', (message) => void start(runStatuses(world, message, signal())));
	signals.on('caseClosed', (closed) => {
		caseDetails.change(closed.id, { resolvedTime: closed.updatedTime });
		const { channelID } = caseDetails.get(closed.id);
		const note = { kind: 'closed', text: 'Case closed' } as const;
		world.transcript.add({ from: 'note', caseID: closed.id, phone: closed.contact.phone, channelID, note });
		void start(deliverResolved(world, closed, signal()));
	});
	signals.on('customerWrote', (entry) => {
		if (world.connections.chatbotUrl === '' || caseDetails.get(entry.caseID).isHandedOver) return;
		queueForChatbot(entry.message.type, chatbotBody(world, entry));
	});

	return {
		setStatus: (message, status) => void start(setStatus(world, message, status, signal())),
		toWebhook: (body) => void start(deliverToWebhook(world, 'given body', signal(), body)),
		toChatbot: (body) => queueForChatbot('given body', body),
		cancel() {
			running.abort();
			running = newController();
		},
	};
}

/** Every delivery in progress listens to the signal, so there is no limit of listeners. */
function newController(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}

function ignoreAbort(error: Error): void {
	if (error.name !== 'AbortError') throw error;
}
