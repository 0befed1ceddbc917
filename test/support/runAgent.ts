/** Runs the OneTalk node as the tool of an agent on n8n's own engine, in both ways in which n8n's agents call their tools. */

import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { OneTalk } from '../../nodes/OneTalk/OneTalk.node';
import { additionalDataFor } from './additionalData';
import { credentialDataOf, credentialsOf, type Server } from './credentials';
import { nodeOf, nodeTypeOf } from './nodeTypes';

/** `engine`: the engine runs the tool's node (AI Agent 3). `direct`: the agent calls the tool itself (AI Agent 2). */
export type AgentKind = 'engine' | 'direct';

/** What the model gives to its tool in one call. */
export type ToolCall = IDataObject;

/** The OneTalk node as n8n makes a tool of it: other name, no input, and a tool as output. */
function oneTalkTool(): INodeType {
	const tool = new OneTalk();
	tool.description = {
		...tool.description,
		name: 'oneTalkTool',
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return tool;
}

/** A model that makes the calls of the test, and hands on what it gets. */
function agent(kind: AgentKind, calls: ToolCall[][]): INodeType {
	const answers: string[] = [];
	let turn = 0;
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Agent of the test',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions, response?: EngineResponse) {
			if (kind === 'direct') return [[{ json: { answers: await callDirectly(this, calls) } }]];
			answers.push(
				...(response?.actionResponses ?? []).map(({ data }) => JSON.stringify(observed(data) ?? [])),
			);
			if (turn === calls.length) return [[{ json: { answers } }]];
			const request: EngineRequest = {
				actions: calls[turn++].map((input, index) => ({
					actionType: 'ExecutionNodeAction',
					nodeName: 'Send',
					input,
					type: NodeConnectionTypes.AiTool,
					id: `call-${turn}-${index}`,
					metadata: { itemIndex: 0 },
				})),
				metadata: {},
			};
			return request;
		},
	};
}

type TaskData = EngineResponse['actionResponses'][number]['data'];

/** What n8n's AI Agent 3 shows to the model of a tool's result. */
function observed({ data, error }: TaskData): unknown {
	const items = data?.ai_tool?.[0]?.map(({ json }) => json);
	return items && items.length > 0 ? items : error && { error: error.message };
}

interface CallableTool {
	invoke(input: ToolCall): Promise<string>;
}

/** The calls of one turn are made side by side, as n8n's AI Agent 2 makes them. */
async function callDirectly(context: IExecuteFunctions, calls: ToolCall[][]): Promise<string[]> {
	const [tool] = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as CallableTool[];
	const answers: string[] = [];
	for (const turn of calls) {
		answers.push(...(await Promise.all(turn.map(async (call) => await tool.invoke(call)))));
	}
	return answers;
}

/** What the model got for each call, parsed. */
export interface AgentRun {
	answers: IDataObject[][];
}

/**
 * Runs rows → agent, with the OneTalk node as its tool.
 *
 * @param calls the turns of the model, each with the calls that it makes at once
 */
export async function runAgent(
	server: Server,
	kind: AgentKind,
	parameters: INodeParameters,
	calls: ToolCall[][],
	settings: Partial<INode> = {},
): Promise<AgentRun> {
	const data = credentialDataOf(server);
	const types: Record<string, INodeType> = {
		rows: nodeTypeOf('rows'),
		agent: agent(kind, calls),
		oneTalkTool: oneTalkTool(),
	};
	const nodeTypes: INodeTypes = {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'wf',
		nodes: [
			nodeOf('Rows', 'rows', { rows: JSON.stringify([{ chatInput: 'Hello' }]) }),
			nodeOf('Agent', 'agent', {}),
			{ ...nodeOf('Send', 'oneTalkTool', parameters), credentials: credentialsOf(data), ...settings },
		],
		connections: {
			Rows: { main: [[{ node: 'Agent', type: NodeConnectionTypes.Main, index: 0 }]] },
			Send: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'UTC' },
	});
	const execute = new WorkflowExecute(additionalDataFor('manual', data), 'manual');
	const run = await execute.run({ workflow, startNode: workflow.getNode('Rows') ?? undefined });
	const [item] = run.data.resultData.runData.Agent.at(-1)?.data?.main[0] ?? [];
	if (item === undefined) throw run.data.resultData.error ?? new Error('The agent gave no answer');
	return {
		answers: (item.json.answers as string[]).map((answer) => JSON.parse(answer) as IDataObject[]),
	};
}
