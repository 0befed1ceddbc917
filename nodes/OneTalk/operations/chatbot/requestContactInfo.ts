/** Chatbot: Request Contact Info. */

import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../operation';
import { optionsWith, sendOnceKey } from '../options';
import { interactiveRequest } from './interactive';
import { sendTraits, type SendRequest } from './sends';
import { caseId, text } from './shared';

const properties: INodeProperties[] = [
	caseId,
	{ ...text, placeholder: 'e.g. Please share your contact details with us.' },
	optionsWith(sendOnceKey),
];

/** A text with WhatsApp's button for sharing one's contact information. */
export const requestContactInfo: Operation<SendRequest> = {
	...sendTraits,
	value: 'requestContactInfo',
	name: 'Request Contact Info',
	action: 'Ask the customer of a case for contact information',
	description:
		'Ask the customer of a case to share their contact information. It reaches a real person and cannot be undone. Only for cases of a WhatsApp Business API channel.',
	properties,
	request: (parameters, itemContext) =>
		interactiveRequest(parameters, itemContext, 'request_contact_info', [], {}),
};
