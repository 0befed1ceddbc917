/** What buttons, lists and flows have in common: text, header and footer of an interactive message of WhatsApp. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { fileNameFor } from '../../input/fileName';
import { InvalidInput } from '../../input/invalid';
import { atMost } from '../../input/length';
import { requiredMediaUrl } from '../../input/mediaUrl';
import { requiredText } from '../../input/values';
import { messageText } from '../messageText';
import type { ItemContext, Parameters } from '../operation';
import { MAX_BODY, MAX_FOOTER, MAX_HEADER } from './limits';
import { sendRequest, type SendRequest } from './sends';
import { text } from './shared';

const KINDS = { none: 'None', text: 'Text', image: 'Image', video: 'Video', document: 'Document' };

export type HeaderKind = keyof typeof KINDS;

/** Every kind of header; lists take a text only. */
export const ALL_HEADERS = Object.keys(KINDS) as HeaderKind[];

/** The parameters for text, header and footer. */
export function interactiveProperties(headers: HeaderKind[]): INodeProperties[] {
	const media = headers.filter((kind) => kind !== 'none' && kind !== 'text');
	return [
		text,
		{
			displayName: 'Header Type',
			name: 'headerType',
			type: 'options',
			options: headers
				.map((value) => ({ name: KINDS[value], value }))
				.sort((a, b) => (a.name < b.name ? -1 : 1)),
			default: 'none',
			description: 'What stands above the text',
		},
		{
			displayName: 'Header Text',
			name: 'headerText',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Your order',
			displayOptions: { show: { headerType: ['text'] } },
		},
		...(media.length === 0 ? [] : mediaHeader(media)),
		{
			displayName: 'Footer',
			name: 'footer',
			type: 'string',
			default: '',
			placeholder: 'e.g. This is an automatic reply',
			description: 'Small text below the message',
		},
	];
}

function mediaHeader(media: HeaderKind[]): INodeProperties[] {
	return [
		{
			displayName: 'Header URL',
			name: 'headerUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://www.example.com/files/photo.jpg',
			description: 'The web address of the file. OneTalk must be able to fetch it without signing in.',
			displayOptions: { show: { headerType: media } },
		},
		{
			displayName: 'Header File Name',
			name: 'headerFileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. receipt.pdf',
			description: 'The name the customer sees. Leave empty to take it from the header URL.',
			displayOptions: { show: { headerType: ['document'] } },
		},
	];
}

/**
 * The request for one interactive message.
 *
 * @param action what the customer can do, under the key that the kind of message has for it
 * @throws {InvalidInput} naming the parameter
 */
export function interactiveRequest(
	parameters: Parameters,
	itemContext: ItemContext,
	type: string,
	headers: HeaderKind[],
	action: IDataObject,
): SendRequest {
	requiredText('text', parameters.text);
	const body = atMost('text', messageText('text', parameters, itemContext), MAX_BODY);
	const header = headers.length === 0 ? undefined : headerOf(parameters, itemContext, headers);
	const footer = headers.length === 0 ? '' : messageText('footer', parameters, itemContext).trim();
	const message = interactiveMessage({
		type,
		...(header === undefined ? {} : { header }),
		body: { text: body },
		...(footer === '' ? {} : { footer: { text: atMost('footer', footer, MAX_FOOTER) } }),
		...action,
	});
	return sendRequest(parameters, [message], body);
}

/** An interactive message as one of the messages of a request. */
export function interactiveMessage(interactive: IDataObject): IDataObject {
	return { type: 'whatsappba', whatsappba: { type: 'interactive', interactive } };
}

/** What a customer can do with a message of type `button`. */
export function buttonAction(buttons: Array<{ id: string; title: string }>): IDataObject {
	return { buttonAction: { buttons: buttons.map((reply) => ({ type: 'reply', reply })) } };
}

/** A file goes under the name of its kind, with `link` where other messages have `url`; a text is a plain string. */
function headerOf(
	parameters: Parameters,
	itemContext: ItemContext,
	headers: HeaderKind[],
): IDataObject | undefined {
	const type = requiredText('headerType', parameters.headerType ?? 'none');
	if (!headers.includes(type as HeaderKind))
		throw new InvalidInput('headerType', `(${type}) must be one of ${headers.join(', ')}`);
	if (type === 'none') return undefined;
	if (type === 'text') {
		requiredText('headerText', parameters.headerText);
		const title = messageText('headerText', parameters, itemContext).trim();
		return { type, text: atMost('headerText', title, MAX_HEADER) };
	}
	const link = requiredMediaUrl('headerUrl', parameters.headerUrl);
	if (type !== 'document') return { type, [type]: { link } };
	return {
		type,
		document: { link, filename: fileNameFor('headerFileName', parameters.headerFileName, link) },
	};
}
