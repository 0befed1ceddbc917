/* One n8n: the package put in place, started and stopped. */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PROJECT, npm, plainEnvironment } from './ensure';
import { freePort } from './ports.cts';
import { startServer } from './server-process.cts';

/** Modules that neither the nodes nor the editor need; `mcp-registry` would ask the internet at every start. */
const DISABLED_MODULES =
	'mcp-registry,instance-ai,agents,agent-evals,chat-hub,mcp,oauth-server,insights,breaking-changes,quick-connect,' +
	'workflow-builder,instance-version-history,instance-reporting,workflow-reviews,promotions,source-control,' +
	'log-streaming,ldap,sso-oidc,sso-saml,provisioning,token-exchange,external-secrets';

/**
 * Puts the built package where n8n's own installer would, in the same way: packed, unpacked, and without the
 * dependencies that only development needs. n8n reads it at its next start.
 * @param {string} userFolder n8n keeps its `.n8n` folder there
 */
function installPackage(userFolder) {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	fs.mkdirSync(nodes, { recursive: true });
	const pack = npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', nodes]);
	const output = execFileSync(pack.command, pack.args, {
		cwd: PROJECT,
		shell: pack.shell,
		env: plainEnvironment(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const tarball = path.join(nodes, output.trim().split('\n').slice(-1)[0]);
	const { name } = readJson(path.join(PROJECT, 'package.json'));
	const folder = path.join(nodes, 'node_modules', name);
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	fs.rmSync(tarball);

	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = readJson(
		path.join(folder, 'package.json'),
	);
	writeJson(path.join(folder, 'package.json'), manifest);
	const list = path.join(nodes, 'package.json');
	const installed = fs.existsSync(list) ? readJson(list) : { name: 'installed-nodes', private: true };
	writeJson(list, { ...installed, dependencies: { ...installed.dependencies, [name]: manifest.version } });
}

/**
 * @param {string} file
 * @returns {any}
 */
function readJson(file) {
	return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
	fs.writeFileSync(file, JSON.stringify(value, null, 2) + '\n');
}

/**
 * Starts n8n on 127.0.0.1, quiet and without any call to the internet of its own.
 * @param {object} options
 * @param {import('./n8n-install.cts').N8nProgram} options.program
 * @param {string} options.userFolder
 * @param {number} options.port
 * @param {string} options.logFile
 * @param {{ encryptionKey: string, jwtSecret: string }} options.secrets
 * @param {NodeJS.ProcessEnv} [options.env] more settings for n8n
 * @param {string[]} [options.command] of n8n's; a worker must answer on the port as well
 * @returns {Promise<import('./server-process.cts').ServerProcess>}
 */
async function startN8n({ program, userFolder, port, logFile, secrets, env = {}, command = ['start'] }) {
	const url = `http://127.0.0.1:${port}`;
	return await startServer({
		name: 'n8n',
		node: program.node,
		args: [program.cli, ...command],
		url,
		readyPath: '/healthz/readiness',
		logFile,
		env: {
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

			// n8n keeps its port while it waits for running executions to end: 30 s if left alone
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
			...env,
		},
	});
}

/**
 * Settings of another n8n on this machine (its database, its keys) must not reach this one.
 * @returns {NodeJS.ProcessEnv}
 */
function environmentWithoutN8n() {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|NODES_|WORKFLOWS_|WEBHOOK_URL$|GENERIC_TIMEZONE$)/;
	return Object.fromEntries(Object.entries(plainEnvironment()).filter(([name]) => !foreign.test(name)));
}

export { installPackage, startN8n };
