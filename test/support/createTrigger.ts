/** Polls the OneTalk Trigger on n8n's own poll context. */

import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData';
import { credentialDataOf, credentialsOf, type Server } from './credentials';
import { nodeOf, nodeTypeOf, nodeTypes } from './nodeTypes';

/** A trigger whose polls share static data, which goes through JSON between them as in n8n's database. */
export interface Trigger {
	poll(mode?: WorkflowExecuteMode): Promise<IDataObject[] | null>;
	/** What n8n would have stored. */
	state(): IDataObject;
	setState(state: IDataObject): void;
	/** The same trigger, registered again in the same process. */
	published(): Trigger;
	/** The warnings it has logged. */
	warnings: string[];
	/** The information it has logged. */
	notes: string[];
	/** Where n8n keeps its workflow's static data. */
	store: { id: string; data: IDataObject };
}

/** How one trigger is created. */
export interface TriggerOptions {
	/** Why n8n activates it: `activate` when a person publishes, `init` when n8n starts. */
	activation?: WorkflowActivateMode;
	/** The time that n8n allows for one poll, in ms. */
	budget?: { ms: number };
	/** Polls with one context until it is published again, as n8n does. */
	reuseContext?: boolean;
	name?: string;
	/** Another trigger in the same workflow. */
	beside?: Trigger;
}

let triggers = 0;

/** Creates a trigger. Each has a workflow of its own, unless it is created beside another one. */
export function createTrigger(
	server: Server,
	parameters: INodeParameters = {},
	{
		budget,
		reuseContext = false,
		name = 'OneTalk Trigger',
		beside,
		activation = 'activate',
	}: TriggerOptions = {},
): Trigger {
	const store = beside?.store ?? { id: `wf${triggers++}`, data: {} };
	const credentialData = credentialDataOf(server);
	const warnings: string[] = [];
	const notes: string[] = [];
	let shared: { context: PollContext; workflow: Workflow } | undefined;

	const open = (mode: WorkflowExecuteMode) => {
		const node = {
			...nodeOf(name, 'oneTalkTrigger', parameters),
			credentials: credentialsOf(credentialData),
		};
		const workflow = new Workflow({
			id: store.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(store.data)) as IDataObject,
		});
		const context = new PollContext(
			workflow,
			workflow.getNode(name) as INode,
			additionalDataFor(mode, credentialData),
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
				async () => await nodeTypeOf('oneTalkTrigger').poll!.call(context),
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
