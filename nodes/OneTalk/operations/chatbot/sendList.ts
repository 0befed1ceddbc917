/** Chatbot: Send List. */

import type { INodeProperties } from 'n8n-workflow';

import { atMost } from '../../input/length';
import { requiredText } from '../../input/values';
import type { Operation } from '../operation';
import { optionsWith, sendOnceKey } from '../options';
import { interactiveProperties, interactiveRequest, type HeaderKind } from './interactive';
import { MAX_LIST_BUTTON, MAX_ROWS } from './limits';
import { sectionsOf } from './sections';
import { sendTraits, type SendRequest } from './sends';
import { caseId } from './shared';

const HEADERS: HeaderKind[] = ['none', 'text'];

const properties: INodeProperties[] = [
	caseId,
	...interactiveProperties(HEADERS),
	{
		displayName: 'List Button',
		name: 'listButton',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Choose a topic',
		description: 'What stands on the button that opens the list, at most 20 characters',
	},
	{
		displayName: 'Rows From',
		name: 'rowsMode',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'Add one entry for each row' },
			{ name: 'Using JSON', value: 'json', description: 'Give all rows as one JSON list' },
		],
		default: 'fields',
		description: 'How to give the rows. For a list from an expression choose JSON.',
	},
	{
		displayName: 'Rows',
		name: 'rows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: MAX_ROWS },
		placeholder: 'Add Row',
		default: {},
		description: 'What the customer can choose from: one to ten rows',
		displayOptions: { show: { rowsMode: ['fields'] } },
		options: [
			{
				displayName: 'Row',
				name: 'row',
				values: [
					{
						displayName: 'Section',
						name: 'section',
						type: 'string',
						default: '',
						placeholder: 'e.g. Orders',
						description:
							'The heading above the row, at most 24 characters. Rows with the same heading stand together. Needed as soon as there are two.',
					},
					{
						displayName: 'ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. track-order',
						description:
							'What the OneTalk Chatbot Trigger gets when the customer chooses the row. Leave empty to take the title.',
					},
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Track my order',
						description: 'What stands in the row, at most 24 characters',
					},
					{
						displayName: 'Description',
						name: 'description',
						type: 'string',
						default: '',
						placeholder: 'e.g. See where your order is',
						description: 'Small text below the title, at most 72 characters',
					},
				],
			},
		],
	},
	{
		displayName: 'Rows (JSON)',
		name: 'rowsJson',
		type: 'json',
		default:
			'[\n  { "id": "track", "title": "Track my order", "description": "" },\n  { "id": "agent", "title": "Talk to an agent", "description": "" }\n]',
		description:
			'A list of one to ten rows, each with section, ID, title and description, or a list of sections, each with title and rows',
		displayOptions: { show: { rowsMode: ['json'] } },
	},
	optionsWith(sendOnceKey),
];

/** A text with a button that opens a list to choose from. */
export const sendList: Operation<SendRequest> = {
	...sendTraits,
	value: 'sendList',
	name: 'Send List',
	action: 'Send a list to the customer of a case',
	description:
		'Send a text with a list of one to ten rows that the customer can choose from. It reaches a real person and cannot be undone. Only for cases of a WhatsApp Business API channel.',
	properties,
	request: (parameters, itemContext) => {
		const button = requiredText('listButton', parameters.listButton);
		return interactiveRequest(parameters, itemContext, 'list', HEADERS, {
			listAction: {
				button: atMost('listButton', button, MAX_LIST_BUTTON),
				sections: sectionsOf(parameters),
			},
		});
	},
};
