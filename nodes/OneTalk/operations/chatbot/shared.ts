/** What the chatbot operations have in common: the case, the envelope of an event, and how outcomes are worded. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { chatbot } from '../../api/chatbot/service';
import type { PostRequest } from '../../api/types';
import { requiredId } from '../../input/values';
import type { Parameters } from '../operation';

/** The parameter Case ID. */
export const caseId: INodeProperties = {
	displayName: 'Case ID',
	name: 'caseId',
	type: 'string',
	required: true,
	default: '',
	placeholder: "e.g. {{ $('OneTalk Chatbot Trigger').item.json.caseID }}",
	description:
		'The case of the conversation, from the item of the OneTalk Chatbot Trigger. It must be open and with this chatbot.',
};

/** The parameter Text of messages that have one text and nothing else to choose. */
export const text: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	description: 'What the customer reads',
};

/** What a request says about a case: an event, with its details under a key of their own. */
export type EventBody = { caseID: string; eventType: string } & IDataObject;

export type EventRequest = PostRequest<EventBody>;

/** The request for an event; it goes to the URL of the chatbot itself. */
export function eventRequest(parameters: Parameters, eventType: string, details: IDataObject): EventRequest {
	return {
		method: 'POST',
		path: '',
		body: { caseID: requiredId('caseId', parameters.caseId), eventType, ...details },
	};
}

/** What all chatbot operations have in common: one case's requests keep their order. */
export const chatbotTraits = {
	resource: 'chatbot' as const,
	service: chatbot,
	apiNames: { caseID: ['caseId'] },
	lane: ({ body }: EventRequest) => body.caseID,
	subject: ({ body }: EventRequest) => ({ caseID: body.caseID }),
};

/** The output row of an event, with a sentence that an agent can read. */
export function doneRow(request: EventRequest, message: string, more: IDataObject = {}): IDataObject[] {
	return [{ success: true, caseID: request.body.caseID, message, ...more }];
}
