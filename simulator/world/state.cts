/** What the page shows: the newest messages, cases and requests, with all API keys masked. */

import { timeOf } from './cases.cts';
import { maskKeys } from './keys.cts';
import type { World } from './world.cts';

const MAX_MESSAGES = 300;
const MAX_CASES = 200;
const MAX_REQUESTS = 60;

export type State = ReturnType<typeof stateOf>;

/** Returns the state as a JSON value. `totals` counts everything, also what is left out. */
export function stateOf(world: World) {
	const cases = world.cases.latest();
	return maskKeys(
		{
			now: world.clock.now(),
			clockIsFrozen: world.clock.frozenAt !== null,
			settings: world.settings,
			faults: world.faults.list,
			totals: {
				messages: world.messages.list.length,
				cases: cases.length,
				requests: world.log.entries.length,
			},
			messages: world.messages.list.slice(-MAX_MESSAGES),
			templates: world.templates.list,
			cases: cases.sort((a, b) => timeOf(b) - timeOf(a)).slice(0, MAX_CASES),
			requests: world.log.entries.slice(-MAX_REQUESTS).map(({ query, body, ...entry }) => entry),
		},
		[world.apiKey, world.noTierKey],
	);
}
