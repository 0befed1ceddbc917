/** The filters for cases, as the panels of the trigger and of Get Many show them. */

import type { INodeProperties } from 'n8n-workflow';

/** The parameter Filters; each node adds its own description. */
export const caseFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Agent Email',
			name: 'agentEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. ani@example.com, unassigned',
			description:
				'Only cases of these agents. Separate several with commas; the word unassigned stands for cases without an agent.',
		},
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only cases that were created after this time',
		},
		{
			displayName: 'Junk',
			name: 'junk',
			type: 'options',
			options: [
				{ name: 'Leave Out Junk', value: 'exclude' },
				{ name: 'Only Junk', value: 'only' },
			],
			default: 'exclude',
			description: 'What to do with cases that are marked as junk',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6281212345678',
			description:
				'Only cases of contacts with this phone number, written as for sending. Separate several with commas.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Closed', value: 'closed' },
				{ name: 'Open', value: 'open' },
			],
			default: 'open',
			description: 'Only cases that are open, or closed, when they are fetched',
		},
	],
};
