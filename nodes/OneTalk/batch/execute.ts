/** Runs an operation over all input items: check all, send in order, remember, report. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/client';
import { findOperation } from '../operations';
import type { Operation, Waiting } from '../operations/operation';
import { batchOptions, type BatchOptions } from '../operations/options';
import { realClock } from './clock';
import { expressionsOf } from './expressions';
import { createReporter } from './items';
import { openLedger, openToolLedger, type Ledger } from './ledger';
import { keyStoreOf } from './keyStore';
import { createOnceKeys } from './onceKeys';
import type { Job, Outcome } from './outcome';
import { asFailure, planItem, type Plan } from './plan';
import { runJobs } from './runJobs';
import { withStuckKey, type StuckRows } from './stuckKeys';
import { isTool } from './tool';

/** What became of all items. */
export interface BatchRun {
	/** The output, in the order of the input. */
	items: INodeExecutionData[];
	/** What the check of each item found. */
	plans: Plan[];
	/** What became of each item; undefined for one that was not tried. */
	outcomes: Array<Outcome | undefined>;
	/** What was sent in this run; left out where the same request twice does no harm. */
	ledger?: Ledger;
}

/** The operation that the node's parameters choose. */
export function chosenOperation(context: IExecuteFunctions): Operation {
	return findOperation(
		context.getNodeParameter('resource', 0) as string,
		context.getNodeParameter('operation', 0) as string,
	);
}

/**
 * Runs an operation over all items, and forgets what was sent once n8n can't run the node again.
 *
 * @throws as `runBatch`
 */
export async function executeBatch(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const { items, ledger } = await runBatch(context, operation);
	// n8n runs a node with Retry On Fail again while its first output item has an error.
	if (!items[0]?.json.error) ledger?.close();
	return [items];
}

/**
 * Runs an operation over all items: checks every item before the first request, makes the requests in order, remembers what was
 * sent, and reports every item in its place.
 *
 * @param waiting for an operation that waits for a response
 * @throws NodeOperationError for the first bad row, NodeApiError for the first failed call, where On Error is Stop
 */
export async function runBatch(
	context: IExecuteFunctions,
	operation: Operation,
	waiting?: Waiting,
): Promise<BatchRun> {
	const { batching, failureRows } = optionsOfBatch(context, operation);
	const reporter = createReporter(context, operation, failureRows);
	// A model gets rows to read, never an error.
	const continueOnFail = context.continueOnFail() || failureRows || isTool(context);

	const { client, defaults } = await connect(context, operation.service);
	const run = { defaults, expressions: expressionsOf(context), waiting };
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

	const items = plans.flatMap((plan, item) => reporter.itemsOf(plan, outcomes[item], item));
	return { items, plans, outcomes, ledger };
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
