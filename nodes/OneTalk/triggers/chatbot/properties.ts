/** The parameters of the OneTalk Chatbot Trigger, as the panel shows them. */

import type { INodeProperties } from 'n8n-workflow';

import { rawBodySwitch, stepNotices } from '../webhook/properties';

const notices = stepNotices(
	'Publish this workflow.',
	'Open Webhook URLs above and copy the Production URL.',
	'In OneTalk’s dashboard, paste it as the API URL of your custom chatbot. The secret key that OneTalk shows for the chatbot belongs in the credential. <a href="https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk/blob/main/docs/answer-customers.md" target="_blank">More about it</a>',
);

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which messages start the workflow. Without filters every message does.',
	options: [
		{
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'string',
			default: '',
			placeholder: 'e.g. whatsappba, instagram',
			description: 'Only messages on channels of these types. Separate several with commas.',
		},
		{
			displayName: 'Message Type',
			name: 'messageType',
			type: 'multiOptions',
			options: [
				{ name: 'Document', value: 'document' },
				{ name: 'Image', value: 'image' },
				{ name: 'Location', value: 'location' },
				{ name: 'Text', value: 'text', description: 'Also taps on buttons and lists, and completed Flows' },
				{ name: 'Video', value: 'video' },
			],
			default: ['text'],
			description: 'Only messages of these types',
		},
	],
};

/** The parameters of the trigger. */
export const properties: INodeProperties[] = [...notices, filters, rawBodySwitch];
