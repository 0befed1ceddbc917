import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { testCredential } from './api/credentialTest';
import { pollCases } from './trigger/poll';

export class OneTalkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk Trigger',
		name: 'oneTalkTrigger',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["events"].length === 2 ? "new and updated cases" : $parameter["events"].includes("caseCreated") ? "new cases" : "updated cases"}}',
		description: 'Starts the workflow when cases in OneTalk by TapTalk.io are created or updated',
		defaults: { name: 'OneTalk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'oneTalkApi', required: true, testedBy: 'testCredential' }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{
						name: 'Case Created',
						value: 'caseCreated',
						description: 'A case that is new, also if it was changed since',
					},
					{
						name: 'Case Updated',
						value: 'caseUpdated',
						description: 'Any change of a case that is not new',
					},
				],
				default: ['caseCreated', 'caseUpdated'],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Look Back (Seconds)',
						name: 'lookBackSeconds',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 3600 },
						default: 60,
						description:
							'How late OneTalk may show a change without it being missed. Each poll reads this much again, and starts the workflow only for what is new.',
					},
				],
			},
		],
	};

	methods = { credentialTest: { testCredential } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCases(this);
	}
}
