/** A workflow that starts with a OneTalk Trigger, and the cases that its executions were started with. */

import type { Workflow } from '../../tools/n8n-api.cts';
import { outputOf, type Execution, type Json } from '../../tools/n8n-execution.cts';
import type { Lab } from './lab.cts';
import { until } from './wait.cts';
import { chain, inARow, node } from './workflows.cts';

export const TRIGGER = 'OneTalk Trigger';

/** States of an execution that has not ended. */
export const UNENDED = ['new', 'running'];

/** n8n allows no poll time below a minute, but several poll times. */
const EVERY_5_S = {
	item: Array.from({ length: 12 }, (_, i) => ({ mode: 'custom', cronExpression: `${i * 5} * * * * *` })),
};

/** The settings that make n8n 2.41 poll from a timer in memory (its default) or from a schedule in its database. */
export const SCHEDULERS: Record<string, NodeJS.ProcessEnv> = {
	'in memory': {},
	durable: {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	},
};

/** A case that started an execution. */
export interface StartedCase {
	id: string;
	event: string;
	firstMessage: string;
	createdTime: number;
	updatedTime: number;
}

/** An execution with the cases that it was started with. */
export interface StartedExecution {
	status: string;
	items: StartedCase[];
	/** ISO date */
	startedAt: string;
}

/**
 * Creates OneTalk Trigger → End, which polls every 5 s once it is published.
 * @param parameters of the trigger, besides its defaults
 */
export async function triggerWorkflow(lab: Lab, parameters: object = {}): Promise<Workflow> {
	const trigger = node(TRIGGER, 'n8n-nodes-onetalk.oneTalkTrigger', 1, {
		pollTimes: EVERY_5_S,
		events: ['caseCreated', 'caseUpdated'],
		filters: {},
		options: {},
		...parameters,
	});
	const steps = [
		{ ...trigger, credentials: await lab.credentials() },
		node('End', 'n8n-nodes-base.noOp', 1, {}),
	];
	return await lab.api.createWorkflow({ name: 'Trigger', nodes: inARow(steps), connections: chain(steps) });
}

/**
 * The cases that an execution was started with. After a crash they are still in the list of nodes to run; a poll that
 * failed leaves an empty item there.
 */
export function startedWith(execution: Execution): StartedCase[] {
	const stack = execution.data.executionData?.nodeExecutionStack ?? [];
	const waiting = stack.find((entry) => entry.node.name === TRIGGER);
	const items = waiting ? (waiting.data?.main?.[0] ?? []) : outputOf(execution, TRIGGER);
	return items.map(({ json }: { json: Json }) => json as StartedCase).filter(({ id }) => id);
}

/** The executions of a workflow; each is read from n8n until it has ended. */
export class Executions {
	/** by ID, oldest first */
	private readonly known = new Map<string, StartedExecution>();

	constructor(
		private readonly lab: Lab,
		private readonly workflowId: string,
	) {}

	/** All executions, oldest first. */
	async read(): Promise<StartedExecution[]> {
		const listed = await this.lab.api.executions(this.workflowId);
		for (const { id } of listed.reverse()) {
			if (!UNENDED.includes(this.known.get(id)?.status ?? 'new')) continue;
			const execution = await this.lab.api.execution(id);
			const { status, startedAt } = execution;
			this.known.set(id, { status, startedAt, items: startedWith(execution) });
		}
		return [...this.known.values()];
	}

	/** The cases of all executions, oldest first. */
	async items(): Promise<StartedCase[]> {
		return (await this.read()).flatMap(({ items }) => items);
	}
}

/** The name of one version of a case, made of what the API shows. */
export function versionOf(shown: { id: string; createdTime: number; updatedTime: number }): string {
	return `${shown.id}@${shown.updatedTime || shown.createdTime}`;
}

/**
 * Waits until n8n has polled. Requests less than two seconds apart belong to one poll.
 * @param count of polls that begin from now on
 */
export async function untilPolled(lab: Lab, count: number, withinMs = 90_000): Promise<void> {
	const already = lab.simulator.requests.length;
	const begun = () =>
		lab.simulator.requests.slice(already).filter(({ at }, i, all) => i === 0 || at - all[i - 1].at > 2000)
			.length;
	await until(`${count} polls`, () => begun() >= count, withinMs);
}
