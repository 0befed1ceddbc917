import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { getMany } from './case/getMany';
import { update } from './case/update';
import { send } from './message/send';
import { sendTemplate } from './message/sendTemplate';
import type { Operation } from './operation';

/** Every operation of the node. Option lists, properties and the look-up below are derived from it. */
export const operations: Operation[] = [send, sendTemplate, getMany, update];

/** The node's properties: resource, operation, and each operation's fields. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Case', value: 'case' },
			{ name: 'Message', value: 'message' },
		],
		default: 'message',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['case'] } },
		options: optionsOf('case'),
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['message'] } },
		options: optionsOf('message'),
		default: 'send',
	},
	...operations.flatMap((operation) => operation.fields.map((field) => shownFor(operation, field))),
];

/**
 * The operation that a saved workflow names.
 *
 * @throws where there is none of that name
 */
export function findOperation(resource: string, name: string): Operation {
	const found = operations.find(
		(operation) => operation.resource === resource && operation.operation === name,
	);
	if (found === undefined) throw new Error(`OneTalk has no operation "${name}" for "${resource}"`);
	return found;
}

function optionsOf(resource: Operation['resource']): INodePropertyOptions[] {
	return operations
		.filter((operation) => operation.resource === resource)
		.map(({ name, operation, action, description }) => ({ name, value: operation, action, description }));
}

function shownFor({ resource, operation }: Operation, field: INodeProperties): INodeProperties {
	const show = { ...field.displayOptions?.show, resource: [resource], operation: [operation] };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}
