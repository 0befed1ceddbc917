/** n8n's engine as a library, loaded from an installed n8n, with credentials in memory. */

import type { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { authenticate } from '../support/authenticate.cts';

/** What the measured node runs with. */
export interface Stage {
	/** Loads n8n's modules. */
	load: NodeJS.Require;
	/** Folder of the built package. */
	packageFolder: string;
	/** The base URL in the credential. */
	baseUrl: string;
	/** The API key in the credential. */
	apiKey: string;
}

/** An initialized n8n. */
export interface Engine {
	/** How often a node has read a credential. */
	credentialReads: number;
	additionalData(hooks?: ExecutionLifecycleHooks): IWorkflowExecuteAdditionalData;
}

export const CREDENTIALS = {
	oneTalkApi: { id: '1', name: 'OneTalk' },
	httpHeaderAuth: { id: '2', name: 'Header' },
};

/** Initializes the engine as n8n does when it starts. */
export async function startN8n({ load, packageFolder, baseUrl, apiKey }: Stage): Promise<Engine> {
	load('reflect-metadata');
	const { GlobalConfig } = load('@n8n/config');
	const { Container } = load('@n8n/di');
	const n8nWorkflow = load('n8n-workflow') as typeof import('n8n-workflow');
	const { OneTalkApi } = load(`${packageFolder}/dist/credentials/OneTalkApi.credentials.js`);

	const { idleTimeout, ...engine } = Container.get(GlobalConfig).expressionEngine;
	await n8nWorkflow.Expression.initExpressionEngine(engine);

	const url = 'http://localhost/';
	const n8n: Engine = {
		credentialReads: 0,
		additionalData: (hooks) =>
			// The rest of it belongs to sub-workflows, waiting and the database, which no measured node uses.
			({
				credentialsHelper,
				hooks,
				executionId: 'execution',
				restApiUrl: url,
				instanceBaseUrl: url,
				webhookBaseUrl: url,
				webhookWaitingBaseUrl: url,
				webhookTestBaseUrl: url,
				formWaitingBaseUrl: url,
				variables: {},
			}) as unknown as IWorkflowExecuteAdditionalData,
	};
	const credentialsHelper = createCredentialsHelper(
		n8nWorkflow,
		new OneTalkApi() as ICredentialType,
		(type): ICredentialDataDecryptedObject => {
			n8n.credentialReads++;
			return type === 'httpHeaderAuth' ? { name: 'API-Key', value: apiKey } : { apiKey, baseUrl };
		},
	);
	return n8n;
}

/** n8n's credentials helper with the data in memory. */
function createCredentialsHelper(
	n8nWorkflow: typeof import('n8n-workflow'),
	credential: ICredentialType,
	dataOf: (type: string) => ICredentialDataDecryptedObject,
): ICredentialsHelper {
	class Credentials extends n8nWorkflow.ICredentialsHelper {
		getParentTypes() {
			return [];
		}

		isCredentialUsableByNode() {
			return true;
		}

		async authenticate(
			credentials: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
			workflow: Workflow,
			node: INode,
		): Promise<IHttpRequestOptions> {
			return await authenticate(credential, credentials, options, workflow, node);
		}

		async preAuthentication() {
			return undefined;
		}

		async runPreAuthentication() {
			return undefined;
		}

		async getCredentials(): Promise<never> {
			throw new Error('not needed');
		}

		async getDecrypted(_additionalData: unknown, _credentials: unknown, type: string) {
			return dataOf(type);
		}

		async updateCredentials() {}

		async updateCredentialsOauthTokenData() {}

		getCredentialsProperties() {
			return credential.properties;
		}
	}
	return new Credentials();
}

/** @param types node types by name */
export function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: (): IDataObject => ({}),
	};
}

export function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
