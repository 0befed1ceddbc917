/** Chatbot: Update Case. */

import type { INodeProperties } from 'n8n-workflow';

import { caseChanges, updateFields } from '../case/changes';
import type { Operation } from '../operation';
import { optionsWith } from '../options';
import { caseId, chatbotTraits, doneRow, eventRequest, type EventRequest } from './shared';

const properties: INodeProperties[] = [caseId, updateFields, optionsWith()];

/** Changes remark or junk mark of a case of the chatbot; what is not given stays. */
export const updateCase: Operation<EventRequest> = {
	...chatbotTraits,
	value: 'updateCase',
	name: 'Update Case',
	action: 'Update the remark or the junk mark of a case',
	description: 'Change the remark or the junk mark of a case of the chatbot',
	properties,
	repeatable: true,
	effect: { done: 'updated', unknown: '', check: '' },
	request: (parameters) =>
		eventRequest(parameters, 'update_case', { updateCase: caseChanges(parameters.updateFields) }),
	rows: (_pages, request) => doneRow(request, `Updated case ${request.body.caseID}`),
};
