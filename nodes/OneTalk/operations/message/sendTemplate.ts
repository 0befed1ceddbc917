/** Message: Send Template. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { requiredPhone } from '../../input/phone';
import { optionalText, requiredId, requiredText } from '../../input/values';
import type { Operation, Parameters, ItemContext } from '../operation';
import { optionsWith } from '../options';
import { languages } from './template/languages';
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
import { templateProperties } from './template/properties';
import { fromFields, fromJson, fromTexts, type Filled, type Variables } from './template/parameters';
import { previewOf } from './template/text';
import type { TextRules } from './template/variableText';

const properties: INodeProperties[] = [
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
		type: 'options',
		required: true,
		options: languages,
		default: '',
		description:
			'The language the template was approved in. English (en) and English (US) (en_US) are different languages: choose the very one that OneTalk shows. Any other code can be given by an expression.',
	},
	...templateProperties,
	withCase,
	optionsWith(
		...sendOptions,
		{
			displayName: 'Line Breaks in Variables',
			name: 'lineBreaks',
			type: 'options',
			options: [
				{
					name: 'Collapse',
					value: 'collapse',
					description: 'Make one space of line breaks, tabs and more than four spaces in a row',
				},
				{
					name: 'Refuse',
					value: 'refuse',
					description: 'Do not send such a row, and say which variable it is',
				},
			],
			default: 'collapse',
			description: 'What to do with values that WhatsApp would reject for their spaces',
		},
		{
			displayName: 'Preview in Output',
			name: 'preview',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the finished message into the output, as the customer will read it. Needs the template’s texts; a dry run shows it in any case.',
		},
	),
];

type TemplateBody = {
	channelID: string;
	phoneNumberID?: string;
	phone: string;
	templateName: string;
	languageCode: string;
	parameters: Variables;
} & CaseFields;

/** An approved template through a WhatsApp Business API channel (Inbox API, Send Templated Message). */
export const sendTemplate: Operation<PostRequest<TemplateBody>> = {
	...sendTraits,
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send template message (cannot be undone)',
	description:
		'Send an approved template through a WhatsApp Business API channel. It reaches a real person and cannot be taken back.',
	properties,
	apiNames: { ...sendApiNames, parameters: ['parameterMode'], phoneNumberID: ['phoneNumberId'] },
	request: (parameters, itemContext) => {
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
				parameters: fill(parameters, itemContext).variables,
				...caseFields(parameters),
			},
			expects: 'success',
		};
	},
	preview: (parameters, itemContext) => {
		const { finished } = fill(parameters, itemContext);
		return finished && previewOf(finished);
	},
};

function fill(parameters: Parameters, { timezone, row }: ItemContext): Filled {
	const rules: TextRules = { timezone, lineBreaks: lineBreaks(parameters.options) };
	const mode = requiredText('parameterMode', parameters.parameterMode);
	switch (mode) {
		case 'templateText':
			return fromTexts(parameters, row, rules);
		case 'fields':
			return { variables: fromFields(parameters.templateParameters, rules) };
		case 'json':
			return { variables: fromJson(parameters.templateParametersJson, rules) };
		default:
			throw new InvalidInput('parameterMode', `(${mode}) must be templateText, fields or json`);
	}
}

function lineBreaks(options: unknown): TextRules['lineBreaks'] {
	const { lineBreaks: given = 'collapse' } = isRecord(options) ? options : ({} as IDataObject);
	if (given === 'collapse' || given === 'refuse') return given;
	throw new InvalidInput('lineBreaks', `(${String(given)}) must be collapse or refuse`);
}
