'use strict';

/**
 * `node tools/run.js <script.cts> [arguments]`: installs the project's packages where they are missing, then runs a
 * TypeScript script of the project in this process. Plain JavaScript, since it runs before the first `npm ci`.
 */

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	console.error('Node.js 20.19 or newer is needed. This is Node.js ' + process.versions.node + '.');
	process.exit(1);
}

const path = require('node:path');
const { Advice, PROJECT, ensureInstalled } = require('./ensure');

try {
	ensureInstalled();
	const [script] = process.argv.splice(2, 1);
	process.argv[1] = path.join(PROJECT, script);
	require('tsx/cjs');
	require(process.argv[1]);
} catch (error) {
	if (!(error instanceof Advice)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
