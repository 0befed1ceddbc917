/** Runs an operation over all input items: check all, send in order, remember, report. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/client';
import { findOperation } from '../operations';
import type { Operation } from '../operations/operation';
import { batchOptions, type BatchOptions } from '../operations/options';
import { realClock } from './clock';
import { expressionsOf } from './expressions';
import { createReporter } from './items';
import { openLedger } from './ledger';
import { createOnceKeys, keyStoreOf } from './onceKeys';
import { asFailure, planItem } from './plan';
import { runJobs, type Job, type Outcome } from './runJobs';

/**
 * Runs the chosen operation over all items: checks every item before the first request, makes the requests in order,
 * remembers what was sent, and reports every item in its place.
 *
 * @throws NodeOperationError for the first bad row, NodeApiError for the first failed call, where On Error is Stop
 */
export async function executeBatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		context.getNodeParameter('resource', 0) as string,
		context.getNodeParameter('operation', 0) as string,
	);
	const { batching, failureRows } = optionsOfBatch(context, operation);
	const reporter = createReporter(context, operation, failureRows);
	const continueOnFail = context.continueOnFail() || failureRows;

	const { client, defaults } = await connect(context, operation.service);
	const run = { defaults, expressions: expressionsOf(context) };
	const plans = context.getInputData().map((_, item) => planItem(context, operation, item, run));
	const outcomes = plans.map((plan): Outcome | undefined => (plan.status === 'failed' ? plan : undefined));
	if (!continueOnFail && outcomes.some((outcome) => outcome !== undefined))
		throw reporter.stopError(outcomes);

	const jobs = plans.flatMap((plan) => (plan.status === 'ready' ? [plan.job] : []));
	const ledger = operation.repeatable ? undefined : openLedger(context, operation.service);
	if (jobs.length > 0) {
		const found = await runJobs(
			operation,
			jobs,
			{ batching, continueOnFail },
			{
				client,
				clock: realClock,
				ledger,
				onceKeys: onceKeysFor(context, jobs),
				signal: context.getExecutionCancelSignal(),
			},
		);
		jobs.forEach(({ item }, index) => (outcomes[item] = found[index]));
	}
	if (!continueOnFail && outcomes.some((outcome) => outcome?.status === 'failed'))
		throw reporter.stopError(outcomes);

	const output = plans.flatMap((plan, item) => reporter.itemsOf(plan, outcomes[item], item));
	// n8n runs a node with Retry On Fail again while its first output item has an error.
	if (!output[0]?.json.error) ledger?.close();
	return [output];
}

function optionsOfBatch(context: IExecuteFunctions, operation: Operation): BatchOptions {
	try {
		// One by one: another option's expression may fail for the first row, and then that row says so.
		return batchOptions(
			context.getNodeParameter('options.batching', 0, {}),
			context.getNodeParameter('options.failureRows', 0, false),
		);
	} catch (error) {
		const failure = asFailure(operation, error, context.getInputData().length);
		throw createReporter(context, operation, false).stopError([{ status: 'failed', failure }]);
	}
}

function onceKeysFor(context: IExecuteFunctions, jobs: Job[]) {
	if (jobs.every(({ onceKey }) => onceKey === undefined)) return undefined;
	return createOnceKeys(
		jobs.map(({ onceKey }) => onceKey),
		keyStoreOf(context),
	);
}
