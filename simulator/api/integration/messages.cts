/** The two endpoints that send messages: they check the parameters and queue the message. */

import { openCaseFor } from '../../world/openCase.cts';
import type { Message } from '../../world/types.cts';
import type { World } from '../../world/world.cts';
import * as checks from './checks.cts';
import { withoutUndefined, type Endpoint, type Input } from './endpoint.cts';
import { invalid, success, type Envelope } from './envelope.cts';
import { checkSend, checkTemplateSend, checkTopic } from './strict.cts';

const QUEUED = 'The message has been added to queue';
const PRETENDED_DATA = { success: true, message: QUEUED, caseID: '' };

export const SEND_MESSAGE: Endpoint = {
	method: 'POST',
	path: '/inbox/send_message_whatsapp',
	run: sendMessage,
	pretendedData: PRETENDED_DATA,
};

export const SEND_TEMPLATE: Endpoint = {
	method: 'POST',
	path: '/inbox/send_templated_message_whatsappba',
	run: sendTemplate,
	pretendedData: PRETENDED_DATA,
};

function sendMessage(world: World, { body: fields }: Input): Envelope {
	const channelID = checks.requiredString(fields, 'channelID', 'Channel ID');
	const phone = checks.requiredPhone(fields);
	const kind = checks.requiredString(fields, 'messageType', 'Message type');
	if (kind !== 'text' && kind !== 'image' && kind !== 'file')
		throw invalid('Message type is invalid', 'messageType');
	const content = {
		body: checks.requiredString(fields, 'body', 'Body'),
		filename:
			kind === 'text'
				? checks.optionalString(fields, 'filename', 'Filename')
				: checks.requiredString(fields, 'filename', 'Filename'),
		caption: checks.optionalString(fields, 'caption', 'Caption'),
	};
	if (world.settings.strict) checkSend(world, { channelID, kind, body: content.body });
	return queue(world, fields, { channelID, phone, kind, ...content });
}

function sendTemplate(world: World, { body: fields }: Input): Envelope {
	const content = {
		channelID: checks.requiredString(fields, 'channelID', 'Channel ID'),
		phoneNumberID: checks.optionalString(fields, 'phoneNumberID', 'Phone number ID'),
		phone: checks.requiredPhone(fields),
		kind: 'template',
		templateName: checks.requiredString(fields, 'templateName', 'Template name'),
		languageCode: checks.requiredString(fields, 'languageCode', 'Language code'),
		parameters: checks.templateParameters(fields.parameters),
	} as const;
	if (world.settings.strict) checkTemplateSend(world, content);
	return queue(world, fields, content);
}

/** Queues a message, in the recipient's open case or a new one if the request says `withCase`. */
function queue(
	world: World,
	fields: checks.Fields,
	content: Omit<Message, 'trxID' | 'caseID' | 'withCase' | 'topicID' | 'at'>,
): Envelope {
	const withCase = checks.optionalBoolean(fields, 'withCase', 'With case') ?? false;
	const topicID = checks.optionalInteger(fields, 'topicID', 'Topic ID');
	if (world.settings.strict) checkTopic(world, topicID);
	const caseID = withCase ? caseFor(world, content, topicID) : '';
	const { trxID } = world.messages.add(withoutUndefined({ caseID, ...content, withCase, topicID }));
	return success({ success: true, message: QUEUED, caseID, trxID });
}

/** Returns the ID of the open case that the message goes into, or of a new one with the topic that was given. */
function caseFor(
	world: World,
	{ channelID, phone }: Pick<Message, 'channelID' | 'phone'>,
	topicID = 0,
): string {
	const { caseDetails, cases, clock, settings } = world;
	const { id } = openCaseFor(world, phone, channelID);
	const details = caseDetails.get(id);
	caseDetails.change(id, {
		topicID: details.firstResponseTime === 0 && topicID !== 0 ? topicID : details.topicID,
		firstResponseTime: details.firstResponseTime || clock.now(),
	});
	if (settings.messageUpdatesCase) cases.update(id, {});
	return id;
}
