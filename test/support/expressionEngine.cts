/**
 * `EXPRESSION_ENGINE=vm` runs the tests on the engine that n8n uses in production. It needs Node 24 and
 * `--experimental-vm-modules`; without it n8n-workflow's own default is used.
 */

import { Expression } from 'n8n-workflow';

const engine = process.env.EXPRESSION_ENGINE as 'vm' | 'quickjs' | undefined;
if (engine) {
	beforeAll(async () => {
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
