/** What n8n hands to every execution beside the workflow: credentials, hooks, and its own URLs. */

import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowBase, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { InMemoryCredentials, type CredentialData } from './credentials';

/** The additional data of one execution. The rest of the type belongs to parts of n8n that no test uses. */
export function additionalDataFor(
	mode: WorkflowExecuteMode,
	credentials: CredentialData,
): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'wf',
		name: 'test',
		nodes: [],
		connections: {},
		active: false,
	} as unknown as IWorkflowBase;
	return {
		credentialsHelper: new InMemoryCredentials(credentials),
		hooks: new ExecutionLifecycleHooks(mode, 'execution', workflowData),
		executionId: 'execution',
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
