/** The list of operations, and what is derived from it: the node's properties, its credentials, and the look-up. */

import type { INodeCredentialDescription, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { getMany } from './case/getMany';
import { update } from './case/update';
import { closeCase } from './chatbot/closeCase';
import { handOver } from './chatbot/handOver';
import { requestContactInfo } from './chatbot/requestContactInfo';
import { sendAndWait as askInChat } from './chatbot/sendAndWait';
import { sendButtons } from './chatbot/sendButtons';
import { sendFlow } from './chatbot/sendFlow';
import { sendList } from './chatbot/sendList';
import { sendMessage } from './chatbot/sendMessage';
import { updateCase } from './chatbot/updateCase';
import { updateContact } from './chatbot/updateContact';
import { createAuthTicket } from './contact/createAuthTicket';
import { upsert } from './contact/upsert';
import { send } from './message/send';
import { sendAndWait } from './message/sendAndWait';
import { sendTemplate } from './message/sendTemplate';
import { RESOURCES, type Operation, type Resource } from './operation';

/** Every operation of the node; the first of a resource is its default. */
export const operations: Operation[] = [
	send,
	sendTemplate,
	sendAndWait,
	getMany,
	update,
	upsert,
	createAuthTicket,
	sendMessage,
	sendButtons,
	sendList,
	sendFlow,
	requestContactInfo,
	askInChat,
	handOver,
	closeCase,
	updateCase,
	updateContact,
];

const resources = [...new Set(operations.map(({ resource }) => resource))];

/** The list Operation, before its entries are known. */
const operationList: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	default: '',
	noDataExpression: true,
};

/** The node's properties: resource, operation, and each operation's parameters. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map((value) => ({ name: RESOURCES[value] as string, value })).sort(byName),
		default: 'message',
	},
	...resources.map(operationProperty),
	...operations.flatMap((operation) => operation.properties.map((property) => shownFor(operation, property))),
];

/**
 * The node's credentials: one for each service, hidden for the resources that do not use it. With `show` in place of `hide`, n8n's
 * editor takes Resource for the choice of an authentication: it hides Resource, and changes it when a credential is chosen.
 */
export const credentials: INodeCredentialDescription[] = [
	...new Set(operations.map(({ service }) => service)),
].map((service) => ({
	name: service.credential,
	required: true,
	testedBy: service.testedBy,
	displayOptions: {
		hide: {
			resource: resources.filter((resource) =>
				operationsOf(resource).every((operation) => operation.service !== service),
			),
		},
	},
}));

/**
 * The operation that a saved workflow names.
 *
 * @throws where there is none of that name
 */
export function findOperation(resource: string, name: string): Operation {
	const found = operations.find((operation) => operation.resource === resource && operation.value === name);
	if (found === undefined) throw new Error(`OneTalk has no operation "${name}" for "${resource}"`);
	return found;
}

function operationsOf(resource: Resource): Operation[] {
	return operations.filter((operation) => operation.resource === resource);
}

function operationProperty(resource: Resource): INodeProperties {
	const options = operationsOf(resource).map(
		({ name, value, action, description }): INodePropertyOptions => ({ name, value, action, description }),
	);
	return {
		...operationList,
		displayOptions: { show: { resource: [resource] } },
		default: options[0].value,
		options: options.sort(byName),
	};
}

function shownFor({ resource, value }: Operation, property: INodeProperties): INodeProperties {
	const show = { ...property.displayOptions?.show, resource: [resource], operation: [value] };
	return { ...property, displayOptions: { ...property.displayOptions, show } };
}

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
	return a.name < b.name ? -1 : 1;
}
