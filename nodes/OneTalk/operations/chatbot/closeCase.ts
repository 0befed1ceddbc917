/** Chatbot: Close Case. */

import type { INodeProperties } from 'n8n-workflow';

import { optionalBoolean } from '../../input/values';
import type { Operation } from '../operation';
import { optionsWith } from '../options';
import { caseId, chatbotTraits, doneRow, eventRequest, type EventRequest } from './shared';

const properties: INodeProperties[] = [
	caseId,
	{
		displayName: 'Send Closing Message',
		name: 'sendClosingMessage',
		type: 'boolean',
		default: false,
		description: 'Whether the customer gets the closing message, if one is set up in OneTalk',
	},
	optionsWith(),
];

/** Ends the conversation. */
export const closeCase: Operation<EventRequest> = {
	...chatbotTraits,
	value: 'closeCase',
	name: 'Close Case',
	action: 'Close a case',
	description:
		'Close a case of the chatbot. When the customer writes again, a new case starts. A closed case cannot be opened again from here.',
	properties,
	repeatable: false,
	effect: {
		done: 'closed',
		unknown: 'May have been closed',
		check:
			'Look in OneTalk whether the case is closed before you close it again. n8n does not close it again by itself.',
	},
	request: (parameters) =>
		eventRequest(parameters, 'close_case', {
			closeCase: {
				sendClosingMessage: optionalBoolean('sendClosingMessage', parameters.sendClosingMessage) ?? false,
			},
		}),
	rows: (_pages, request) => doneRow(request, `Closed case ${request.body.caseID}`),
};
