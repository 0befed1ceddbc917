/** Runs the OneTalk node on n8n's own engine: in a workflow with a node before it that outputs rows. */

import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type IRunExecutionData,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData';
import { credentialDataOf, credentialsOf, type CredentialData, type Server } from './credentials';
import { nodeOf, nodeTypes } from './nodeTypes';

/** One run of the OneTalk node. */
export interface RunOptions {
	parameters: INodeParameters;
	/** The input rows; expressions such as `={{ $json.phone }}` are real. */
	rows?: IDataObject[];
	/** Data of further credential types. */
	credentials?: CredentialData;
	/** On Error, Retry On Fail and so on. */
	settings?: Partial<Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>>;
	timezone?: string;
	/** Retries a failed execution, as the Retry button in n8n's list of executions does. */
	retryOf?: IRun;
	/** Called with the running execution, to cancel it. */
	onStart?: (execution: { cancel(): void }) => void;
}

export interface NodeRun {
	/** Items by output: 0 success, 1 error output. */
	outputs: INodeExecutionData[][];
	error?: IDataObject & { message: string; description?: string; context?: IDataObject; httpCode?: string };
	run: IRun;
	executionData: IRunExecutionData;
}

/** Runs rows → OneTalk and waits for the end. */
export async function runNode(server: Server, options: RunOptions): Promise<NodeRun> {
	const data = { ...credentialDataOf(server), ...options.credentials };
	const workflow = new Workflow({
		id: 'wf',
		nodes: [
			nodeOf('Rows', 'rows', { rows: JSON.stringify(options.rows ?? [{}]) }),
			{
				...nodeOf('OneTalk', 'oneTalk', options.parameters),
				credentials: credentialsOf(data),
				...options.settings,
			},
		],
		connections: { Rows: { main: [[{ node: 'OneTalk', type: NodeConnectionTypes.Main, index: 0 }]] } },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: options.timezone ?? 'UTC' },
	});
	const additionalData = additionalDataFor('manual', data);
	const execute = options.retryOf
		? new WorkflowExecute(additionalData, 'retry', failedState(options.retryOf))
		: new WorkflowExecute(additionalData, 'manual');
	const running = options.retryOf
		? execute.processRunExecutionData(workflow)
		: execute.run({ workflow, startNode: workflow.getNode('Rows') ?? undefined });
	options.onStart?.(running as unknown as { cancel(): void });
	const run = await running;
	const task = run.data.resultData.runData.OneTalk?.at(-1);
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	const error = (task?.error ?? run.data.resultData.error) as NodeRun['error'];
	return { outputs, error, run, executionData: run.data };
}

/** What n8n hands to a retry: the saved data as JSON, without the result of the node that failed. */
function failedState(run: IRun): IRunExecutionData {
	const data = JSON.parse(JSON.stringify(run.data)) as IRunExecutionData;
	delete data.resultData.error;
	const { lastNodeExecuted } = data.resultData;
	if (lastNodeExecuted !== undefined) data.resultData.runData[lastNodeExecuted]?.pop();
	return data;
}
