/** Starts n8n for the demo and the tests: on 127.0.0.1 only, and without requests to the internet. */

import { plainEnvironment } from './ensure.js';
import type { N8nProgram } from './n8n-install.cts';
import { freePort } from './ports.cts';
import { startServer, type ServerProcess } from './server-process.cts';

/** Modules that neither the nodes nor the editor need; `mcp-registry` would contact the internet at every start. */
const DISABLED_MODULES =
	'mcp-registry,instance-ai,agents,agent-evals,chat-hub,mcp,oauth-server,insights,breaking-changes,quick-connect,' +
	'workflow-builder,instance-version-history,instance-reporting,workflow-reviews,promotions,source-control,' +
	'log-streaming,ldap,sso-oidc,sso-saml,provisioning,token-exchange,external-secrets';

export interface N8nOptions {
	program: N8nProgram;
	/** n8n keeps its `.n8n` folder there */
	userFolder: string;
	port: number;
	logFile: string;
	secrets: { encryptionKey: string; jwtSecret: string };
	/** more settings for n8n */
	env?: NodeJS.ProcessEnv;
	/** the n8n command to run, `start` if left out; a worker must answer on the port too */
	command?: string[];
}

/**
 * Starts n8n and waits until it is ready.
 * @throws {Error} when it does not start; the message has the last lines of its log
 */
export async function startN8n(options: N8nOptions): Promise<ServerProcess> {
	const { program, port, logFile, command = ['start'] } = options;
	return await startServer({
		name: 'n8n',
		node: program.node,
		args: [program.cli, ...command],
		url: `http://127.0.0.1:${port}`,
		readyPath: '/healthz/readiness',
		logFile,
		env: await n8nEnvironment(options),
	});
}

/** The environment of an n8n process. A second process of the same n8n, such as a command, needs another port. */
export async function n8nEnvironment(options: N8nOptions): Promise<NodeJS.ProcessEnv> {
	const { userFolder, port, secrets, env = {} } = options;
	const url = `http://127.0.0.1:${port}`;
	return {
		...environmentWithoutN8n(),
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: secrets.encryptionKey,
		N8N_USER_MANAGEMENT_JWT_SECRET: secrets.jwtSecret,
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		DB_TYPE: 'sqlite',

		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(await freePort(port + 1, [port])),
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		N8N_DISABLED_MODULES: DISABLED_MODULES,

		// how long n8n waits for running executions to end when it is stopped, in s (default 30); it keeps its port meanwhile
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...env,
	};
}

/** The environment without settings of another n8n on this machine, such as its database and its keys. */
function environmentWithoutN8n(): NodeJS.ProcessEnv {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|NODES_|WORKFLOWS_|WEBHOOK_URL$|GENERIC_TIMEZONE$)/;
	return Object.fromEntries(Object.entries(plainEnvironment()).filter(([name]) => !foreign.test(name)));
}
