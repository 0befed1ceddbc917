/** The parameters that every Send and Wait operation has, with the inner names of n8n's own Send and Wait nodes. */

import type { INodeProperties } from 'n8n-workflow';

import { LANGUAGES } from './words';

/** Says what the links in messages depend on. */
export const publicUrlNotice: INodeProperties = {
	displayName:
		'The recipient answers on a page of your n8n, so a phone must be able to open its URL. On a self-hosted n8n, set WEBHOOK_URL to its public address.',
	name: 'publicUrlNotice',
	type: 'notice',
	default: '',
};

export const message: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Order 4711 asks for a discount of 20%. Is that fine?',
	description: 'The question. The node adds the links to the page where the recipient answers.',
};

export const responseType: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	options: [
		{ name: 'Approval', value: 'approval', description: 'The recipient presses a button' },
		{ name: 'Free Text', value: 'freeText', description: 'The recipient writes an answer' },
	],
	default: 'approval',
	description:
		'How the recipient answers. The output is <code>data.approved</code> or <code>data.text</code>.',
};

const DOUBLE = { approvalType: ['double'] };

export const approvalOptions: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	placeholder: 'Add option',
	default: {},
	description: 'Which buttons the recipient gets. Without it: Approve and Decline.',
	displayOptions: { show: { responseType: ['approval'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					options: [
						{ name: 'Approve Only', value: 'single' },
						{ name: 'Approve and Disapprove', value: 'double' },
					],
					default: 'double',
				},
				{
					displayName: 'Approve Button Label',
					name: 'approveLabel',
					type: 'string',
					default: 'Approve',
				},
				{
					displayName: 'Disapprove Button Label',
					name: 'disapproveLabel',
					type: 'string',
					default: 'Decline',
					displayOptions: { show: DOUBLE },
				},
			],
		},
	],
};

const AFTER_INTERVAL = { limitType: ['afterTimeInterval'] };

const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	placeholder: 'Add Limit',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait for the response. After that, the workflow goes on with the input item, which has no <code>data</code>. n8n checks the time once a minute.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{
							name: 'After Time Interval',
							value: 'afterTimeInterval',
							description: 'Waits for a certain amount of time',
						},
						{
							name: 'At Specified Time',
							value: 'atSpecifiedTime',
							description: 'Waits until the set date and time',
						},
					],
					default: 'afterTimeInterval',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					description: 'The time to wait',
					displayOptions: { show: AFTER_INTERVAL },
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Days', value: 'days' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Minutes', value: 'minutes' },
					],
					default: 'hours',
					displayOptions: { show: AFTER_INTERVAL },
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					description: 'When to stop waiting, in the time zone of the workflow',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
				},
			],
		},
	],
};

const FREE_TEXT = { '/responseType': ['freeText'] };

/** The options of every Send and Wait operation. */
export const waitOptions: INodeProperties[] = [
	limitWaitTime,
	{
		displayName: 'Link Label',
		name: 'messageButtonLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Answer here:',
		description: 'The line above the link in the message',
		displayOptions: { show: FREE_TEXT },
	},
	{
		displayName: 'Page Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Send',
		description: 'The button under the text box on the page',
		displayOptions: { show: FREE_TEXT },
	},
	{
		displayName: 'Page Language',
		name: 'pageLanguage',
		type: 'options',
		options: Object.entries(LANGUAGES).map(([value, name]) => ({ name, value })),
		default: 'en',
		description:
			'The language of the page and of the lines above the links. Your own texts stay as they are.',
	},
	{
		displayName: 'Page Title',
		name: 'responseFormTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. Discount approval',
		description: 'The heading of the page where the recipient answers',
	},
];
