/** The package's credential types, and n8n's credentials helper with the data in memory. */

import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentials,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { OneTalkApi } from '../../credentials/OneTalkApi.credentials';
import { OneTalkChatbotApi } from '../../credentials/OneTalkChatbotApi.credentials';
import { authenticate } from './authenticate.cts';

const TYPES = new Map<string, ICredentialType>(
	[new OneTalkApi(), new OneTalkChatbotApi()].map((type) => [type.name, type]),
);

/** Adds a credential type that only a test has. */
export function addCredentialType(type: ICredentialType): void {
	TYPES.set(type.name, type);
}

/** What the user entered, by credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Where the nodes of a test send their requests; a simulator is one. */
export interface Server {
	baseUrl: string;
	apiKey: string;
}

/** The credential data for a server. */
export function credentialDataOf({ baseUrl, apiKey }: Server): CredentialData {
	return { oneTalkApi: { baseUrl, apiKey } };
}

/** The credentials of a node that has one of each type. */
export function credentialsOf(data: CredentialData): INodeCredentials {
	return Object.fromEntries(Object.keys(data).map((type) => [type, { id: type, name: type }]));
}

/** Credentials in memory; each type authenticates requests in its own way. */
export class InMemoryCredentials extends ICredentialsHelper {
	constructor(private readonly data: CredentialData) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		return await authenticate(typeOf(typeName), credentials, requestOptions, workflow, node);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('not needed'));
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		if (!(type in this.data)) throw new Error(`The test has no data for the credential ${type}`);
		return this.data[type];
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		return typeOf(type).properties;
	}
}

function typeOf(name: string): ICredentialType {
	const type = TYPES.get(name);
	if (type === undefined) throw new Error(`${name} is no credential type of the package`);
	return type;
}
