/** The credential of the Integration API. */

import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

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
			placeholder: 'e.g. the key that OneTalk shows under Integration',
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
			displayName: 'Default Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2101081881',
			description:
				'The channel of the messages whose node has no channel ID of its own. OneTalk shows it under Integration, in the channel’s detail.',
		},
		{
			displayName: 'Default Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 103011859190563',
			description:
				'The sender phone number ID of the default channel, for templates. OneTalk shows it beside the channel ID of a WhatsApp Business API channel.',
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

	/** A method, since n8n evaluates the expressions of the generic form again for every request: a fifth of the CPU of a send. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const apiKey = String(credentials.apiKey ?? '').trim();
		return { ...requestOptions, headers: { ...requestOptions.headers, 'API-Key': apiKey } };
	}
}
