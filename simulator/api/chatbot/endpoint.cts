/**
 * The endpoint of a custom chatbot: which request it carries out, and what it answers.
 * Source: https://taptalk-io.github.io/onetalk/chatbot/custom-chatbot.html
 */

import type { Case } from '../../world/types.cts';
import type { World } from '../../world/world.cts';
import { closeCase, handOver, updateCase, updateContact } from './changes.cts';
import * as fields from './fields.cts';
import { checkMessages } from './messages.cts';
import { OK, PlainRefusal, badRequest, type PlainAnswer } from './refusal.cts';

export interface ChatbotRequest {
	/** From the path. */
	organizationID: string;
	/** From the path. */
	chatbotID: string;
	/** Value of the header `Secret-Key`. */
	key: unknown;
	body: unknown;
}

const EVENTS = {
	messages: sendMessages,
	handover_case: handOver,
	close_case: closeCase,
	update_case: updateCase,
	update_contact: updateContact,
};
type EventType = keyof typeof EVENTS;
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

/** Carries out a request and returns the answer. */
export function answerChatbot(world: World, request: ChatbotRequest): PlainAnswer {
	try {
		return carryOut(world, request);
	} catch (error) {
		if (error instanceof PlainRefusal) return { httpStatus: error.httpStatus, text: error.message };
		throw error;
	}
}

function carryOut(world: World, { organizationID, chatbotID, key, body }: ChatbotRequest): PlainAnswer {
	if (organizationID !== String(world.organization.id) || chatbotID !== world.chatbot.id)
		throw new PlainRefusal(404, 'chatbot is not found');
	const checkKey = () => {
		if (key !== world.chatbot.secretKey) throw new PlainRefusal(401, 'secret key is invalid');
	};
	if (world.settings.chatbotCheckFirst === 'key') checkKey();
	const given = fields.requiredObject(body, 'request body');
	const target = caseOf(world, given);
	checkKey();

	const eventType = fields.choice(given.eventType, EVENT_TYPES, 'event type');
	if (!mayContinue(world, target)) return OK;
	EVENTS[eventType](world, target, given);
	respond(world, target);
	return OK;
}

function caseOf({ cases, settings }: World, { caseID }: fields.Fields): Case {
	const id = fields.requiredText(caseID, 'case id');
	const found = cases.get(id);
	if (found) return found;
	throw settings.chatbotUnknownCase === 'notFound'
		? new PlainRefusal(404, 'case is not found')
		: badRequest('case id is invalid');
}

/** Returns whether the request is carried out; throws a `PlainRefusal` if the settings refuse it. */
function mayContinue({ caseDetails, settings }: World, { id, isClosed }: Case): boolean {
	const isHandedOver = caseDetails.get(id).isHandedOver;
	const closed = isClosed ? settings.chatbotClosedCase : 'accepted';
	const handedOver = isHandedOver && !isClosed ? settings.chatbotAfterHandover : 'accepted';
	if (closed === 'refused') throw badRequest('case is already closed');
	if (handedOver === 'refused') throw badRequest('case is not assigned to the chatbot');
	return closed === 'accepted' && handedOver === 'accepted';
}

function sendMessages(world: World, { id, contact }: Case, body: fields.Fields): void {
	const { channelID } = world.caseDetails.get(id);
	const channelType = world.organization.channels.find((channel) => channel.id === channelID)?.type ?? '';
	for (const message of checkMessages(body.messages, channelType, world.settings))
		world.transcript.add({ from: 'chatbot', caseID: id, phone: contact.phone, channelID, message });
	if (world.settings.messageUpdatesCase) world.cases.update(id, {});
}

/** Notes that the chatbot did something in the case. */
function respond({ caseDetails, clock }: World, { id }: Case): void {
	const firstResponseTime = caseDetails.get(id).firstResponseTime || clock.now();
	caseDetails.change(id, { isWithChatbot: true, firstResponseTime });
}
