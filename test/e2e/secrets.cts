/** A check that the API key appears nowhere in n8n. */

import assert from 'node:assert/strict';
import type { Lab } from './lab.cts';

/**
 * Reads the newest executions (up to 100) and everything that n8n has logged.
 * @param atLeast how many executions there must be, so that the check is not empty
 */
export async function assertKeyIsNowhere(lab: Lab, atLeast: number): Promise<void> {
	const executions = await lab.api.executions();
	assert.ok(executions.length >= atLeast, `${executions.length} executions`);
	for (const { id } of executions) {
		const text = JSON.stringify(await lab.api.call('GET', `/rest/executions/${id}`));
		assert.ok(!text.includes(lab.account.apiKey), `execution ${id}`);
	}
	assert.ok(!lab.log.includes(lab.account.apiKey), 'the log of n8n');
}
