/** The OneTalk Trigger node: starts a workflow for new and updated cases. */

import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { testCredential } from './api/integration/credentialTest';
import { properties } from './triggers/cases/properties';
import { pollCases } from './triggers/cases/poll';

export class OneTalkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk Trigger',
		name: 'oneTalkTrigger',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["events"].map((event) => event.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())).join(", ")}}',
		description:
			'Send messages, answer as a chatbot, work with cases and contacts, and start workflows on new and updated cases in OneTalk by TapTalk.io',
		defaults: { name: 'OneTalk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'oneTalkApi', required: true, testedBy: 'testCredential' }],
		properties,
	};

	methods = { credentialTest: { testCredential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCases(this);
	}
}
