/** The package installed with npm, as README.md says, in the n8n under test. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { PROJECT, npm, plainEnvironment } from '../../tools/ensure.js';
import { FOLDER, startLab, type Lab } from '../e2e/lab.cts';
import { recipients, sendToRow } from '../e2e/sending.cts';
import { runNode } from '../e2e/workflows.cts';

const NAME = 'versions-npm';
const MODULES = path.join(FOLDER, NAME, '.n8n', 'nodes', 'node_modules');

let lab: Lab;

before(async () => {
	lab = await startLab(NAME, { install: installWithNpm });
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

/** The command of README.md, with a packed package instead of the published one. */
function installWithNpm(userFolder: string): void {
	fs.mkdirSync(userFolder, { recursive: true });
	const output = runNpm(['pack', '--silent', '--ignore-scripts', '--pack-destination', userFolder], PROJECT);
	const tarball = path.join(userFolder, output.trim().split('\n').at(-1) ?? '');
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	runNpm(['install', '--no-audit', '--no-fund', '--prefer-offline', '--prefix', nodes, tarball], userFolder);
}

/** Runs npm in a folder; returns its output. */
function runNpm(npmArgs: string[], folder: string): string {
	const { command, args, shell } = npm(npmArgs);
	return execFileSync(command, args, {
		cwd: folder,
		shell,
		env: plainEnvironment(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
}

describe('Installed with npm, as the README says', () => {
	test('n8n loads the nodes, and a message is sent', async () => {
		const types = await lab.api.call<Array<{ name: string }>>('GET', '/types/nodes.json');
		assert.ok(types.some(({ name }) => name === 'n8n-nodes-onetalk.oneTalk'));
		const { status, error } = await runNode(lab, { parameters: sendToRow, rows: recipients(2) });
		assert.equal(status, 'success', error?.message);
		assert.equal(lab.simulator.messages.length, 2);
	});

	test('a failed row is in the error output, and the other rows are sent', async () => {
		const { rows, failedRows } = await runNode(lab, {
			parameters: sendToRow,
			rows: recipients(3).map((row, i) => (i === 1 ? { ...row, phone: '12' } : row)),
			settings: { onError: 'continueErrorOutput' },
		});
		assert.deepEqual([rows.length, failedRows.length], [2, 1]);
	});

	test('npm has not installed a second n8n-workflow', () => {
		assert.ok(fs.existsSync(path.join(MODULES, 'n8n-nodes-onetalk')));
		assert.ok(!fs.existsSync(path.join(MODULES, 'n8n-workflow')));
	});
});
