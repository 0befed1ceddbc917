/* A workflow that begins with a OneTalk Trigger, and what it has been started with. */

import { unflatten } from '../../tools/n8n-api.cts';
import { node, until } from './lab.cts';

/** @typedef {import('./lab.cts').Lab} Lab */

const TRIGGER = 'OneTalk Trigger';
const UNENDED = ['new', 'running'];

/** n8n allows no poll time below a minute, but several of them. */
const EVERY_5_S = {
	item: Array.from({ length: 12 }, (_, i) => ({ mode: 'custom', cronExpression: `${i * 5} * * * * *` })),
};

/** The settings that make n8n 2.41 poll from a timer of its own (as it does unless told otherwise) or from its database. */
const SCHEDULERS = {
	'in memory': {},
	durable: {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	},
};

/**
 * OneTalk Trigger → End, polled every 5 s once it is published.
 * @param {Lab} lab
 * @param {Record<string, unknown>} [parameters] of the trigger, beside its defaults
 * @returns {Promise<{ id: string, versionId: string }>}
 */
async function triggerWorkflow(lab, parameters = {}) {
	const trigger = node(TRIGGER, 'n8n-nodes-onetalk.oneTalkTrigger', 1, {
		pollTimes: EVERY_5_S,
		events: ['caseCreated', 'caseUpdated'],
		filters: {},
		options: {},
		...parameters,
	});
	return await lab.api.createWorkflow({
		name: 'Trigger',
		nodes: [
			{ ...trigger, position: [0, 0], credentials: await lab.credentials() },
			{ ...node('End', 'n8n-nodes-base.noOp', 1, {}), position: [220, 0] },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	});
}

/**
 * The cases that an execution was started with. A crash leaves them where they waited for the trigger's turn; a poll that
 * failed leaves an empty item there.
 * @param {any} data of the execution
 * @returns {any[]} their JSON
 */
function startedWith(data) {
	const waiting = (data.executionData?.nodeExecutionStack ?? []).find(
		(/** @type {any} */ entry) => entry.node.name === TRIGGER,
	);
	const output = (waiting ?? data.resultData.runData[TRIGGER]?.[0])?.data?.main[0] ?? [];
	return output.map((/** @type {{ json: any }} */ { json }) => json).filter((/** @type {any} */ { id }) => id);
}

/**
 * @typedef {object} Execution
 * @property {string} status
 * @property {any[]} items the JSON of what it was started with
 * @property {string} startedAt
 */

/** The executions of a workflow; each is read from n8n until it has ended. */
class Executions {
	/**
	 * @param {Lab} lab
	 * @param {string} workflowId
	 */
	constructor(lab, workflowId) {
		this.lab = lab;
		this.workflowId = workflowId;
		/** By ID, oldest first. @type {Map<string, Execution>} */
		this.known = new Map();
	}

	/** @returns {Promise<Execution[]>} oldest first */
	async read() {
		const listed = await this.lab.api.executions(this.workflowId);
		for (const { id } of listed.reverse()) {
			if (!UNENDED.includes(this.known.get(id)?.status ?? 'new')) continue;
			const { data, status, startedAt } = await this.lab.api.call('GET', `/rest/executions/${id}`);
			this.known.set(id, { status, startedAt, items: startedWith(unflatten(data)) });
		}
		return [...this.known.values()];
	}

	/** @returns {Promise<any[]>} the JSON of all items that have started an execution, oldest first */
	async items() {
		return (await this.read()).flatMap(({ items }) => items);
	}
}

/**
 * The name of one version of a case, made of what the API shows.
 * @param {{ id: string, createdTime: number, updatedTime: number }} shown
 */
function versionOf({ id, createdTime, updatedTime }) {
	return `${id}@${updatedTime || createdTime}`;
}

/**
 * Waits until n8n has polled so many times. Requests less than two seconds apart belong to one poll.
 * @param {Lab} lab
 * @param {number} count of polls that begin from now on
 * @param {number} [withinMs]
 */
async function untilPolled(lab, count, withinMs = 90_000) {
	const already = lab.simulator.requests.length;
	const begun = () =>
		lab.simulator.requests.slice(already).filter(({ at }, i, all) => i === 0 || at - all[i - 1].at > 2000).length;
	await until(`${count} polls`, () => begun() >= count, withinMs);
}

export { Executions, SCHEDULERS, TRIGGER, UNENDED, triggerWorkflow, untilPolled, versionOf };
