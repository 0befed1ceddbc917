/** Chatbot: Update Contact. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { plainText } from '../../input/values';
import type { Operation } from '../operation';
import { optionsWith } from '../options';
import { customFields, customFieldValues } from './customFields';
import { caseId, chatbotTraits, doneRow, eventRequest, type EventRequest } from './shared';

const FIELDS = ['fullName', 'alias', 'companyName', 'jobTitle'];

const properties: INodeProperties[] = [
	caseId,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description:
			'What to change. A field that is not added here stays as it is; an empty one is cleared, but for the full name.',
		options: [
			{
				displayName: 'Alias',
				name: 'alias',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sari',
			},
			{
				displayName: 'Company Name',
				name: 'companyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Example Ltd',
			},
			{
				displayName: 'Full Name',
				name: 'fullName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sari Example',
			},
			{
				displayName: 'Job Title',
				name: 'jobTitle',
				type: 'string',
				default: '',
				placeholder: 'e.g. Buyer',
			},
		],
	},
	customFields,
	optionsWith(),
];

/** Changes the contact of a case; what is not given stays. */
export const updateContact: Operation<EventRequest> = {
	...chatbotTraits,
	value: 'updateContact',
	name: 'Update Contact',
	action: 'Update the contact of a case',
	description: 'Change names, company, job title or custom fields of the contact of a case',
	properties,
	repeatable: true,
	effect: { done: 'updated', unknown: '', check: '' },
	request: (parameters, { timezone }) => {
		const fields = contactFields(parameters.updateFields);
		const custom = customFieldValues(parameters.customFields, timezone);
		if (Object.keys(fields).length + Object.keys(custom).length === 0)
			throw new InvalidInput('updateFields', 'has nothing to update: add a field here or a custom field');
		return eventRequest(parameters, 'update_contact', {
			updateContact: { ...fields, ...(Object.keys(custom).length === 0 ? {} : { customFields: custom }) },
		});
	},
	rows: (_pages, request) => doneRow(request, `Updated the contact of case ${request.body.caseID}`),
};

/** A value that an expression did not find (null) counts as not given: only an empty text clears a field. */
function contactFields(updates: unknown): IDataObject {
	if (updates !== undefined && updates !== null && !isRecord(updates))
		throw new InvalidInput('updateFields', `must be an object with ${FIELDS.join(', ')}`);
	const given = updates ?? {};
	const fields: IDataObject = {};
	for (const name of FIELDS) {
		const value = given[name];
		if (value === undefined || value === null) continue;
		fields[name] = plainText(name, value).trim();
		if (name === 'fullName' && fields[name] === '') throw new InvalidInput(name, 'is empty');
	}
	return fields;
}
