/** Checks one item and makes its request; nothing is sent here. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../api/text';
import type { Failure } from '../api/types';
import { InvalidInput } from '../input/invalid';
import { optionalText } from '../input/values';
import { labelOf } from '../operations/labels';
import type { Operation, Parameters } from '../operations/operation';
import { isDryRun, wantsPreview } from '../operations/options';
import type { Job } from './outcome';

/** What the check of one item found: a request to make, one to show only, or what is wrong. */
export type Plan =
	| { status: 'ready'; job: Job }
	| { status: 'shown'; job: Job }
	| { status: 'failed'; failure: Failure };

/** Parses and checks one item. */
export function planItem(context: IExecuteFunctions, operation: Operation, item: number): Plan {
	try {
		const parameters = parametersOf(context, operation, item);
		const itemContext = { timezone: context.getTimezone(), row: context.getInputData()[item].json };
		const request = operation.request(parameters, itemContext);
		const isShown = isDryRun(parameters.options);
		const preview =
			isShown || wantsPreview(parameters.options) ? operation.preview?.(parameters, itemContext) : undefined;
		const job = { item, request, onceKey: onceKeyOf(parameters), preview };
		return { status: isShown ? 'shown' : 'ready', job };
	} catch (error) {
		return { status: 'failed', failure: asFailure(operation, error) };
	}
}

/** @throws {InvalidInput} naming the parameter whose expression fails */
function parametersOf(context: IExecuteFunctions, { properties }: Operation, item: number): Parameters {
	const parameters: Parameters = {};
	for (const { name, default: fallback } of properties) {
		const evaluated = attempt(() => context.getNodeParameter(name, item, fallback) as unknown);
		if ('thrown' in evaluated)
			throw new InvalidInput(name, `cannot be evaluated: ${messageOf(evaluated.thrown)}`, EXPRESSION_HINT);
		parameters[name] = evaluated.value;
	}
	return parameters;
}

const EXPRESSION_HINT = 'Check the expression, and that this row has the data it uses.';

function attempt<T>(work: () => T): { value: T } | { thrown: unknown } {
	try {
		return { value: work() };
	} catch (thrown) {
		return { thrown };
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String((error as { message?: unknown }).message ?? error);
}

/** An empty key is refused: without one the message could go out twice without anyone noticing. */
function onceKeyOf({ options }: Parameters): string | undefined {
	if (!isRecord(options) || !('sendOnceKey' in options)) return undefined;
	const key = optionalText('sendOnceKey', options.sendOnceKey);
	if (key === '')
		throw new InvalidInput('sendOnceKey', 'is empty: give each row a key, or remove the option');
	return key;
}

/** What is wrong with the input, for the person who runs the workflow. */
export function asFailure(operation: Operation, error: unknown): Failure {
	if (!(error instanceof InvalidInput))
		return { kind: 'invalid', message: messageOf(error), hint: EXPRESSION_HINT };
	const { parameter, reason, hint } = error;
	const label = labelOf(operation, parameter) ?? parameter;
	return { kind: 'invalid', message: `"${label}" ${reason}`, hint, field: parameter };
}
