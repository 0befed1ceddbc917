/** Message: Send. */

import type { INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { fileNameFor } from '../../input/fileName';
import { plainText, requiredId, requiredText, requiredUrl } from '../../input/values';
import type { Operation, Parameters } from '../operation';
import { optionsWith } from '../options';
import {
	caseFields,
	sendApiNames,
	type CaseFields,
	channelId,
	phone,
	sendTraits,
	sendOptions,
	withCase,
} from './shared';
import { InvalidInput } from '../../input/invalid';
import { requiredPhone } from '../../input/phone';

const properties: INodeProperties[] = [
	channelId,
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
			'The web address of the picture or file. OneTalk must be able to fetch it without signing in.',
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
	optionsWith(...sendOptions),
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
	action: 'Send message (cannot be undone)',
	description:
		'Send a text, picture or file through a WhatsApp for SME channel. It reaches a real person and cannot be taken back.',
	properties,
	apiNames: { ...sendApiNames, body: ['text', 'mediaUrl'], filename: ['fileName'] },
	request: (parameters) => ({
		method: 'POST',
		path: '/inbox/send_message_whatsapp',
		body: {
			channelID: requiredId('channelId', parameters.channelId),
			phone: requiredPhone(parameters.phone, parameters.options),
			...content(parameters),
			...caseFields(parameters),
		},
		expects: 'success',
	}),
};

function content(parameters: Parameters): Content {
	const messageType = requiredText('messageType', parameters.messageType);
	switch (messageType) {
		case 'text': {
			requiredText('text', parameters.text);
			return { messageType, body: plainText('text', parameters.text) };
		}
		case 'image':
		case 'file': {
			const body = requiredUrl('mediaUrl', parameters.mediaUrl);
			const filename = fileNameFor('fileName', parameters.fileName, body);
			const caption = messageType === 'image' ? plainText('caption', parameters.caption) : '';
			return { messageType, body, filename, ...(caption === '' ? {} : { caption }) };
		}
		default:
			throw new InvalidInput('messageType', `(${messageType}) must be text, image or file`);
	}
}
