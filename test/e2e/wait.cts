/** Waiting in tests. */

import assert from 'node:assert/strict';

export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Waits until a condition is true.
 * @param what for the message when it does not become true
 * @throws {assert.AssertionError} when it is not true in time
 */
export async function until(what: string, condition: () => unknown, withinMs = 20_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > deadline) assert.fail(`Not within ${withinMs / 1000} s: ${what}`);
		await pause(100);
	}
}
