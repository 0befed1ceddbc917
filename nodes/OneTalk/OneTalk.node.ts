/** The OneTalk node: sends messages, answers as a chatbot, and works with cases and contacts. */

import {
	NodeConnectionTypes,
	SEND_AND_WAIT_OPERATION,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentials, properties } from './operations';
import { chosenOperation, executeBatch } from './batch/execute';
import { templateVariables } from './operations/message/template/mapping';
import { testChatbotCredential } from './api/chatbot/credentialTest';
import { testCredential } from './api/integration/credentialTest';
import { resumeWebhooks, waitingNodeTooltip } from './sendAndWait/description';
import { sendAndWait } from './sendAndWait/execute';
import { receiveResponse } from './sendAndWait/webhook';

export class OneTalk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk',
		name: 'oneTalk',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Send messages, answer as a chatbot, work with cases and contacts, and start workflows on new and updated cases in OneTalk by TapTalk.io',
		defaults: { name: 'OneTalk' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip,
		webhooks: resumeWebhooks,
		credentials,
		properties,
	};

	methods = {
		credentialTest: { testCredential, testChatbotCredential },
		resourceMapping: { templateVariables },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(this);
		const run = operation.value === SEND_AND_WAIT_OPERATION ? sendAndWait : executeBatch;
		return await run(this, operation);
	}

	/** The page of a question that waits for its response. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveResponse(this);
	}
}
