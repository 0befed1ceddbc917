/** The OneTalk Chatbot Trigger node: starts a workflow for each message that a customer sends to a custom chatbot. */

import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { testChatbotCredential } from './api/chatbot/credentialTest';
import { chatbotWebhook } from './triggers/chatbot/kind';
import { properties } from './triggers/chatbot/properties';
import { webhook } from './triggers/webhook/properties';
import { receive } from './triggers/webhook/receive';
import { requireSecret } from './triggers/webhook/settings';

export class OneTalkChatbotTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk Chatbot Trigger',
		name: 'oneTalkChatbotTrigger',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{[$parameter["filters"].messageType ?? ""].flat().filter((type) => type !== "").map((type) => "on " + type).join(", ") || "on message"}}',
		description:
			'Starts the workflow when a customer sends a message to your custom chatbot in OneTalk by TapTalk.io',
		eventTriggerDescription: 'Waiting for OneTalk to call the test URL',
		activationMessage: 'OneTalk can now call the production URL of this workflow.',
		defaults: { name: 'OneTalk Chatbot Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'oneTalkChatbotApi', required: true, testedBy: 'testChatbotCredential' }],
		webhooks: [webhook],
		triggerPanel: {
			header: 'Get customers’ messages as they come',
			executionsHelp: {
				inactive:
					'<b>To try it out</b>, click the button and send a test delivery to the <b>test URL</b> within two minutes.<br><br><b>To go live</b>, publish the workflow and paste the <b>production URL</b> into OneTalk.',
				active:
					'<b>To try it out</b>, click the button and send a test delivery to the <b>test URL</b> within two minutes.<br><br><b>Live</b> messages go to the <b>production URL</b>. Their executions are in the list of executions, not in the editor.',
			},
			activationHint: 'Publish the workflow, and paste the production URL into OneTalk’s dashboard.',
		},
		properties,
	};

	methods = { credentialTest: { testChatbotCredential } };

	/** OneTalk has no request to register a URL: a person pastes it. So there is nothing to create or delete. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await requireSecret(this, chatbotWebhook.secret);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, chatbotWebhook);
	}
}
