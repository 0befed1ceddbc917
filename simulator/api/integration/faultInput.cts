/** Checks a fault that a test or a person gives. */

import type { Fault, FaultKind } from '../../world/faults.cts';
import { ENDPOINT_NAMES } from './endpoints.cts';
import { BODY_STATUSES, FAULT_OPTIONS } from './faultKinds.cts';

/** The fields that a fault of any kind may have. */
const COMMON_FIELDS: ReadonlyArray<keyof Fault> = ['kind', 'times', 'rate', 'endpoint'];

const MAX_TIMES = 1e9;
const DAY_SECONDS = 86_400;

interface Rule {
	isValid: (value: unknown) => boolean;
	/** What the field must be, in words. */
	text: string;
}

const TEXT: Rule = { isValid: (value) => typeof value === 'string', text: 'text' };
const SWITCH: Rule = { isValid: (value) => typeof value === 'boolean', text: 'true or false' };

const RULES: Record<Exclude<keyof Fault, 'kind'>, Rule> = {
	times: { isValid: isWholeNumber(1, MAX_TIMES), text: 'a whole number of at least 1' },
	rate: {
		isValid: (value) => typeof value === 'number' && value > 0 && value <= 1,
		text: 'a number above 0 and up to 1',
	},
	endpoint: oneOf(ENDPOINT_NAMES),
	taken: SWITCH,
	status: oneOf(BODY_STATUSES),
	code: TEXT,
	message: TEXT,
	field: TEXT,
	reason: TEXT,
	httpStatus: { isValid: isWholeNumber(400, 599), text: 'a whole number from 400 to 599' },
	retryAfter: {
		isValid: isWholeNumber(0, DAY_SECONDS),
		text: `a whole number of seconds, at most ${DAY_SECONDS}`,
	},
	withAnswer: SWITCH,
};

/** @throws {Error} that says what is wrong with the fault */
export function checkFault(input: unknown): Fault {
	if (!hasKind(input))
		throw new Error(`A fault needs a kind, one of ${Object.keys(FAULT_OPTIONS).join(', ')}`);
	const known: readonly string[] = [...COMMON_FIELDS, ...FAULT_OPTIONS[input.kind].fields];
	const unknown = Object.keys(input).find((name) => !known.includes(name));
	if (unknown !== undefined)
		throw new Error(`A fault "${input.kind}" has no "${unknown}". It takes ${known.join(', ')}`);
	for (const [name, { isValid, text }] of Object.entries(RULES)) {
		const value = input[name as keyof typeof RULES];
		if (value !== undefined && !isValid(value)) throw new Error(`"${name}" of a fault must be ${text}`);
	}
	return input;
}

/** Whether the input names a kind of fault. Its other fields are not checked here. */
function hasKind(input: unknown): input is Fault {
	if (typeof input !== 'object' || input === null || !('kind' in input)) return false;
	return typeof input.kind === 'string' && Object.hasOwn(FAULT_OPTIONS, input.kind as FaultKind);
}

function oneOf(choices: ReadonlyArray<string | number>): Rule {
	return {
		isValid: (value) => choices.some((choice) => choice === value),
		text: `one of ${choices.join(', ')}`,
	};
}

function isWholeNumber(min: number, max: number): (value: unknown) => boolean {
	return (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}
