/** The question that an execution waits for, kept in the execution's data: the page shows what was sent, not what expressions give later. */

import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../api/text';
import type { Question } from '../operations/sendAndWait/question';

/** A question, and the run of the node that has asked it: in a loop or for an agent, one execution asks several. */
export type Asked = Question & { run: string };

interface Store {
	oneTalkQuestion?: Asked;
}

/** Tells the questions of one execution apart; the same when n8n runs the node again. */
export function runOf(context: IExecuteFunctions): string {
	return String(context.getWorkflowDataProxy(0).$runIndex ?? 0);
}

/** Before the execution waits. A later question of the node takes the place of an earlier one. */
export function keepQuestion(context: IExecuteFunctions, question: Question): void {
	(context.getContext('node') as Store).oneTalkQuestion = { ...question, run: runOf(context) };
}

/** The question that is open; undefined if it cannot be read. */
export function openQuestion(context: IWebhookFunctions): Asked | undefined {
	// A webhook has no access to the node's context but by an expression, in which braces would end.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/gu,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	try {
		const stored: unknown = context.evaluateExpression(`{{ $node[${name}].context.oneTalkQuestion }}`);
		return isRecord(stored) ? (stored as unknown as Asked) : undefined;
	} catch {
		return undefined;
	}
}
