import { timeOf } from './cases.cts';
import { withoutKeys } from './keys.cts';

const MOST_MESSAGES = 300;
const MOST_CASES = 200;
const MOST_REQUESTS = 60;

/**
 * What the page shows: the newest of everything, without keys.
 *
 * @param {import('./types.cts').World} world
 */
function stateOf(world) {
	const cases = world.cases.latest();
	return withoutKeys(
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
			messages: world.messages.list.slice(-MOST_MESSAGES),
			templates: world.templates.list,
			cases: cases.sort((a, b) => timeOf(b) - timeOf(a)).slice(0, MOST_CASES),
			requests: world.log.entries.slice(-MOST_REQUESTS).map(({ query, body, ...entry }) => entry),
		},
		[world.apiKey, world.noTierKey],
	);
}

export { stateOf };
