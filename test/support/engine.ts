import { ExecutionLifecycleHooks, PollContext, WorkflowExecute } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { OneTalkApi } from '../../credentials/OneTalkApi.credentials';
import { OneTalk } from '../../nodes/OneTalk/OneTalk.node';
import { OneTalkTrigger } from '../../nodes/OneTalk/OneTalkTrigger.node';

/** Hands out the rows of the test; an object, since only a class would have to be usable as a tool. */
const rows: INodeType = {
	description: {
		displayName: 'Rows',
		name: 'rows',
		group: ['input'],
		version: 1,
		description: 'Rows of the test',
		defaults: { name: 'Rows' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Rows', name: 'rows', type: 'json', default: '[]' }],
	},
	async execute(this: IExecuteFunctions) {
		const json = JSON.parse(this.getNodeParameter('rows', 0) as string) as IDataObject[];
		return [json.map((row, item) => ({ json: row, pairedItem: { item } }))];
	},
};

const types: Record<string, INodeType> = {
	rows,
	oneTalk: new OneTalk(),
	oneTalkTrigger: new OneTalkTrigger(),
};

const nodeTypes: INodeTypes = {
	getByName: (name) => types[name],
	getByNameAndVersion: (name) => types[name],
	getKnownTypes: () => ({}),
};

/** In-memory credentials, with the credential's own `authenticate` resolved by n8n's expression engine. */
class Credentials extends ICredentialsHelper {
	constructor(private readonly data: ICredentialDataDecryptedObject) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { headers = {} } = (new OneTalkApi().authenticate as IAuthenticateGeneric).properties;
		for (const [name, value] of Object.entries(headers)) {
			const resolved = workflow.expression.getSimpleParameterValue(node, value as string, 'internal', {
				$credentials: credentials,
			});
			requestOptions.headers = { ...requestOptions.headers, [name]: String(resolved) };
		}
		return requestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('not needed'));
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return this.data;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties() {
		return new OneTalkApi().properties;
	}
}

/** What a node of the test talks to. */
export interface Server {
	baseUrl: string;
	apiKey: string;
}

function additionalDataFor(mode: WorkflowExecuteMode, server: Server): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'wf',
		name: 'test',
		nodes: [],
		connections: {},
		active: false,
	} as unknown as IWorkflowBase;
	return {
		credentialsHelper: new Credentials({ baseUrl: server.baseUrl, apiKey: server.apiKey }),
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

const credentials = { oneTalkApi: { id: '1', name: 'OneTalk' } };

/** What a test says of one run of the OneTalk node. */
export interface RunOptions {
	parameters: INodeParameters;
	/** The input rows; expressions such as `={{ $json.phone }}` are real. */
	rows?: IDataObject[];
	/** On Error, Retry On Fail and so on. */
	settings?: Partial<Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>>;
	timezone?: string;
	/** Takes up an execution that has failed, as the button Retry in n8n's list of executions does. */
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

/** Runs rows → OneTalk on n8n's own engine. */
export async function runNode(server: Server, options: RunOptions): Promise<NodeRun> {
	const workflow = new Workflow({
		id: 'wf',
		nodes: [
			nodeOf('Rows', 'rows', { rows: JSON.stringify(options.rows ?? [{}]) }),
			{ ...nodeOf('OneTalk', 'oneTalk', options.parameters), credentials, ...options.settings },
		],
		connections: { Rows: { main: [[{ node: 'OneTalk', type: NodeConnectionTypes.Main, index: 0 }]] } },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: options.timezone ?? 'UTC' },
	});
	const additionalData = additionalDataFor('manual', server);
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

/** A trigger whose polls share static data, which goes through JSON between them as in n8n's database. */
export interface Trigger {
	poll(mode?: WorkflowExecuteMode): Promise<IDataObject[] | null>;
	/** What n8n would have stored. */
	state(): IDataObject;
	setState(state: IDataObject): void;
	/** The same trigger, registered anew in the same process. */
	published(): Trigger;
	/** What it has logged. */
	warnings: string[];
	notes: string[];
	/** Where n8n keeps its workflow's static data. */
	store: { id: string; data: IDataObject };
}

let triggers = 0;

/** A trigger on n8n's own poll context. Each has a workflow of its own, as far as this process can tell. */
export function createTrigger(
	server: Server,
	parameters: INodeParameters = {},
	{
		budget,
		reuseContext = false,
		name = 'OneTalk Trigger',
		beside,
		activation = 'activate',
	}: {
		activation?: WorkflowActivateMode;
		budget?: { ms: number };
		reuseContext?: boolean;
		name?: string;
		beside?: Trigger;
	} = {},
): Trigger {
	const store = beside?.store ?? { id: `wf${triggers++}`, data: {} };
	const warnings: string[] = [];
	const notes: string[] = [];
	let shared: { context: PollContext; workflow: Workflow } | undefined;

	const open = (mode: WorkflowExecuteMode) => {
		const node = { ...nodeOf(name, 'oneTalkTrigger', parameters), credentials };
		const workflow = new Workflow({
			id: store.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(store.data)) as IDataObject,
		});
		const additionalData = additionalDataFor(mode, server);
		const context = new PollContext(
			workflow,
			workflow.getNode(name) as INode,
			additionalData,
			mode,
			activation,
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			budget === undefined ? undefined : () => budget.ms,
		);
		context.logger.warn = (message: string) => void warnings.push(message);
		context.logger.info = (message: string) => void notes.push(message);
		return { context, workflow };
	};

	const trigger: Trigger = {
		store,
		warnings,
		notes,
		published() {
			shared = undefined;
			return trigger;
		},
		async poll(mode = 'trigger') {
			const { context, workflow } = reuseContext ? (shared ??= open(mode)) : open(mode);
			const result = await workflow.expression.withIsolate(
				async () => await types.oneTalkTrigger.poll!.call(context),
			);
			if (mode !== 'manual') store.data = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
			return result && result[0].map(({ json }) => json);
		},
		state: () => (store.data[`node:${name}`] ?? {}) as IDataObject,
		setState: (state) => {
			store.data = { ...store.data, [`node:${name}`]: state };
		},
	};
	return trigger;
}

function nodeOf(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}
