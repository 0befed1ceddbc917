import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import type { Operation } from '../operations/operation';

/** The API's spelling of a field → the node's parameters for it. A map, since what is looked up comes from outside. */
const PARAMETERS_OF = new Map(
	Object.entries({
		agentRemark: ['agentRemark'],
		body: ['text', 'mediaUrl'],
		caption: ['caption'],
		caseID: ['caseId'],
		channelID: ['channelId'],
		filename: ['fileName'],
		isJunk: ['isJunk'],
		languageCode: ['languageCode'],
		limit: ['limit'],
		messageType: ['messageType'],
		parameters: ['parameterMode'],
		phone: ['phone'],
		phoneNumberID: ['phoneNumberId'],
		since_timestamp: ['since'],
		templateName: ['templateName'],
		topicID: ['topicId'],
		withCase: ['withCase'],
	}),
);

/** The label that the user sees for a parameter, or for the API's name of it; undefined where there is none. */
export function labelOf({ fields }: Operation, field: string): string | undefined {
	const names = PARAMETERS_OF.get(field) ?? [field];
	const labels = fields
		.flatMap((property) => [property, ...nested(property)])
		.filter(({ name, type }) => names.includes(name) && type !== 'notice')
		.map(({ displayName }) => displayName);
	return labels.length === 0 ? undefined : [...new Set(labels)].join(' or ');
}

/** The fields inside a collection; those inside a fixed collection are named by their messages themselves. */
function nested({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type !== 'collection') return [];
	return options.filter((option): option is INodeProperties => !isGroup(option) && 'type' in option);
}

function isGroup(option: object): option is INodePropertyCollection {
	return 'values' in option;
}
