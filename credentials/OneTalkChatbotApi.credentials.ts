import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** URL and secret key of one custom chatbot of OneTalk. It is tested by the OneTalk node, with a request that changes nothing. */
export class OneTalkChatbotApi implements ICredentialType {
	name = 'oneTalkChatbotApi';

	displayName = 'OneTalk Chatbot API';

	icon: Icon = { light: 'file:../icons/onetalk.svg', dark: 'file:../icons/onetalk.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-onetalk/n8n-nodes-onetalk#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://onetalk-api.taptalk.io/api/visitor/v1/webhook/chatbot/custom/2222/a1b2c3d4',
			description: 'The OneTalk URL that OneTalk showed when the custom chatbot was created',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret key that OneTalk showed with the URL. OneTalk shows it only once.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'Secret-Key': '={{$credentials.secretKey.trim()}}' } },
	};
}
