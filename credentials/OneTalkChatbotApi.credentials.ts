/** The credential of a custom chatbot. */

import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

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

	/** A method, since n8n evaluates the expressions of the generic form again for every request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const secretKey = String(credentials.secretKey ?? '').trim();
		return { ...requestOptions, headers: { ...requestOptions.headers, 'Secret-Key': secretKey } };
	}
}
