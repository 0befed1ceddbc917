/** Older releases of n8n-workflow in the cache folder, for the tests that load the package beside them. */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runNpm } from './commands.cts';
import { cacheFolder, installOnce } from './n8n-install.cts';

const LIST = path.join(__dirname, 'older-n8n-workflow');
const FILES = ['package.json', 'package-lock.json'];

/** Alias and version of each release, oldest first. */
const RELEASES = Object.entries<string>(
	JSON.parse(fs.readFileSync(path.join(LIST, 'package.json'), 'utf8')).dependencies,
).map(([alias, wanted]) => ({ alias, version: wanted.split('@').at(-1) as string }));

/** The versions that `older-n8n-workflow/package.json` lists, oldest first. */
export const OLDER_VERSIONS = RELEASES.map(({ version }) => version);

/**
 * Installs the releases that `older-n8n-workflow/package.json` lists. Takes a few seconds the first time, and nothing afterwards.
 * @returns the folder of each version; its dependencies can be resolved from there
 * @throws {Advice} when npm fails, for example because the registry cannot be reached
 */
export async function ensureOlderN8nWorkflow(): Promise<Map<string, string>> {
	const hash = createHash('sha256');
	for (const file of FILES) hash.update(fs.readFileSync(path.join(LIST, file)));
	const place = path.join(cacheFolder(), `older-n8n-workflow-${hash.digest('hex').slice(0, 12)}`);
	await installOnce(place, async (draft: string) => {
		for (const file of FILES) fs.copyFileSync(path.join(LIST, file), path.join(draft, file));
		// the releases want different versions of zod as a peer, and each brings its own where it needs one
		const flags = ['--ignore-scripts', '--legacy-peer-deps', '--prefer-offline', '--no-audit', '--no-fund'];
		await runNpm(['ci', ...flags, '--loglevel=error'], draft);
	});
	return new Map(RELEASES.map(({ alias, version }) => [version, path.join(place, 'node_modules', alias)]));
}
