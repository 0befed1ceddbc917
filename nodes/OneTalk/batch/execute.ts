/** Runs an operation over all input items: check all, send in order, remember, report. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/client';
import { findOperation } from '../operations';
import type { Operation } from '../operations/operation';
import { batchOptions, type BatchOptions } from '../operations/options';
import { realClock } from './clock';
import { expressionsOf } from './expressions';
import { createReporter } from './items';
import { openLedger, openToolLedger } from './ledger';
import { keyStoreOf } from './keyStore';
import { createOnceKeys } from './onceKeys';
import type { Job, Outcome } from './outcome';
import { asFailure, planItem } from './plan';
import { runJobs } from './runJobs';
import { withStuckKey, type StuckRows } from './stuckKeys';
import { isTool } from './tool';

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
	// A model gets rows to read, never an error.
	const continueOnFail = context.continueOnFail() || failureRows || isTool(context);

	const { client, defaults } = await connect(context, operation.service);
	const run = { defaults, expressions: expressionsOf(context) };
	const plans = context.getInputData().map((_, item) => planItem(context, operation, item, run));
	const outcomes = plans.map((plan): Outcome | undefined => (plan.status === 'failed' ? plan : undefined));
	if (!continueOnFail && outcomes.some((outcome) => outcome !== undefined))
		throw reporter.stopError(outcomes);

	const jobs = plans.flatMap((plan) => (plan.status === 'ready' ? [plan.job] : []));
	let stuck: StuckRows | undefined;
	const open = isTool(context) ? openToolLedger : openLedger;
	const ledger = operation.repeatable ? undefined : open(context, operation.service);
	if (jobs.length > 0) {
		const { outcomes: found, stuckKeys } = await runJobs(
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
		stuck = stuckKeys && { ...stuckKeys, items: stuckKeys.jobs.map((index) => jobs[index].item) };
	}
	if (!continueOnFail && outcomes.some((outcome) => outcome?.status === 'failed'))
		throw reporter.stopError(outcomes, stuck);
	stuck?.items.forEach((item) => (outcomes[item] = withStuckKey(outcomes[item], stuck.reason)));

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
