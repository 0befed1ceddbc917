import { InvalidInput } from '../../../nodes/OneTalk/actions/input';

/** What a check objects to; fails the test if it objects to nothing, or throws anything else. */
export function refusal(check: () => unknown): { parameter: string; reason: string } {
	const outcome = outcomeOf(check);
	if (outcome instanceof InvalidInput) return { parameter: outcome.parameter, reason: outcome.reason };
	throw new Error(`Not refused but ${String(outcome)}`);
}

function outcomeOf(check: () => unknown): unknown {
	try {
		return `accepted, with ${JSON.stringify(check())}`;
	} catch (error) {
		return error;
	}
}
