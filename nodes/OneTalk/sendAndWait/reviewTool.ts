/** Whether the node runs as an agent's human review tool. */

import type { FunctionsBase } from 'n8n-workflow';

/** n8n makes a human review tool of a node under the node type's name with this at its end. */
const REVIEW_SUFFIX = 'HitlTool';

/** Whether n8n asks a reviewer through this node before an agent's tool runs. */
export function isReviewTool(context: Pick<FunctionsBase, 'getNode'>): boolean {
	return context.getNode().type.endsWith(REVIEW_SUFFIX);
}
