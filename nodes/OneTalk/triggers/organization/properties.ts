/** The parameters of the OneTalk Webhook Trigger, as the panel shows them. */

import type { INodeProperties } from 'n8n-workflow';

import { rawBodySwitch, stepNotices } from '../webhook/properties';

/** The documented statuses of a message; `acknowledge` is OneTalk's spelling. */
export const STATUSES = ['acknowledge', 'delivered', 'read', 'failed'];

const notices = stepNotices(
	'Publish this workflow.',
	'Open Webhook URLs above and copy the Production URL. If your credential has a Webhook Token, add ?token= and the token at its end. Without a token, whoever knows the URL can start the workflow.',
	'In OneTalk’s dashboard under Integration > Webhooks, paste it as the Webhook URL, enable the webhook, and choose its events. OneTalk has one URL for all events. <a href="https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk/blob/main/docs/message-status.md" target="_blank">More about it</a>',
);

const events: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Case Resolved',
			value: 'caseResolved',
			description: 'An agent or a chatbot has resolved a case',
		},
		{
			name: 'Message Status',
			value: 'messageStatus',
			description:
				'A message that was sent through the Integration API (so also by the OneTalk node) was delivered, was read or failed',
		},
		{
			name: 'Other',
			value: 'other',
			description: 'An event that OneTalk’s documentation does not have yet; its data is under payload',
		},
	],
	default: ['messageStatus', 'caseResolved'],
	description: 'What starts the workflow. OneTalk only delivers events that are chosen in its dashboard too.',
};

const statuses: INodeProperties = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	displayOptions: { show: { events: ['messageStatus'] } },
	options: [
		{ name: 'Acknowledged', value: 'acknowledge', description: 'WhatsApp has accepted the message' },
		{ name: 'Delivered', value: 'delivered', description: 'The message is on the phone' },
		{
			name: 'Failed',
			value: 'failed',
			description: 'The message was not delivered; the output has the reason',
		},
		{ name: 'Read', value: 'read', description: 'The message was opened' },
	],
	default: ['acknowledge', 'delivered', 'read', 'failed'],
	description:
		'Which statuses start the workflow. A status that is not in this list always does. Leave it empty for all.',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which events start the workflow. A filter does not apply to an event without that field.',
	options: [
		{
			displayName: 'Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2101081881',
			description: 'Only events of these channels. Separate several with commas.',
		},
		{
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'string',
			default: '',
			placeholder: 'e.g. whatsapp, whatsappba',
			description: 'Only events of channels of these types. Separate several with commas.',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2222',
			description: 'Only events of these OneTalk organizations. Separate several with commas.',
		},
	],
};

/** The parameters of the trigger. */
export const properties: INodeProperties[] = [...notices, events, statuses, filters, rawBodySwitch];
