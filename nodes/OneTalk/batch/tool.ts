/** Whether the node runs as an agent's tool, and what the model is told then. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** n8n makes a tool of a node under the node type's name with this at its end. */
const TOOL_SUFFIX = 'Tool';

/**
 * Whether an agent calls this node. The node type's name tells it in every release; n8n's own `isToolExecution` is false
 * where the engine runs the tool's node (AI Agent 3).
 */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith(TOOL_SUFFIX);
}

const REPEATED = 'The same call was made before in this execution, and it was done. It was not made again.';

/** A result that the model gets a second time, since it made the same call again. */
export function repeatedItem({ json, ...item }: INodeExecutionData): INodeExecutionData {
	return { ...item, json: { ...json, alreadyDone: true, note: REPEATED } };
}

/**
 * A failure as the model gets it. n8n hands on only the message of an error, and some agents not even that, so it is a row,
 * with the next step in the same text.
 */
export function toolFailure(message: string, hint: string, isUnknown: boolean): IDataObject {
	const sentence = /[.!?…]$/u.test(message) ? message : `${message}.`;
	const warning = isUnknown ? ' Do not repeat this call.' : '';
	return {
		success: false,
		...(isUnknown ? { outcome: 'unknown' } : {}),
		error: `${sentence}${warning} ${hint}`.trim(),
	};
}
