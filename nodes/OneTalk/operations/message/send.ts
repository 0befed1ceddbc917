/** Message: Send. */

import type { INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { fileNameFor } from '../../input/fileName';
import { lengthOf } from '../../input/length';
import { requiredMediaUrl } from '../../input/mediaUrl';
import { requiredText } from '../../input/values';
import { messageText } from '../messageText';
import type { ItemContext, Operation, Parameters } from '../operation';
import { optionsWith } from '../options';
import { MAX_CHARACTERS } from './limits';
import {
	caseFields,
	sendApiNames,
	type CaseFields,
	channelIdOf,
	phone,
	previewOption,
	requiredChannel,
	requiredRecipient,
	sendTraits,
	sendOptions,
	withCase,
} from './shared';
import { InvalidInput } from '../../input/invalid';

const properties: INodeProperties[] = [
	channelIdOf('WhatsApp for SME'),
	phone,
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{ name: 'File', value: 'file' },
			{ name: 'Image', value: 'image' },
			{ name: 'Text', value: 'text' },
		],
		default: 'text',
		description: 'What the message consists of',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Your order is ready for pick-up.',
		displayOptions: { show: { messageType: ['text'] } },
	},
	{
		displayName: 'Media URL',
		name: 'mediaUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/files/photo.jpg',
		description:
			'The direct web address of the picture or file. OneTalk must be able to fetch it without signing in; a sharing page of Google Drive, Dropbox or the like is not the file itself.',
		displayOptions: { show: { messageType: ['image', 'file'] } },
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. photo.jpg',
		description: 'The name the recipient sees. Leave empty to take it from the media URL.',
		displayOptions: { show: { messageType: ['image', 'file'] } },
	},
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your receipt',
		description: 'The text under the picture',
		displayOptions: { show: { messageType: ['image'] } },
	},
	withCase,
	optionsWith(...sendOptions, previewOption),
];

type Content =
	| { messageType: 'text'; body: string }
	| { messageType: 'image' | 'file'; body: string; filename: string; caption?: string };

type SendBody = { channelID: string; phone: string } & Content & CaseFields;

/** A free-form message through a WhatsApp for SME channel (Inbox API, Send Message via WhatsApp). */
export const send: Operation<PostRequest<SendBody>> = {
	...sendTraits,
	value: 'send',
	name: 'Send',
	action: 'Send a WhatsApp message',
	description:
		'Send a text, picture or file through a WhatsApp for SME channel. It reaches a real person and cannot be undone.',
	properties,
	apiNames: { ...sendApiNames, body: ['text', 'mediaUrl'], filename: ['fileName'] },
	request: (parameters, itemContext) => {
		const channelID = requiredChannel(parameters, itemContext);
		const { phone: recipient, ...rehearsal } = requiredRecipient(parameters);
		return {
			method: 'POST',
			path: '/inbox/send_message_whatsapp',
			body: {
				channelID,
				phone: recipient,
				...content(parameters, itemContext),
				...caseFields(parameters),
			},
			expects: 'success',
			...rehearsal,
		};
	},
	preview: (parameters, itemContext) => {
		const { messageType, body, ...media } = content(parameters, itemContext);
		if (messageType === 'text') return body;
		const { caption } = media as { caption?: string };
		const file = `[${messageType === 'image' ? 'Image' : 'File'}] ${body}`;
		return caption === undefined ? file : `${file}\n\n${caption}`;
	},
};

function content(parameters: Parameters, itemContext: ItemContext): Content {
	const messageType = requiredText('messageType', parameters.messageType);
	switch (messageType) {
		case 'text': {
			requiredText('text', parameters.text);
			return { messageType, body: shortText('text', parameters, itemContext) };
		}
		case 'image':
		case 'file': {
			const body = requiredMediaUrl('mediaUrl', parameters.mediaUrl);
			const filename = fileNameFor('fileName', parameters.fileName, body);
			const caption = messageType === 'image' ? shortText('caption', parameters, itemContext) : '';
			return { messageType, body, filename, ...(caption === '' ? {} : { caption }) };
		}
		default:
			throw new InvalidInput('messageType', `(${messageType}) must be text, image or file`);
	}
}

function shortText(parameter: 'text' | 'caption', parameters: Parameters, itemContext: ItemContext): string {
	const text = messageText(parameter, parameters, itemContext);
	const length = lengthOf(text);
	const most = MAX_CHARACTERS[parameter];
	if (length > most) {
		throw new InvalidInput(parameter, `has ${length} characters: WhatsApp takes at most ${most}`);
	}
	return text;
}
