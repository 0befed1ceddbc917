/** Runs npm against a registry on this computer that records what it is asked for. No test may reach a real one. */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../../tools/build.cts';
import { PROJECT, npm, plainEnvironment } from '../../tools/ensure';

export interface LocalRegistry {
	url: string;
	/** Method and path of every request, such as `PUT /n8n-nodes-onetalk`. */
	requests: string[];
	stop(): void;
}

/**
 * Starts a registry that accepts whatever is published.
 * @param known names of packages that it lists, each in one version whose tarball it does not have
 */
export async function startRegistry(known: string[] = []): Promise<LocalRegistry> {
	const requests: string[] = [];
	const server = http.createServer((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		request.resume().on('end', () => {
			const name = known.find((one) => request.url === `/${one}`);
			const isMissing = request.method === 'GET' && name === undefined;
			response.writeHead(isMissing ? 404 : 200, { 'content-type': 'application/json' });
			response.end(
				JSON.stringify(name === undefined ? {} : document(name, `http://${request.headers.host}`)),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return { url, requests, stop: () => server.close().closeAllConnections() };
}

/** What a registry answers for a package that it has in the version 1.0.0 only. */
function document(name: string, registry: string) {
	const version = { name, version: '1.0.0', dist: { tarball: `${registry}/${name}/-/${name}-1.0.0.tgz` } };
	return { name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } };
}

/** The environment of a terminal, also where the tests run in GitHub Actions: npm behaves differently there. */
function terminalEnvironment(registry: LocalRegistry): NodeJS.ProcessEnv {
	const ofActions = /^(CI|GITHUB_.*|ACTIONS_.*|RUNNER_.*)$/;
	const kept = Object.entries(plainEnvironment()).filter(([name]) => !ofActions.test(name));
	return {
		...Object.fromEntries(kept),
		npm_config_registry: registry.url,
		// a login, since npm checks for one before anything else
		[`npm_config_${registry.url.replace('http:', '')}:_authToken`]: 'only-for-tests',
		npm_config_update_notifier: 'false',
	};
}

/** Runs npm in a folder. Returns its exit code and all that it printed. */
export async function runNpm(
	registry: LocalRegistry,
	folder: string,
	npmArgs: string[],
): Promise<{ code: number | null; output: string }> {
	const { command, args, shell } = npm(npmArgs);
	const child = spawn(command, args, { cwd: folder, shell, env: terminalEnvironment(registry) });
	let output = '';
	child.stdout.on('data', (text) => (output += text));
	child.stderr.on('data', (text) => (output += text));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, output };
}

/** Creates an empty folder. The caller removes it. */
export const createFolder = () => fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'onetalk-npm-'));

/**
 * Packs the package, after a build if one is needed.
 * @returns the tarball's path
 * @throws {Error} with npm's output when npm fails
 */
export async function pack(registry: LocalRegistry, folder: string): Promise<string> {
	ensureBuilt();
	const { code, output } = await runNpm(registry, PROJECT, [
		'pack',
		'--silent',
		'--pack-destination',
		folder,
	]);
	if (code !== 0) throw new Error(output);
	return path.join(folder, output.trim());
}
