/** Chatbot: Send Buttons. */

import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalid';
import { atMost } from '../../input/length';
import type { Operation, Parameters } from '../operation';
import { optionsWith, sendOnceKey } from '../options';
import { entriesOf, entryText, refuseOtherKeys, refuseTwice } from './entries';
import { ALL_HEADERS, buttonAction, interactiveProperties, interactiveRequest } from './interactive';
import { MAX_BUTTON_ID, MAX_BUTTON_TITLE, MAX_BUTTONS } from './limits';
import { sendTraits, type SendRequest } from './sends';
import { caseId } from './shared';

const properties: INodeProperties[] = [
	caseId,
	...interactiveProperties(ALL_HEADERS),
	{
		displayName: 'Buttons From',
		name: 'buttonsMode',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'Add one entry for each button' },
			{ name: 'Using JSON', value: 'json', description: 'Give all buttons as one JSON list' },
		],
		default: 'fields',
		description: 'How to give the buttons. For a list from an expression choose JSON.',
	},
	{
		displayName: 'Buttons',
		name: 'buttons',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: MAX_BUTTONS },
		placeholder: 'Add Button',
		default: {},
		description: 'What the customer can tap: one to three buttons',
		displayOptions: { show: { buttonsMode: ['fields'] } },
		options: [
			{
				displayName: 'Button',
				name: 'button',
				values: [
					{
						displayName: 'ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. talk-to-agent',
						description:
							'What the OneTalk Chatbot Trigger gets when the customer taps the button. Leave empty to take the title.',
					},
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Talk to an agent',
						description: 'What stands on the button, at most 20 characters',
					},
				],
			},
		],
	},
	{
		displayName: 'Buttons (JSON)',
		name: 'buttonsJson',
		type: 'json',
		default: '[\n  { "id": "yes", "title": "Yes" },\n  { "id": "no", "title": "No" }\n]',
		description: 'A list of one to three buttons, each with ID and title',
		displayOptions: { show: { buttonsMode: ['json'] } },
	},
	optionsWith(sendOnceKey),
];

/** A text with buttons to tap. */
export const sendButtons: Operation<SendRequest> = {
	...sendTraits,
	value: 'sendButtons',
	name: 'Send Buttons',
	action: 'Send buttons to the customer of a case',
	description:
		'Send a text with one to three buttons that the customer can tap. It reaches a real person and cannot be undone. Only for cases of a WhatsApp Business API channel.',
	properties,
	request: (parameters, itemContext) =>
		interactiveRequest(parameters, itemContext, 'button', ALL_HEADERS, buttonAction(buttonsOf(parameters))),
};

function buttonsOf(parameters: Parameters): Array<{ id: string; title: string }> {
	const { parameter, list } = entriesOf(parameters, {
		mode: 'buttonsMode',
		fields: 'buttons',
		group: 'button',
		json: 'buttonsJson',
		form: '{ "id", "title" }',
	});
	if (list.length === 0) throw new InvalidInput(parameter, `has no button: add one to ${MAX_BUTTONS}`);
	if (list.length > MAX_BUTTONS)
		throw new InvalidInput(parameter, `has ${list.length} buttons: at most ${MAX_BUTTONS} are allowed`);
	const buttons = list.map((entry, index) => {
		const where = `button ${index + 1}`;
		refuseOtherKeys(parameter, where, entry, ['id', 'title']);
		const title = entryText(parameter, `the title of ${where}`, entry.title);
		if (title === '') throw new InvalidInput(parameter, `has no title for ${where}`);
		const id = entryText(parameter, `the ID of ${where}`, entry.id) || title;
		return {
			id: atMost(parameter, id, MAX_BUTTON_ID, `the ID of ${where}`),
			title: atMost(parameter, title, MAX_BUTTON_TITLE, `the title of ${where}`),
		};
	});
	refuseTwice(
		parameter,
		'button title',
		buttons.map(({ title }) => title),
	);
	refuseTwice(
		parameter,
		'button ID',
		buttons.map(({ id }) => id),
	);
	return buttons;
}
