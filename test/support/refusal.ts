/** Runs a check that must refuse its input. */

import { InvalidInput } from '../../nodes/OneTalk/input/invalid';

/** What a check refuses, and why; fails the test if the check accepts its input or throws anything else. */
export function refusal(check: () => unknown): { parameter: string; reason: string } {
	const outcome = outcomeOf(check);
	expect(outcome).toBeInstanceOf(InvalidInput);
	const { parameter, reason } = outcome as InvalidInput;
	return { parameter, reason };
}

function outcomeOf(check: () => unknown): unknown {
	try {
		return { accepted: check() };
	} catch (error) {
		return error;
	}
}
