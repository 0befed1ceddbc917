/** The OneTalk Webhook Trigger node: starts a workflow for what OneTalk delivers to the organization's webhook. */

import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { testCredential } from './api/integration/credentialTest';
import { organizationWebhook } from './triggers/organization/kind';
import { properties } from './triggers/organization/properties';
import { webhook } from './triggers/webhook/properties';
import { receive } from './triggers/webhook/receive';
import { requireEvents } from './triggers/webhook/settings';

export class OneTalkWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'OneTalk Webhook Trigger',
		name: 'oneTalkWebhookTrigger',
		icon: { light: 'file:../../icons/onetalk.svg', dark: 'file:../../icons/onetalk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{[$parameter["events"]].flat().map((event) => event.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())).join(", ")}}',
		description:
			'Starts the workflow when OneTalk by TapTalk.io reports the status of a message or a resolved case',
		eventTriggerDescription: 'Waiting for OneTalk to call the test URL',
		activationMessage: 'OneTalk can now call the production URL of this workflow.',
		defaults: { name: 'OneTalk Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'oneTalkApi', required: false, testedBy: 'testCredential' }],
		webhooks: [webhook],
		triggerPanel: {
			header: 'Get events as OneTalk reports them',
			executionsHelp: {
				inactive:
					'<b>To try it out</b>, click the button and send a test delivery to the <b>test URL</b> within two minutes.<br><br><b>To go live</b>, publish the workflow and paste the <b>production URL</b> into OneTalk.',
				active:
					'<b>To try it out</b>, click the button and send a test delivery to the <b>test URL</b> within two minutes.<br><br><b>Live</b> deliveries go to the <b>production URL</b>. Their executions are in the list of executions, not in the editor.',
			},
			activationHint: 'Publish the workflow, and paste the production URL into OneTalk’s dashboard.',
		},
		properties,
	};

	methods = { credentialTest: { testCredential } };

	/** OneTalk has no request to register a URL: a person pastes it. So there is nothing to create or delete. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				requireEvents(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, organizationWebhook);
	}
}
