/** Chatbot: Send Message. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { fileNameFor } from '../../input/fileName';
import { InvalidInput } from '../../input/invalid';
import { atMost, lengthOf } from '../../input/length';
import { requiredMediaUrl } from '../../input/mediaUrl';
import { optionalCount, requiredText } from '../../input/values';
import { messageText } from '../messageText';
import type { ItemContext, Operation, Parameters } from '../operation';
import { optionsWith, sendOnceKey } from '../options';
import { DEFAULT_MAX_LENGTH, MAX_CAPTION, MAX_MESSAGES } from './limits';
import { sendRequest, sendTraits, type SendRequest } from './sends';
import { caseId, text } from './shared';
import { splitText } from './splitText';

const MEDIA = ['image', 'video', 'document'];

const properties: INodeProperties[] = [
	caseId,
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{ name: 'Document', value: 'document' },
			{ name: 'Image', value: 'image' },
			{ name: 'Text', value: 'text' },
			{ name: 'Video', value: 'video' },
		],
		default: 'text',
		description: 'What the message consists of',
	},
	{
		...text,
		placeholder: 'e.g. Your order is ready for pick-up.',
		description: 'What the customer reads. A long text goes out as several messages, in order.',
		displayOptions: { show: { messageType: ['text'] } },
	},
	{
		displayName: 'Media URL',
		name: 'mediaUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/files/photo.jpg',
		description: 'The web address of the file. OneTalk must be able to fetch it without signing in.',
		displayOptions: { show: { messageType: MEDIA } },
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. receipt.pdf',
		description: 'The name the customer sees. Leave empty to take it from the media URL.',
		displayOptions: { show: { messageType: ['document'] } },
	},
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your receipt',
		description: 'The text under the file',
		displayOptions: { show: { messageType: MEDIA } },
	},
	optionsWith(
		{
			displayName: 'Long Text',
			name: 'longText',
			type: 'options',
			options: [
				{
					name: 'Refuse',
					value: 'refuse',
					description: 'Send nothing, and say how long the text is',
				},
				{
					name: 'Split',
					value: 'split',
					description: 'Send several messages, split at paragraphs, sentences or words',
				},
			],
			default: 'split',
			description: 'What to do with a text that is too long for one message',
		},
		{
			displayName: 'Max Length',
			name: 'maxLength',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MAX_LENGTH,
			description:
				'How many characters one message of text may have. Some channels take fewer, e.g. Instagram 1000.',
		},
		sendOnceKey,
	),
];

/** Texts and files on every channel of the chatbot. */
export const sendMessage: Operation<SendRequest> = {
	...sendTraits,
	value: 'sendMessage',
	name: 'Send Message',
	action: 'Send a message to the customer of a case',
	description:
		'Send a text, picture, video or document to the customer of a case, on whatever channel the case came from. It reaches a real person and cannot be undone.',
	properties,
	request: (parameters, itemContext) => {
		const messageType = requiredText('messageType', parameters.messageType);
		if (messageType === 'text') {
			requiredText('text', parameters.text);
			const body = messageText('text', parameters, itemContext);
			const messages = textParts(body, parameters.options).map((part) => ({
				type: 'text',
				text: { body: part },
			}));
			return sendRequest(parameters, messages, body);
		}
		if (!MEDIA.includes(messageType))
			throw new InvalidInput('messageType', `(${messageType}) must be text, ${MEDIA.join(', ')}`);
		const media = mediaOf(messageType, parameters, itemContext);
		return sendRequest(parameters, [{ type: messageType, [messageType]: media }], media.caption);
	},
};

function mediaOf(
	messageType: string,
	parameters: Parameters,
	itemContext: ItemContext,
): IDataObject & { caption: string } {
	const url = requiredMediaUrl('mediaUrl', parameters.mediaUrl);
	const caption = atMost('caption', messageText('caption', parameters, itemContext), MAX_CAPTION);
	if (messageType !== 'document') return { url, caption };
	return { url, filename: fileNameFor('fileName', parameters.fileName, url), caption };
}

function textParts(text: string, options: unknown): string[] {
	const { longText = 'split', maxLength } = isRecord(options) ? options : {};
	const max = optionalCount('maxLength', maxLength) ?? DEFAULT_MAX_LENGTH;
	if (longText === 'refuse') return [atMost('text', text, max)];
	if (longText !== 'split')
		throw new InvalidInput('longText', `(${String(longText)}) must be split or refuse`);
	const split = splitText(text, max, MAX_MESSAGES);
	if (!('fault' in split)) return split.parts;
	throw new InvalidInput(
		'text',
		split.fault === 'tooLong'
			? `has ${lengthOf(text)} characters: one request carries at most ${MAX_MESSAGES} messages of ${max} characters`
			: `has a ${split.what} of ${split.length} characters, which cannot be split: a message takes at most ${max}`,
	);
}
