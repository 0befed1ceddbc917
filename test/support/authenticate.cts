/** Adds a credential to a request as n8n's own credentials helper does. That helper is part of the n8n server, not of n8n-core. */

import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

type Part = Record<string, unknown>;

/**
 * Applies `authenticate` of a credential type: a method, or the generic object whose values may be expressions.
 * @param credential the credential type
 * @param data what the user entered
 * @param workflow resolves the expressions
 */
export async function authenticate(
	credential: ICredentialType,
	data: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): Promise<IHttpRequestOptions> {
	const method = credential.authenticate;
	if (method === undefined) return requestOptions;
	if (typeof method === 'function') return await method.call(credential, data, requestOptions);

	const resolve = (value: unknown) =>
		typeof value === 'string' && value.startsWith('=')
			? workflow.expression.getSimpleParameterValue(
					node,
					value,
					'internal',
					{ $credentials: data },
					undefined,
					'',
				)
			: value;
	const parts = requestOptions as unknown as Record<string, Part | undefined>;
	for (const [part, values] of Object.entries(method.properties)) {
		const resolved = Object.entries(values as Part).map(([name, value]) => [resolve(name), resolve(value)]);
		parts[part] = { ...parts[part], ...(Object.fromEntries(resolved) as Part) };
	}
	return requestOptions;
}
