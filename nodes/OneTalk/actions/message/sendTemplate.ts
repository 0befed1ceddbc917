import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput, optionalText, requiredId, requiredPhone, requiredText } from '../../input';
import type { Operation, Parameters } from '../operation';
import { caseFields, channelId, options, phone, sending, withCase } from './shared';
import { fromFields, fromJson } from './templateParameters';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer_name',
	description: 'The variable’s name, as the template in OneTalk defines it',
};

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
	placeholder: 'e.g. Budi',
	description: 'What the recipient reads in its place',
};

const fields: INodeProperties[] = [
	channelId,
	{
		displayName: 'Phone Number ID',
		name: 'phoneNumberId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 103011859190563',
		description:
			'The phone number to send from, shown beside the channel ID. Needed for channels on Meta’s cloud, which most are; older on-premises channels have none, then leave it empty.',
	},
	phone,
	{
		displayName: 'Template Name',
		name: 'templateName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. greetings_v1',
		description: 'The name of the approved template, exactly as OneTalk shows it',
	},
	{
		displayName: 'Language Code',
		name: 'languageCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. en',
		description: 'The language the template was approved in. Note that en and en_US are different languages.',
	},
	{
		displayName: 'Template Parameters',
		name: 'parameterMode',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'Fill in one field for each variable' },
			{ name: 'Using JSON', value: 'json', description: 'Give all variables as one JSON object' },
		],
		default: 'fields',
		description: 'How to give the values of the template’s variables',
	},
	{
		displayName: 'Variables',
		name: 'templateParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add variable',
		default: {},
		description: 'The variables of the template, part by part. Leave out the parts that have none.',
		displayOptions: { show: { parameterMode: ['fields'] } },
		options: [
			{ displayName: 'Body', name: 'body', values: [name, value] },
			{
				displayName: 'Button',
				name: 'buttons',
				values: [
					{
						...name,
						default: 'url_0',
						placeholder: 'e.g. url_0',
						description:
							'The button’s kind and its place, counted from 0: url_0 is a link on the first button',
					},
					{
						...value,
						placeholder: 'e.g. order-1234',
						description: 'What is put in place of the variable in the button’s address',
					},
				],
			},
			{ displayName: 'Footer', name: 'footer', values: [name, value] },
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Document', value: 'document' },
							{ name: 'Image', value: 'image' },
							{ name: 'Text', value: 'text' },
							{ name: 'Video', value: 'video' },
						],
						default: 'text',
						description: 'What the template has as its header',
					},
					{ ...name, displayOptions: { show: { type: ['text'] } } },
					{
						...value,
						placeholder: 'e.g. https://www.example.com/files/invoice.pdf',
						description:
							'The text in place of the variable, or the web address of the picture, video or document',
					},
				],
			},
		],
	},
	{
		displayName: 'Variables (JSON)',
		name: 'templateParametersJson',
		type: 'json',
		default: '{\n  "header": {},\n  "body": {},\n  "footer": {},\n  "buttons": {}\n}',
		description:
			'An object with header, body, footer and buttons, each either { "variable": "value" } or a list of { "name", "value" }. An expression may give an object or JSON text.',
		displayOptions: { show: { parameterMode: ['json'] } },
	},
	withCase,
	options,
];

/** An approved template through a WhatsApp Business API channel (Inbox API, Send Templated Message). */
export const sendTemplate: Operation = {
	...sending,
	operation: 'sendTemplate',
	name: 'Send Template',
	action: 'Send template message',
	description: 'Send an approved template through a WhatsApp Business API channel',
	fields,
	request: (parameters) => {
		const phoneNumberID = optionalText('phoneNumberId', parameters.phoneNumberId);
		return {
			method: 'POST',
			path: '/inbox/send_templated_message_whatsappba',
			body: {
				channelID: requiredId('channelId', parameters.channelId),
				...(phoneNumberID === ''
					? {}
					: { phoneNumberID: requiredId('phoneNumberId', parameters.phoneNumberId) }),
				phone: requiredPhone(parameters.phone, parameters.options),
				templateName: requiredText('templateName', parameters.templateName),
				languageCode: requiredText('languageCode', parameters.languageCode),
				parameters: variables(parameters),
				...caseFields(parameters),
			},
			expects: 'success',
		};
	},
};

function variables(parameters: Parameters) {
	const mode = requiredText('parameterMode', parameters.parameterMode);
	if (mode === 'fields') return fromFields(parameters.templateParameters);
	if (mode === 'json') return fromJson(parameters.templateParametersJson);
	throw new InvalidInput('parameterMode', `(${mode}) must be fields or json`);
}
