/** The node types of a test's workflow: those of the package, and one that outputs rows. */

import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { OneTalk } from '../../nodes/OneTalk/OneTalk.node';
import { OneTalkChatbotTrigger } from '../../nodes/OneTalk/OneTalkChatbotTrigger.node';
import { OneTalkTrigger } from '../../nodes/OneTalk/OneTalkTrigger.node';
import { OneTalkWebhookTrigger } from '../../nodes/OneTalk/OneTalkWebhookTrigger.node';

/** Outputs the rows of the test. An object and not a class: n8n's lint wants every node class to be usable as a tool. */
const rows: INodeType = {
	description: {
		displayName: 'Rows',
		name: 'rows',
		group: ['input'],
		version: 1,
		description: 'Rows of the test',
		defaults: { name: 'Rows' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Rows', name: 'rows', type: 'json', default: '[]' }],
	},
	async execute(this: IExecuteFunctions) {
		const json = JSON.parse(this.getNodeParameter('rows', 0) as string) as IDataObject[];
		return [json.map((row, item) => ({ json: row, pairedItem: { item } }))];
	},
};

const types: Record<string, INodeType> = {
	rows,
	...Object.fromEntries(
		[new OneTalk(), new OneTalkTrigger(), new OneTalkWebhookTrigger(), new OneTalkChatbotTrigger()].map(
			(type) => [type.description.name, type],
		),
	),
};

/** The node types, as n8n looks them up. */
export const nodeTypes: INodeTypes = {
	getByName: (name) => types[name],
	getByNameAndVersion: (name) => types[name],
	getKnownTypes: () => ({}),
};

/** A node type by its name. */
export function nodeTypeOf(name: string): INodeType {
	return types[name];
}

/** A node of a workflow. */
export function nodeOf(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}
