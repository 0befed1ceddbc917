/** Message: Send Template. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { optionalText, requiredId, requiredText } from '../../input/values';
import type { Operation, Parameters, ItemContext } from '../operation';
import { optionsWith } from '../options';
import { languages } from './template/languages';
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
import { templateProperties } from './template/properties';
import { fromFields, fromJson, fromTexts, type Filled, type Variables } from './template/parameters';
import { previewOf } from './template/text';
import type { TextRules } from './template/variableText';

const properties: INodeProperties[] = [
	channelIdOf('WhatsApp Business API'),
	{
		displayName: 'Sender Phone Number ID',
		name: 'phoneNumberId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 103011859190563',
		description:
			'The ID of the number to send from, shown beside the channel ID in OneTalk. Leave empty to use the default of the credential. Older on-premises channels have none, then leave both empty.',
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
		{ ...previewOption, displayOptions: { show: { '/parameterMode': ['templateText'] } } },
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
	action: 'Send a WhatsApp template',
	description:
		'Send an approved template through a WhatsApp Business API channel. It reaches a real person and cannot be undone.',
	properties,
	apiNames: { ...sendApiNames, parameters: ['parameterMode'], phoneNumberID: ['phoneNumberId'] },
	request: (parameters, itemContext) => {
		const channelID = requiredChannel(parameters, itemContext);
		const phoneNumberID = phoneNumberOf(channelID, parameters, itemContext);
		const { phone: recipient, ...rehearsal } = requiredRecipient(parameters);
		return {
			method: 'POST',
			path: '/inbox/send_templated_message_whatsappba',
			body: {
				channelID,
				...(phoneNumberID === '' ? {} : { phoneNumberID }),
				phone: recipient,
				templateName: requiredText('templateName', parameters.templateName),
				languageCode: requiredText('languageCode', parameters.languageCode),
				parameters: fill(parameters, itemContext).variables,
				...caseFields(parameters),
			},
			expects: 'success',
			...rehearsal,
		};
	},
	preview: (parameters, itemContext) => {
		const { finished } = fill(parameters, itemContext);
		return finished && previewOf(finished);
	},
};

/**
 * The number to send from, empty where there is none: the node's, else the credential's. A number belongs to one channel, so
 * the credential's is left out where the node names another channel than the credential.
 */
function phoneNumberOf(
	channelID: string,
	{ phoneNumberId }: Parameters,
	{ defaults, expressions }: ItemContext,
): string {
	if (optionalText('phoneNumberId', phoneNumberId) !== '') return requiredId('phoneNumberId', phoneNumberId);
	if (expressions?.textOf('phoneNumberId') !== undefined) return '';
	const channel = optionalText('channelId', defaults?.channelId);
	return channel === '' || channel === channelID
		? optionalText('phoneNumberId', defaults?.phoneNumberId)
		: '';
}

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
