import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The API key of a OneTalk organization. It is tested by the OneTalk node, since OneTalk answers a bad key with HTTP 200. */
export class OneTalkApi implements ICredentialType {
	name = 'oneTalkApi';

	displayName = 'OneTalk API';

	icon: Icon = { light: 'file:../icons/onetalk.svg', dark: 'file:../icons/onetalk.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The API key of your organization, from the OneTalk dashboard under Integration',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://onetalk-api.taptalk.io/api/integration/v1',
			placeholder: 'e.g. https://onetalk-api.taptalk.io/api/integration/v1',
			description: 'The address of the Integration API. Change it only if TapTalk.io gave you another one.',
		},
		{
			displayName: 'Webhook Token',
			name: 'webhookToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the OneTalk Webhook Trigger: a long random text of your own, which the webhook URL in the OneTalk dashboard must carry as ?token=…. Without it, the trigger accepts every delivery to its URL.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'API-Key': '={{$credentials.apiKey.trim()}}' } },
	};
}
