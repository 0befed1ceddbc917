/** What the sends of resource Message have in common. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { integration } from '../../api/integration/service';
import { isRecord } from '../../api/text';
import { EmptyInput } from '../../input/invalid';
import { requiredPhone } from '../../input/phone';
import { optionalBoolean, optionalNumberId, optionalText, requiredId } from '../../input/values';
import type { ItemContext, Parameters } from '../operation';
import { defaultCountryCode, sendOnceKey } from '../options';

/** The parameter Channel ID of an operation that sends through one kind of channel. */
export function channelIdOf(kind: string): INodeProperties {
	return {
		displayName: 'Channel ID',
		name: 'channelId',
		type: 'string',
		default: '',
		placeholder: `e.g. 2101081881 (${kind})`,
		description: `The ${kind} channel to send from. In OneTalk, open Integration, then ${kind}, then the channel’s detail, and copy its channel ID. Leave empty to use the default of the credential.`,
	};
}

/** The channel to send from: the node's, else the credential's. An expression that gives nothing does not fall back. */
export function requiredChannel({ channelId }: Parameters, { defaults, expressions }: ItemContext): string {
	const given = optionalText('channelId', channelId);
	if (given !== '' || expressions?.textOf('channelId') !== undefined)
		return requiredId('channelId', channelId);
	const fallback = optionalText('channelId', defaults?.channelId);
	if (fallback !== '') return fallback;
	throw new EmptyInput(
		'channelId',
		'is empty, and the credential has no default for it',
		'Fill in Channel ID in the node, or Default Channel ID in the credential.',
	);
}

export const phone: INodeProperties = {
	displayName: "Recipient's Phone Number",
	name: 'phone',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6281212345678',
	description:
		'The WhatsApp number to send to, best with country code. Spaces, dashes, dots, brackets and a leading + are fine; a number that starts with 0 gets the default country code from the options.',
};

/** Whom a message goes to: the row's own recipient, or in a rehearsal the one number of the options. */
export function requiredRecipient({ phone: own, options }: Parameters): {
	phone: string;
	redirectedFrom?: string;
} {
	const recipient = requiredPhone(own, options);
	if (!isRecord(options) || !('redirectTo' in options)) return { phone: recipient };
	if (optionalText('redirectTo', options.redirectTo) === '')
		throw new EmptyInput('redirectTo', 'is empty', 'Fill in your own number, or remove the option.');
	return { phone: requiredPhone(options.redirectTo, options, 'redirectTo'), redirectedFrom: recipient };
}

export const withCase: INodeProperties = {
	displayName: 'With Case',
	name: 'withCase',
	type: 'boolean',
	default: true,
	description:
		'Whether the message goes into the recipient’s open case, or into a new case where there is none. Answers then reach your agents in that case.',
};

export const topicId: INodeProperties = {
	displayName: 'Topic ID',
	name: 'topicId',
	type: 'number',
	default: 0,
	typeOptions: { minValue: 0 },
	description: 'The topic of a new case. With 0, OneTalk uses the first topic of the channel.',
};

/** The options that sends have beside those of every operation. */
export const sendOptions: INodeProperties[] = [
	defaultCountryCode,
	{
		displayName: 'Send All to This Number',
		name: 'redirectTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 6281212345678',
		description:
			'Your own phone number, for a rehearsal: every message of the run goes to it in place of its recipient. The output says whom it was for, and keys of Send Only Once per Key are not used up. Remove the option to send for real.',
	},
	sendOnceKey,
	topicId,
];

/** Puts the finished message into the output, where it is known. */
export const previewOption: INodeProperties = {
	displayName: 'Preview in Output',
	name: 'preview',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the finished message into the output, as the recipient will read it. A dry run shows it in any case.',
};

/** The part of a send's body that decides about its case. */
export type CaseFields = { withCase: boolean; topicID?: number };

/** The part of a send's body that decides about its case; what is not set is not sent. */
export function caseFields(parameters: Parameters): CaseFields {
	const given = isRecord(parameters.options) ? parameters.options : {};
	const topicID = optionalNumberId('topicId', given.topicId);
	return {
		withCase: optionalBoolean('withCase', parameters.withCase) ?? true,
		...(topicID === undefined ? {} : { topicID }),
	};
}

/** The API's spelling of the parameters that all sends have. */
export const sendApiNames = {
	channelID: ['channelId'],
	topicID: ['topicId'],
};

type AnySend = PostRequest<IDataObject & { phone: string }>;

/** What all sends have in common: no send is repeatable, and one recipient's messages keep their order. */
export const sendTraits = {
	resource: 'message',
	service: integration,
	repeatable: false,
	effect: {
		done: 'sent',
		unknown: 'May have been sent',
		check:
			'Look in OneTalk whether the message is there before you send it again. n8n does not send it again by itself.',
	},
	/** In a rehearsal, all messages have one recipient, and so one lane. */
	lane: ({ body }: AnySend) => body.phone,
	subject: ({ body }: AnySend, row?: IDataObject) => ({
		phone: body.phone,
		...(typeof row?.caseID === 'string' ? { caseID: row.caseID } : {}),
	}),
	rows: ([data]: IDataObject[], { body, redirectedFrom }: AnySend) => [
		{ ...data, phone: body.phone, ...(redirectedFrom === undefined ? {} : { redirectedFrom }) },
	],
} as const;
