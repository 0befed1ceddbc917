/** What the node's description says about waiting for a response. */

import type { IWebhookDescription } from 'n8n-workflow';

/** The URL that resumes a waiting execution. `responseData` must be empty, else n8n sends something else than the page. */
const resumeWebhook = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/** GET shows the page, POST answers. */
export const resumeWebhooks = [resumeWebhook('GET'), resumeWebhook('POST')];

/** Shown on the node in the editor while it waits. */
export const waitingNodeTooltip = 'The workflow goes on once the recipient has answered';
