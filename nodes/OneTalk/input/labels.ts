/** The labels that users see for parameters. */

import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** The label of a parameter, inside collections too; several where the names have several. Undefined where there is none. */
export function labelIn(properties: INodeProperties[], ...names: string[]): string | undefined {
	const labels = properties
		.flatMap((property) => [property, ...nested(property)])
		.filter(({ name, type }) => names.includes(name) && type !== 'notice')
		.map(({ displayName }) => displayName);
	return labels.length === 0 ? undefined : [...new Set(labels)].join(' or ');
}

/** The fields inside a collection; messages about a fixed collection name its fields themselves. */
function nested({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type !== 'collection') return [];
	return options.filter((option): option is INodeProperties => !isGroup(option) && 'type' in option);
}

function isGroup(option: object): option is INodePropertyCollection {
	return 'values' in option;
}
