/** What a test or a person can do as a customer, and what they can see of the chatbot and of the deliveries. */

import type { Outbound } from '../outbound/outbound.cts';
import type { ChatbotMessage, Interactive } from '../world/chatTypes.cts';
import { checkConnections, type Connections } from '../world/connections.cts';
import { customerWrites, type CustomerEntry, type WriteOptions } from '../world/customer.cts';
import { parseCustomerMessage, type CustomerContent } from '../world/customerInput.cts';
import type { ContactDetails } from '../world/contacts.cts';
import type { Delivery } from '../world/deliveries.cts';
import { STATUSES, type MessageStatus } from '../world/statuses.cts';
import type { Entry } from '../world/transcript.cts';
import type { Message } from '../world/types.cts';
import type { World } from '../world/world.cts';

export interface ChatControls {
	/**
	 * Sets where deliveries go, and returns both URLs. An empty URL ends the connection.
	 *
	 * @throws {Error} for a URL that does not lead to this machine
	 */
	connect(connections: Partial<Connections>): Connections;
	/**
	 * Writes a message as a customer, which is delivered to the chatbot.
	 *
	 * @param to ID of a case, or a phone. If there is no open case, the message opens one
	 * @param content a text, or one of the other kinds of messages
	 * @throws {Error} if one of these is invalid
	 */
	customerWrites(to: string, content: string | CustomerContent, options?: WriteOptions): CustomerEntry;
	/**
	 * Taps a button or a row of a message on the customer's phone.
	 *
	 * @param messageID of the chatbot's message in `chat()`, or the `trxID` of a template
	 * @param optionID ID of the button or row, or the label of a template's button
	 * @throws {Error} if there is no such message or option
	 */
	customerTaps(messageID: string, optionID: string): CustomerEntry;
	/**
	 * Sends the answers of a flow.
	 *
	 * @throws {Error} if the message is not a flow
	 */
	customerFillsIn(messageID: string, response: Record<string, unknown>): CustomerEntry;
	/** Returns what customers and the chatbot wrote and did, in all cases or in one, newest last. */
	chat(caseID?: string): Entry[];
	/** Returns the messages that the chatbot sent, in all cases or in one, newest last. */
	chatbotMessages(caseID?: string): ChatbotMessage[];
	/** Returns all contacts, with everything that the simulator knows of them. */
	contacts(): ContactDetails[];
	/** Returns what was delivered to the webhook, to the chatbot or to both, newest last. */
	deliveries(to?: Delivery['to']): Delivery[];
	/**
	 * Gives a message that was sent through the API a status, which is delivered to the webhook.
	 *
	 * @throws {Error} if there is no such message or status
	 */
	setStatus(trxID: string, status: MessageStatus['status'], reason?: string): void;
	/** Delivers any body to the organization's webhook. */
	deliverToWebhook(body: Record<string, unknown>): void;
	/** Delivers any body to the chatbot. */
	deliverToChatbot(body: Record<string, unknown>): void;
}

export function createChatControls(world: World, outbound: Outbound): ChatControls {
	return {
		connect(given) {
			world.connections = { ...world.connections, ...checkConnections(given) };
			world.events.changed();
			return { ...world.connections };
		},
		customerWrites: (to, content, options) =>
			customerWrites(world, to, parseCustomerMessage(content), options),
		customerTaps(messageID, optionID) {
			const sent = world.messages.find(messageID);
			if (sent) {
				const content = templateTap(world, sent, optionID);
				return customerWrites(world, sent.phone, parseCustomerMessage(content), {
					channelID: sent.channelID,
				});
			}
			const entry = interactiveEntry(world, messageID);
			const content = interactiveTap(entry.interactive, optionID, entry.phone);
			return customerWrites(world, entry.caseID, parseCustomerMessage(content));
		},
		customerFillsIn(messageID, response) {
			const { caseID, interactive } = interactiveEntry(world, messageID);
			if (interactive.type !== 'flow') throw new Error('This message is not a flow');
			return customerWrites(world, caseID, parseCustomerMessage({ flowReply: { response } }));
		},
		chat: (caseID) => world.transcript.list.filter((entry) => !caseID || entry.caseID === caseID),
		chatbotMessages: (caseID) =>
			world.transcript.list.flatMap((entry) =>
				entry.from === 'chatbot' && (!caseID || entry.caseID === caseID) ? [entry.message] : [],
			),
		contacts: () => world.contacts.list,
		deliveries: (to) => world.deliveries.list.filter((delivery) => !to || delivery.to === to),
		setStatus(trxID, status, reason = '') {
			const message = world.messages.find(trxID);
			if (!message) throw new Error(`There is no message "${trxID}"`);
			if (!STATUSES.includes(status)) throw new Error(`A status is one of ${STATUSES.join(', ')}`);
			outbound.setStatus(message, { status, reason });
		},
		deliverToWebhook: (body) => outbound.toWebhook(body),
		deliverToChatbot: (body) => outbound.toChatbot(body),
	};
}

/** Returns a tap on a button of a template, which has its label as payload too. */
function templateTap(
	{ templates }: World,
	{ templateName = '', languageCode = '' }: Message,
	label: string,
): CustomerContent {
	const buttons = templates.get(templateName, languageCode)?.buttons ?? [];
	if (!buttons.includes(label)) throw new Error(`The template has no button "${label}"`);
	return { button: { payload: label, text: label } };
}

function interactiveEntry(
	{ transcript }: World,
	id: string,
): { caseID: string; phone: string; interactive: Interactive } {
	const entry = transcript.find(id);
	const message = entry && entry.from === 'chatbot' ? entry.message : undefined;
	const interactive = message?.type === 'whatsappba' ? message.whatsappba?.interactive : undefined;
	if (!entry || !interactive) throw new Error(`There is no message "${id}" to tap on`);
	return { caseID: entry.caseID, phone: entry.phone, interactive };
}

/** What a shared phone number arrives as is not documented: here it is a text with the number. */
function interactiveTap(
	{ type, buttonAction, listAction }: Interactive,
	optionID: string,
	phone: string,
): CustomerContent {
	if (type === 'request_contact_info') return { text: `+${phone}` };
	const button = buttonAction?.buttons.find(({ reply }) => reply.id === optionID);
	if (button) return { buttonReply: button.reply };
	const row = listAction?.sections.flatMap(({ rows }) => rows).find(({ id }) => id === optionID);
	if (row) return { listReply: row };
	throw new Error(`The message has no button or row with the ID "${optionID}"`);
}
