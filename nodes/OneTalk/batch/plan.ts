/** Checks one item and makes its request; nothing is sent here. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../api/text';
import type { Failure } from '../api/types';
import { whyEmpty } from '../input/columns';
import { EmptyInput, InvalidInput } from '../input/invalid';
import { optionalText } from '../input/values';
import { labelOf } from '../operations/labels';
import type { Expressions, Operation, Parameters, Waiting } from '../operations/operation';
import { isDryRun, wantsPreview } from '../operations/options';
import type { Job } from './outcome';

/** What the check of one item found: a request to make, one to show only, or what is wrong. */
export type Plan =
	| { status: 'ready'; job: Job }
	| { status: 'shown'; job: Job }
	| { status: 'failed'; failure: Failure };

/**
 * Parses and checks one item.
 *
 * @param run what is the same for all items: what the credential gives for empty parameters, the node's expressions, and what
 * an operation that waits for a response needs
 */
export function planItem(
	context: IExecuteFunctions,
	operation: Operation,
	item: number,
	run: { defaults: IDataObject; expressions: (item: number) => Expressions; waiting?: Waiting },
): Plan {
	const { json: row } = context.getInputData()[item];
	const expressions = run.expressions(item);
	const { defaults, waiting } = run;
	const itemContext = { timezone: context.getTimezone(), row, defaults, expressions, waiting };
	try {
		const parameters = parametersOf(context, operation, item);
		const request = operation.request(parameters, itemContext);
		const isShown = isDryRun(parameters.options);
		const preview =
			isShown || wantsPreview(parameters.options) ? operation.preview?.(parameters, itemContext) : undefined;
		const onceKey = onceKeyOf(parameters);
		// A rehearsal uses up no key.
		const job = {
			item,
			request,
			onceKey: request.redirectedFrom === undefined ? onceKey : undefined,
			preview,
		};
		return { status: isShown ? 'shown' : 'ready', job };
	} catch (error) {
		return {
			status: 'failed',
			failure: asFailure(operation, error, context.getInputData().length, expressions),
		};
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
	if (key === '') {
		const hint = 'Give each row a key, or remove the option.';
		throw new EmptyInput('sendOnceKey', 'is empty', hint);
	}
	return key;
}

/**
 * What is wrong with the input, for the person who runs the workflow.
 *
 * @param rows how many there are
 */
export function asFailure(
	operation: Operation,
	error: unknown,
	rows: number,
	expressions?: Expressions,
): Failure {
	if (!(error instanceof InvalidInput))
		return { kind: 'invalid', message: messageOf(error), hint: EXPRESSION_HINT };
	const { parameter, path, reason } = error;
	const label = labelOf(operation, parameter) ?? parameter;
	const expression = error instanceof EmptyInput ? expressions?.textOf(...path) : undefined;
	const why = expressions && expression ? `: ${whyEmpty(expression, expressions.json())}` : '';
	return {
		kind: 'invalid',
		message: `"${label}" ${reason}${why}`,
		hint: error.hintFor(rows),
		field: parameter,
	};
}
