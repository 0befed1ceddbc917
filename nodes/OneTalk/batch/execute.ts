import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/client';
import { createOnceKeys, keyStoreOf } from './onceKeys';
import { realClock } from './clock';
import { findOperation } from '../operations/index';
import { openLedger } from './ledger';
import type { Operation } from '../operations/operation';
import { batchOptions, type BatchOptions } from '../operations/options';
import { asFailure, planItem, type Plan } from './plan';
import { dryRunItem, failureItem, reportItem, skippedItem, stopError, successItems } from './items';
import { runJobs, type Job, type Outcome } from './runJobs';

/**
 * Runs the chosen operation over all items: checks every item before the first request, asks OneTalk in order, remembers
 * what was sent, and reports every item in its place.
 *
 * @throws NodeOperationError for the first bad row, NodeApiError for the first failed call, where On Error is Stop
 */
export async function executeBatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		context.getNodeParameter('resource', 0) as string,
		context.getNodeParameter('operation', 0) as string,
	);
	const { batching, failureRows } = readBatchOptions(context, operation);
	const continueOnFail = context.continueOnFail() || failureRows;

	const plans = context.getInputData().map((_, item) => planItem(context, operation, item));
	const outcomes = plans.map((plan): Outcome | undefined => ('failure' in plan ? plan : undefined));
	if (!continueOnFail && outcomes.some((outcome) => outcome !== undefined))
		throw stopError(context, operation, outcomes);

	const jobs = plans.flatMap((plan) => ('job' in plan ? [plan.job] : []));
	const ledger = operation.repeatable ? undefined : openLedger(context);
	if (jobs.length > 0) {
		const found = await runJobs(
			operation,
			jobs,
			{ batching, continueOnFail },
			{
				client: (await connect(context)).client,
				clock: realClock,
				ledger,
				onceKeys: onceKeysFor(context, jobs),
				signal: context.getExecutionCancelSignal(),
			},
		);
		jobs.forEach(({ item }, index) => (outcomes[item] = found[index]));
	}
	const failed = outcomes.some((outcome) => outcome !== undefined && 'failure' in outcome);
	if (failed && !continueOnFail) throw stopError(context, operation, outcomes);

	const output = plans.flatMap((plan, item) =>
		itemsOf(context, operation, plan, outcomes[item], item, failureRows),
	);
	// n8n runs a node with Retry On Fail again while its first output item has an error.
	if (!output[0]?.json.error) ledger?.close();
	return [output];
}

function readBatchOptions(context: IExecuteFunctions, operation: Operation): BatchOptions {
	try {
		// One by one: another option's expression may fail for the first row, and that is for the row to say.
		return batchOptions(
			context.getNodeParameter('options.batching', 0, {}),
			context.getNodeParameter('options.failureRows', 0, false),
		);
	} catch (error) {
		throw stopError(context, operation, [{ failure: asFailure(operation, error) }]);
	}
}

function onceKeysFor(context: IExecuteFunctions, jobs: Job[]) {
	if (jobs.every(({ onceKey }) => onceKey === undefined)) return undefined;
	return createOnceKeys(
		jobs.map(({ onceKey }) => onceKey),
		keyStoreOf(context),
	);
}

function itemsOf(
	context: IExecuteFunctions,
	operation: Operation,
	plan: Plan,
	outcome: Outcome | undefined,
	item: number,
	failureRows: boolean,
): INodeExecutionData[] {
	if ('shown' in plan) return [dryRunItem(plan.shown)];
	if (outcome === undefined) return [];
	const job = 'job' in plan ? plan.job : undefined;
	if ('rows' in outcome && !(failureRows && job?.request.expects === 'success'))
		return successItems(outcome.rows, item, job?.preview);
	if (failureRows) return [reportItem(context, operation, outcome, item, job)];
	if ('skipped' in outcome && job) return [skippedItem(job, outcome.skipped)];
	return 'failure' in outcome ? [failureItem(context, operation, outcome.failure, item)] : [];
}
