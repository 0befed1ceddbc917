import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect, type Client } from '../api/client';
import type { Answer, Failure, OneTalkRequest } from '../api/types';
import { InvalidInput } from './input';
import { findOperation } from './index';
import { labelOf } from './labels';
import { openLedger, type Ledger } from './ledger';
import type { Operation, Parameters } from './operation';
import { runInLanes } from './pool';
import { askPatiently } from './repeat';
import { failureItem, stopError, successItems, type Outcome } from './report';

/** How many requests are under way at once. */
const IN_FLIGHT = 1;

/** An item that passed the check: what will be asked for it. */
interface Planned {
	parameters: Parameters;
	request: OneTalkRequest;
}

/**
 * Runs the chosen operation over all items: checks every item before the first request, asks OneTalk in order, remembers
 * what was sent, and reports every item in its place.
 *
 * @throws NodeOperationError for the first bad row, NodeApiError for the first failed call, where On Error is Stop
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		context.getNodeParameter('resource', 0) as string,
		context.getNodeParameter('operation', 0) as string,
	);
	const items = context.getInputData();
	const goesOn = context.continueOnFail();

	const plans = items.map((_, item) => plan(context, operation, item));
	const outcomes: Array<Outcome | undefined> = plans.map((it) =>
		'kind' in it ? { failure: it } : undefined,
	);
	if (!goesOn && outcomes.some((outcome) => outcome !== undefined))
		throw stopError(context, operation, outcomes);

	const client = await connect(context);
	const ledger = operation.repeatable ? undefined : openLedger(context);
	const signal = context.getExecutionCancelSignal();
	const planned = plans.flatMap((it, item) => ('kind' in it ? [] : [{ ...it, item }]));

	let failed = false;
	await runInLanes(
		planned.map(({ request }) => operation.lane(request)),
		IN_FLIGHT,
		async (index) => {
			const { item, ...it } = planned[index];
			const ask = async (request: OneTalkRequest) =>
				await askOnce(client, operation, ledger, item, request, signal);
			outcomes[item] = await outcomeOf(operation, it, ask);
			failed ||= 'failure' in outcomes[item];
		},
		() => (failed && !goesOn) || signal?.aborted === true,
	);
	if (failed && !goesOn) throw stopError(context, operation, outcomes);

	const output = outcomes.flatMap((outcome, item): INodeExecutionData[] => {
		if (outcome === undefined) return [];
		return 'rows' in outcome
			? successItems(outcome.rows, item)
			: [failureItem(context, operation, outcome.failure, item)];
	});
	// n8n runs a node with Retry On Fail again while its first output item has an error.
	if (!output[0]?.json.error) ledger?.close();
	return [output];
}

/** Reads and checks one item; nothing is asked yet. */
function plan(context: IExecuteFunctions, operation: Operation, item: number): Planned | Failure {
	try {
		const parameters = Object.fromEntries(
			operation.fields.map(({ name, default: fallback }) => [
				name,
				context.getNodeParameter(name, item, fallback),
			]),
		);
		return { parameters, request: operation.request(parameters, { timezone: context.getTimezone() }) };
	} catch (error) {
		return invalid(operation, error);
	}
}

function invalid(operation: Operation, error: unknown): Failure {
	if (error instanceof InvalidInput) {
		const label = labelOf(operation, error.parameter) ?? error.parameter;
		return {
			kind: 'invalid',
			message: `"${label}" ${error.reason}`,
			hint: 'Correct this row.',
			field: error.parameter,
		};
	}
	const { message, context } = error as { message?: string; context?: { parameter?: string } };
	const label = labelOf(operation, context?.parameter ?? '') ?? 'A parameter';
	return {
		kind: 'invalid',
		message: `"${label}" cannot be worked out: ${message ?? String(error)}`,
		hint: 'Check the expression, and that this row has the data it uses.',
		field: context?.parameter,
	};
}

/** Asks for all pages of one item; the rows, or the first failure. */
async function outcomeOf(
	operation: Operation,
	{ parameters, request }: Planned,
	ask: (request: OneTalkRequest) => Promise<Answer>,
): Promise<Outcome> {
	const pages: IDataObject[] = [];
	for (let next: OneTalkRequest | undefined = request; next !== undefined; ) {
		const answer = await ask(next);
		if (!answer.ok) return { failure: answer.failure };
		pages.push(answer.data);
		next = operation.next?.(next, pages, parameters);
	}
	return { rows: operation.rows(pages, request, parameters) };
}

/** One request, remembered where it must not be made twice. */
async function askOnce(
	client: Client,
	{ repeatable }: Operation,
	ledger: Ledger | undefined,
	item: number,
	request: OneTalkRequest,
	signal: AbortSignal | undefined,
): Promise<Answer> {
	const known = ledger?.recall(item, request);
	if (known !== undefined) return known;
	ledger?.begin(item, request);
	const answer = await askPatiently(client, request, { repeatable, signal });
	ledger?.settle(item, request, answer);
	return answer;
}
