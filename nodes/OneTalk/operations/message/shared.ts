/** What the sends of resource Message have in common. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PostRequest } from '../../api/types';
import { integration } from '../../api/integration/service';
import { isRecord } from '../../api/text';
import { optionalBoolean, optionalCount } from '../../input/values';
import type { Parameters } from '../operation';
import { defaultCountryCode, sendOnceKey } from '../options';

export const channelId: INodeProperties = {
	displayName: 'Channel ID',
	name: 'channelId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2101081881',
	description:
		'The channel to send from. In OneTalk, open Integration, choose the kind of WhatsApp channel, then the channel’s detail, and copy its channel ID.',
};

export const phone: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6281212345678',
	description:
		'The recipient’s WhatsApp number, best with country code. Spaces, dashes, dots, brackets and a leading + are fine; a number that starts with 0 gets the default country code from the options.',
};

export const withCase: INodeProperties = {
	displayName: 'With Case',
	name: 'withCase',
	type: 'boolean',
	default: true,
	description:
		'Whether the message goes into the recipient’s open case, or into a new case where there is none. Answers then reach your agents in that case.',
};

/** The options that sends have beside those of every operation. */
export const sendOptions: INodeProperties[] = [
	defaultCountryCode,
	sendOnceKey,
	{
		displayName: 'Topic ID',
		name: 'topicId',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0 },
		description: 'The topic of a new case. With 0, OneTalk uses the first topic of the channel.',
	},
];

/** The part of a send's body that decides about its case. */
export type CaseFields = { withCase: boolean; topicID?: number };

/** The part of a send's body that decides about its case; what is not set is not sent. */
export function caseFields(parameters: Parameters): CaseFields {
	const given = isRecord(parameters.options) ? parameters.options : {};
	const topicId = given.topicId === 0 ? undefined : optionalCount('topicId', given.topicId);
	return {
		withCase: optionalBoolean('withCase', parameters.withCase) ?? true,
		...(topicId === undefined ? {} : { topicID: topicId }),
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
	lane: ({ body }: AnySend) => body.phone,
	subject: ({ body }: AnySend, row?: IDataObject) => ({
		phone: body.phone,
		...(typeof row?.caseID === 'string' ? { caseID: row.caseID } : {}),
	}),
	rows: ([data]: IDataObject[], { body }: AnySend) => [{ ...data, phone: body.phone }],
} as const;
