import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties } from './actions';
import { runOperation } from './actions/batch';
import { templateVariables } from './actions/message/templateMapping';
import { testCredential } from './api/credentialTest';

export class OneTalk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk',
		name: 'oneTalk',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send WhatsApp messages and work with cases in OneTalk by TapTalk.io',
		defaults: { name: 'OneTalk' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'oneTalkApi', required: true, testedBy: 'testCredential' }],
		properties,
	};

	methods = { credentialTest: { testCredential }, resourceMapping: { templateVariables } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
