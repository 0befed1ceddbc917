/** What the sends of a chatbot have in common: their request, their output, and that they are never repeated. */

import type { IDataObject } from 'n8n-workflow';

import type { Parameters } from '../operation';
import { chatbotTraits, doneRow, eventRequest, type EventRequest } from './shared';

/** A send's request, which also knows its text for the output. */
export interface SendRequest extends EventRequest {
	/** The text as sent; of a file its caption. Not sent itself. */
	sentText: string;
}

/** The request for messages of one case; the customer gets them in this order. */
export function sendRequest(parameters: Parameters, messages: IDataObject[], sentText: string): SendRequest {
	return { ...eventRequest(parameters, 'messages', { messages }), sentText };
}

/** No send is repeatable: the customer would get it twice. */
export const sendTraits = {
	...chatbotTraits,
	repeatable: false,
	effect: {
		done: 'sent',
		unknown: 'May have been sent',
		check:
			'Look in OneTalk whether the message is there before you send it again. n8n does not send it again by itself.',
	},
	rows: (_pages: IDataObject[], request: SendRequest) => {
		const { caseID, messages } = request.body;
		const count = (messages as IDataObject[]).length;
		const what = count === 1 ? '1 message' : `${count} messages`;
		return doneRow(request, `Sent ${what} to the customer of case ${caseID}`, {
			text: request.sentText,
			messages: count,
		});
	},
};
