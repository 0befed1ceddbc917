/** Asks a person, and lets the execution sleep until the response comes or the time limit is over. */

import {
	NodeOperationError,
	WAIT_INDEFINITELY,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { runBatch, type BatchRun } from '../batch/execute';
import { isTool, toolFailure } from '../batch/tool';
import type { Operation, Waiting } from '../operations/operation';
import type { Question } from '../operations/sendAndWait/question';
import { keepQuestion, runOf } from './asked';
import { isReviewTool, readableReview } from './reviewTool';

/**
 * Sends the question of the one input item, and waits. The message is sent once: a node that n8n runs again in the same execution
 * finds it in the ledger and only waits. Where nobody knows whether the message was sent, the node fails and does not wait: it
 * could wait for a message that is not there.
 *
 * @returns the input item, which n8n replaces with the response; or what the batch reports, if the message was not sent
 * @throws as the batch; NodeOperationError for more than one item, and where this n8n cannot wait
 */
export async function sendAndWait(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length === 0) return [[]];
	if (input.length > 1) {
		throw new NodeOperationError(
			context.getNode(),
			`This operation takes one item, and got ${input.length}: nothing was sent`,
			{
				description:
					'An execution can wait for one response at a time. Put a Loop Over Items node with a batch size of 1 before this node, and connect this node back to it.',
			},
		);
	}
	if (isCalledDirectly(context)) return [[{ json: CALLED_DIRECTLY, pairedItem: { item: 0 } }]];

	const run = await runBatch(context, operation, waitingOf(context));
	const [plan] = run.plans;
	const [outcome] = run.outcomes;
	if (plan.status !== 'ready' || outcome?.status !== 'done' || outcome.repeated)
		return [isReviewTool(context) ? run.items.map(asReviewerFeedback) : run.items];

	const { waiting } = plan.job.request;
	keepQuestion(context, waiting?.page as Question);
	await context.putExecutionToWait(waiting?.till === undefined ? WAIT_INDEFINITELY : new Date(waiting.till));
	forgetQuestion(context, run);
	return [input];
}

/**
 * Some agents call a tool inside their own node: the execution would wait for the agent, and the link would lead nowhere. n8n 1 does
 * not tell how it runs a tool.
 */
function isCalledDirectly(context: IExecuteFunctions): boolean {
	const { isToolExecution }: Partial<Pick<IExecuteFunctions, 'isToolExecution'>> = context;
	return isTool(context) && (isToolExecution?.call(context) ?? true);
}

const CALLED_DIRECTLY = toolFailure(
	'This tool waits for a person, which this version of the agent cannot do. Nothing was sent',
	'The AI Agent node must have version 3 or later.',
	false,
);

/** What n8n has for links that resume an execution. The second one exists in n8n 1 only, where signatures are checked on request. */
interface Links {
	getSignedResumeUrl?(parameters?: Record<string, string>): string;
	setSignatureValidationRequired?(): void;
}

/** @throws NodeOperationError where n8n is too old */
function waitingOf(context: IExecuteFunctions): Waiting {
	const links: Links = context;
	if (links.getSignedResumeUrl === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			'This version of n8n cannot wait for a response: nothing was sent',
			{ description: 'Update n8n to version 1.123 or later.' },
		);
	}
	links.setSignatureValidationRequired?.();
	return {
		linkFor: (parameters) => context.getSignedResumeUrl({ run: runOf(context), ...parameters }),
		readable: (message) => readableReview(context, message),
		now: Date.now(),
	};
}

/** n8n does not run the node again for this question. An agent may not repeat its own call; a review is asked for each call. */
function forgetQuestion(context: IExecuteFunctions, { plans: [plan], ledger }: BatchRun): void {
	if (plan.status === 'ready' && (!isTool(context) || isReviewTool(context)))
		ledger?.forget(plan.job.item, plan.job.request);
}

/** n8n tells the agent what the reviewer has said; without it, that the reviewer has declined, which nobody did. */
function asReviewerFeedback({ json, ...item }: INodeExecutionData): INodeExecutionData {
	const chatInput = `The reviewer could not be asked. ${String((json as IDataObject).error ?? '')}`.trim();
	return { ...item, json: { ...json, chatInput } };
}
