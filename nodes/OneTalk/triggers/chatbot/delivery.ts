/** A customer's message, as the trigger outputs it. */

import type { IDataObject } from 'n8n-workflow';

import { signedPathIn } from '../../api/resume/path';
import { excerpt, isRecord } from '../../api/text';
import type { Delivery } from '../webhook/receive';
import { idOf, isBlank, numberOf, textOf } from '../webhook/values';
import { fileIn, locationIn, textIn, type Location } from './content';
import { parseTap } from './reply';

/**
 * Parses a body as OneTalk documents it for custom chatbots. What is missing or not as documented is empty in the output.
 *
 * @returns undefined without a case or without a message: then it is no delivery of a chatbot
 */
export function parseChatbotDelivery(body: IDataObject): Delivery | undefined {
	const { caseID, message } = body;
	if (typeof caseID !== 'string' || isBlank(caseID) || !isRecord(message)) return undefined;

	const sender = isRecord(body.sender) ? body.sender : {};
	const messageID = idOf(message.id);
	const text = textIn(message);
	const { reply, flow, isFlow } = parseTap(message.whatsappba);
	const resumes = reply?.type === 'button_reply' ? signedPathIn(reply.id) : undefined;
	const messageType = reply !== null || isFlow ? 'text' : textOf(message.type);
	const file = fileIn(message, messageType);
	const location = locationIn(message);
	const chatInput =
		[text, file.caption, reply?.title ?? ''].find((one) => !isBlank(one)) ??
		inBrackets(isFlow ? 'flow' : (reply?.type ?? messageType), flow, location);

	return {
		output: {
			chatInput,
			sessionId: caseID,
			caseID,
			channelType: textOf(body.channelType),
			channelID: idOf(body.channelID),
			channelName: textOf(body.channelName),
			customerUserID: idOf(sender.customerUserID),
			phone: textOf(sender.phone),
			contactName: textOf(sender.contactName),
			messageID,
			messageType,
			text,
			...file,
			location: location && { ...location },
			reply: reply && { ...reply },
			flow,
			timestamp: numberOf(message.timestamp),
		},
		...(isBlank(messageID) ? {} : { key: [caseID, messageID] }),
		...(resumes === undefined ? {} : { resumes }),
	};
}

/** A message without words, in words that a language model can work with: `[image]`, `[location] Office, -6.2, 106.8`. */
function inBrackets(what: string, flow: IDataObject | null, location: Location | null): string {
	const name = `[${excerpt(what) || 'message'}]`;
	if (flow !== null) return `${name} ${JSON.stringify(flow)}`;
	if (what !== 'location' || location === null) return name;
	const { name: place, address, latitude, longitude } = location;
	const known = [isBlank(place) ? address : place, latitude ?? '', longitude ?? ''].filter(
		(one) => !isBlank(one),
	);
	return `${name} ${known.join(', ')}`.trim();
}
