/** Chatbot: Hand Over. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { optionalNumberId, optionalText } from '../../input/values';
import { messageText } from '../messageText';
import type { ItemContext, Operation, Parameters } from '../operation';
import { optionsWith } from '../options';
import { caseId, chatbotTraits, doneRow, eventRequest, type EventRequest } from './shared';

const properties: INodeProperties[] = [
	caseId,
	{
		displayName: 'Summary',
		name: 'summary',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Wants to return order 4711, has the receipt, was promised an answer today.',
		description:
			'What the agent should know of the conversation so far, in a few sentences. An AI agent can write it.',
	},
	{
		displayName: 'Topic ID',
		name: 'topicId',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'The topic to hand over to. With 0 the case stays in its topic, or gets the topic of its channel; if the channel has several, OneTalk asks the customer to choose.',
	},
	{
		displayName: 'Agent Email',
		name: 'agentEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. agent@example.com',
		description:
			'The agent to hand over to, who must belong to the topic of the case. Leave empty to let OneTalk assign the case.',
	},
	optionsWith(),
];

/** Gives the case from the chatbot to a human agent; from then on the chatbot gets no more of its messages. */
export const handOver: Operation<EventRequest> = {
	...chatbotTraits,
	value: 'handOver',
	name: 'Hand Over',
	action: 'Hand a case over to a human agent, with a summary',
	description:
		'Give a case from the chatbot to a human agent, with a summary of the conversation. The chatbot gets no more messages of this case.',
	properties,
	repeatable: false,
	effect: {
		done: 'handed over',
		unknown: 'May have been handed over',
		check:
			'Look in OneTalk who has the case before you hand it over again. n8n does not hand it over again by itself.',
	},
	request: (parameters, itemContext) =>
		eventRequest(parameters, 'handover_case', { handoverCase: receiver(parameters, itemContext) }),
	rows: (_pages, request) => {
		const { agentEmail } = request.body.handoverCase as IDataObject;
		const to = agentEmail === undefined ? 'a human agent' : String(agentEmail);
		return doneRow(request, `Handed case ${request.body.caseID} over to ${to}`);
	},
};

/** What is not given is not sent. */
function receiver(parameters: Parameters, itemContext: ItemContext): IDataObject {
	const { topicId, agentEmail } = parameters;
	const topicID = optionalNumberId('topicId', topicId);
	const email = optionalText('agentEmail', agentEmail);
	const chatbotHandoverSummary = messageText('summary', parameters, itemContext);
	return {
		...(topicID === undefined ? {} : { topicID }),
		...(email === '' ? {} : { agentEmail: email }),
		...(chatbotHandoverSummary.trim() === '' ? {} : { chatbotHandoverSummary }),
	};
}
