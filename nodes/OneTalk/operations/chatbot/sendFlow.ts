/** Chatbot: Send Flow. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { parseJsonValue } from '../../input/json';
import { atMost } from '../../input/length';
import { optionalText, requiredId, requiredText } from '../../input/values';
import type { Operation, Parameters } from '../operation';
import { optionsWith, sendOnceKey } from '../options';
import { ALL_HEADERS, interactiveProperties, interactiveRequest } from './interactive';
import { MAX_FLOW_CTA } from './limits';
import { sendTraits, type SendRequest } from './sends';
import { caseId } from './shared';

const properties: INodeProperties[] = [
	caseId,
	...interactiveProperties(ALL_HEADERS),
	{
		displayName: 'Flow ID',
		name: 'flowId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1234567890123456',
		description: 'The ID of the WhatsApp Flow, as WhatsApp Manager shows it',
	},
	{
		displayName: 'Flow Button',
		name: 'flowCta',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Fill in the form',
		description: 'What stands on the button that opens the flow, at most 30 characters, without emoji',
	},
	{
		displayName: 'Flow Mode',
		name: 'flowMode',
		type: 'options',
		options: [
			{ name: 'Draft', value: 'draft', description: 'For a flow that is not published yet' },
			{ name: 'Published', value: 'published' },
		],
		default: 'published',
	},
	{
		displayName: 'Flow Action',
		name: 'flowAction',
		type: 'options',
		options: [
			{
				name: 'Data Exchange',
				value: 'data_exchange',
				description: 'The flow gets its first screen from your own server',
			},
			{ name: 'Navigate', value: 'navigate', description: 'The flow opens at a screen' },
		],
		default: 'navigate',
	},
	{
		displayName: 'Flow Screen',
		name: 'flowScreen',
		type: 'string',
		default: '',
		placeholder: 'e.g. FIRST_ENTRY_SCREEN',
		description: 'The ID of the screen to open. Leave empty for the first one.',
	},
	{
		displayName: 'Flow Data',
		name: 'flowData',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "name": "Sari" }',
		description: 'What the screen gets, as a JSON object. Leave empty if it needs nothing.',
	},
	optionsWith(sendOnceKey),
];

/** A text with a button that opens a WhatsApp Flow. */
export const sendFlow: Operation<SendRequest> = {
	...sendTraits,
	value: 'sendFlow',
	name: 'Send Flow',
	action: 'Send a WhatsApp flow to the customer of a case',
	description:
		'Send a text with a button that opens a WhatsApp Flow, a form inside WhatsApp. It reaches a real person and cannot be undone. Only for cases of a WhatsApp Business API channel.',
	properties,
	request: (parameters, itemContext) =>
		interactiveRequest(parameters, itemContext, 'flow', ALL_HEADERS, { flowAction: flowOf(parameters) }),
};

function flowOf(parameters: Parameters): IDataObject {
	const flowAction = oneOf('flowAction', parameters.flowAction ?? 'navigate', ['navigate', 'data_exchange']);
	const screen = optionalText('flowScreen', parameters.flowScreen);
	const data = flowData(parameters.flowData);
	const payload = { ...(screen === '' ? {} : { screen }), ...(data === undefined ? {} : { data }) };
	const hasPayload = Object.keys(payload).length > 0;
	if (!hasPayload && flowAction === 'data_exchange')
		throw new InvalidInput('flowData', 'is empty, and so is "Flow Screen": Data Exchange needs one of them');
	return {
		flowID: requiredId('flowId', parameters.flowId),
		flowMode: oneOf('flowMode', parameters.flowMode ?? 'published', ['published', 'draft']),
		flowCTA: callToAction(parameters.flowCta),
		flowAction,
		...(hasPayload ? { flowActionPayload: payload } : {}),
	};
}

/** Signs that are drawn as an emoji; ©, ® and ™ are text. */
const EMOJI = /(?![©®™])[\p{Extended_Pictographic}\p{Regional_Indicator}]|\u20e3/u;

function callToAction(value: unknown): string {
	const cta = requiredText('flowCta', value);
	if (EMOJI.test(cta)) throw new InvalidInput('flowCta', 'has an emoji: WhatsApp takes none on this button');
	return atMost('flowCta', cta, MAX_FLOW_CTA);
}

/** An empty object is nothing: the API takes only one with data. */
function flowData(value: unknown): IDataObject | undefined {
	const data = parseJsonValue('flowData', value, 'refused') ?? {};
	if (!isRecord(data)) throw new InvalidInput('flowData', 'must be a JSON object { … }');
	return Object.keys(data).length === 0 ? undefined : data;
}

function oneOf(parameter: string, value: unknown, known: string[]): string {
	const text = requiredText(parameter, value);
	if (known.includes(text)) return text;
	throw new InvalidInput(parameter, `(${text}) must be ${known.join(' or ')}`);
}
