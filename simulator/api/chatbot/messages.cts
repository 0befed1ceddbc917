/**
 * Checks the messages that a chatbot sends. The limits are documented, but for those that only WhatsApp documents:
 * they hold in strict mode.
 */

import type { ChatbotMessage } from '../../world/chatTypes.cts';
import type { Settings } from '../../world/settings.cts';
import * as fields from './fields.cts';
import { checkInteractive } from './interactive.cts';
import { badRequest } from './refusal.cts';
import { videoOf } from './videoKey.cts';

const TYPES = ['text', 'document', 'image', 'video', 'whatsappba'] as const;
/** The channel types whose messages may have `customData`. */
const CUSTOM_CHANNELS = ['kataai', 'custom'];
const MAX_TEXT = 4_096;
const MAX_CAPTION = 1_024;

/**
 * @param channelType of the case; empty if it is not known
 * @throws {PlainRefusal} for the first message that is not valid
 */
export function checkMessages(list: unknown, channelType: string, settings: Settings): ChatbotMessage[] {
	return fields.requiredList(list, 'messages').map((message) => {
		const given = fields.requiredObject(message, 'message');
		checkMessage(given, channelType, settings);
		return given as unknown as ChatbotMessage;
	});
}

function checkMessage(message: fields.Fields, channelType: string, settings: Settings): void {
	const type = fields.choice(message.type, TYPES, 'message type');
	checkCustomData(message, channelType);
	switch (type) {
		case 'text': {
			const { body } = fields.requiredObject(message.text, 'message text');
			fields.requiredText(body, 'message text body', settings.strict ? MAX_TEXT : undefined);
			return;
		}
		case 'document': {
			const document = fields.requiredObject(message.document, 'message document');
			checkMedia(document, type, settings);
			fields.requiredText(document.filename, 'message document filename');
			return;
		}
		case 'image':
			checkMedia(fields.requiredObject(message.image, 'message image'), type, settings);
			return;
		case 'video':
			checkMedia(fields.requiredObject(videoOf(message, settings), 'message video'), type, settings);
			return;
		case 'whatsappba': {
			if (channelType !== '' && channelType !== 'whatsappba')
				throw badRequest('message type whatsappba is not available for the channel of this case');
			const { type: kind, interactive } = fields.requiredObject(message.whatsappba, 'message whatsappba');
			fields.choice(kind, ['interactive'], 'whatsappba type');
			checkInteractive(fields.requiredObject(interactive, 'interactive'), settings);
		}
	}
}

function checkCustomData({ customData }: fields.Fields, channelType: string): void {
	if (fields.optionalText(customData, 'customData') && !CUSTOM_CHANNELS.includes(channelType))
		throw badRequest('customData is not available for the channel of this case');
}

function checkMedia({ url, caption }: fields.Fields, type: string, { strict }: Settings): void {
	fields.requiredUrl(url, `message ${type} url`);
	fields.optionalText(caption, `message ${type} caption`, strict ? MAX_CAPTION : undefined);
}
