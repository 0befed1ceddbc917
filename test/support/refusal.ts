import { InvalidInput } from '../../nodes/OneTalk/input/invalid';

/** What a check objects to; fails the test if it objects to nothing, or throws anything else. */
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
