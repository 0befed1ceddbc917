/**
 * `EXPRESSION_ENGINE=vm` runs the tests on the engine that n8n uses in production. It needs Node 24 and
 * `--experimental-vm-modules`; without it n8n-workflow's own default is used.
 */

import path from 'node:path';

import { Expression } from 'n8n-workflow';

const engine = process.env.EXPRESSION_ENGINE as 'vm' | 'quickjs' | undefined;
if (engine) {
	beforeAll(async () => {
		recognizeResults();
		await Expression.initExpressionEngine({
			engine,
			bridgeTimeout: 5_000,
			bridgeMemoryLimit: 128,
			poolSize: 1,
			maxCodeCacheSize: 1024,
		});
	});
	afterAll(async () => {
		await Expression.disposeExpressionEngine();
	});
}

/**
 * The engine unwraps dates only in plain objects, and compares with the `Object` of its own module. Under jest each test file
 * has its own `Object`, and results come with another one: so each result is copied into objects of the test file first.
 */
function recognizeResults(): void {
	const entry = require.resolve('@n8n/expression-runtime');
	const file = path.join(path.dirname(entry), 'runtime', 'transfer.js');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- import() gives a namespace that cannot be changed
	const transfer = require(file) as { unwrapTransferSentinels: (value: unknown, decode: unknown) => unknown };
	const unwrap = transfer.unwrapTransferSentinels;
	transfer.unwrapTransferSentinels = (value, decode) => unwrap(copied(value), decode);
}

function copied(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(copied);
	if (typeof value !== 'object' || value === null) return value;
	const prototype = Object.getPrototypeOf(value) as object | null;
	if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}
