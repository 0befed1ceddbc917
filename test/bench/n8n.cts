/* n8n's engine as a library, from an installed n8n, with credentials in memory. */

/**
 * @typedef {object} Stage what stands around the measured node
 * @property {NodeJS.Require} load loads n8n's modules
 * @property {string} packageFolder of the built package
 * @property {string} baseUrl that the credential holds
 * @property {string} apiKey that the credential holds
 */

const CREDENTIALS = { oneTalkApi: { id: '1', name: 'OneTalk' }, httpHeaderAuth: { id: '2', name: 'Header' } };

/**
 * Prepares the engine as n8n does at its start.
 * @param {Stage} stage
 */
async function startN8n({ load, packageFolder, baseUrl, apiKey }) {
	load('reflect-metadata');
	const { GlobalConfig } = load('@n8n/config');
	const { Container } = load('@n8n/di');
	const { Expression, ICredentialsHelper, isExpression } = load('n8n-workflow');
	const { OneTalkApi } = load(`${packageFolder}/dist/credentials/OneTalkApi.credentials.js`);

	const { idleTimeout, ...engine } = Container.get(GlobalConfig).expressionEngine;
	await Expression.initExpressionEngine(engine);

	const credential = new OneTalkApi();

	/** Credentials in memory; what is added to a request is worked out as n8n's own helper does. */
	class Credentials extends ICredentialsHelper {
		getParentTypes() {
			return [];
		}
		isCredentialUsableByNode() {
			return true;
		}
		/** @type {(credentials: any, type: string, options: any, workflow: any, node: any) => Promise<any>} */
		async authenticate(credentials, _type, options, workflow, node) {
			if (typeof credential.authenticate === 'function')
				return await credential.authenticate(credentials, options);
			const resolve = (/** @type {string} */ value) =>
				isExpression(value)
					? String(
							workflow.expression.getSimpleParameterValue(node, value, 'internal', {
								$credentials: credentials,
							}),
						)
					: value;
			for (const [part, values] of Object.entries(credential.authenticate.properties)) {
				options[part] ??= {};
				for (const [key, value] of Object.entries(values)) options[part][resolve(key)] = resolve(value);
			}
			return options;
		}
		async preAuthentication() {}
		async runPreAuthentication() {}
		async getCredentials() {
			throw new Error('not needed');
		}
		/** @type {(additionalData: any, credentials: any, type: string) => Promise<any>} */
		async getDecrypted(_additionalData, _credentials, type) {
			n8n.credentialReads++;
			return type === 'httpHeaderAuth' ? { name: 'API-Key', value: apiKey } : { apiKey, baseUrl };
		}
		async updateCredentials() {}
		async updateCredentialsOauthTokenData() {}
		getCredentialsProperties() {
			return credential.properties;
		}
	}

	const url = 'http://localhost/';
	const n8n = {
		credentialReads: 0,
		/** @param {any} [hooks] */
		additionalData: (hooks) => ({
			credentialsHelper: new Credentials(),
			hooks,
			executionId: 'execution',
			restApiUrl: url,
			instanceBaseUrl: url,
			webhookBaseUrl: url,
			webhookWaitingBaseUrl: url,
			webhookTestBaseUrl: url,
			formWaitingBaseUrl: url,
			variables: {},
		}),
	};
	return n8n;
}

/** @param {Record<string, any>} types by name */
function nodeTypesOf(types) {
	return {
		getByName: (/** @type {string} */ name) => types[name],
		getByNameAndVersion: (/** @type {string} */ name) => types[name],
		getKnownTypes: () => ({}),
	};
}

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {Record<string, unknown>} parameters
 */
function node(name, type, typeVersion, parameters) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

export { CREDENTIALS, node, nodeTypesOf, startN8n };
