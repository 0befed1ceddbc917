/** Executions that wait for a response, and what a recipient does with the link. */

import assert from 'node:assert/strict';
import type { Json } from '../../tools/n8n-execution.cts';
import type { Lab } from './lab.cts';
import { until } from './wait.cts';
import { chain, inARow, node, oneTalkWorkflow } from './workflows.cts';

/** Parameters that Message: Send and Wait for Response needs. */
export const question = {
	resource: 'message',
	operation: 'sendAndWait',
	channelId: '2101081881',
	phone: '6281212345678',
	message: '=Order {{ $json.order }} asks for 20% off. Is that fine?',
};

/** An execution that waits, and the link that its recipient got. */
export interface Waiting {
	id: string;
	link: string;
}

/** The last link in the newest message: of an approval, the one to decline. */
export function linkIn(lab: Lab): string {
	const [link] = /https?:\/\/\S+$/.exec(lab.simulator.messages.at(-1)?.body ?? '') ?? [];
	assert.ok(link, 'the message has a link');
	return link;
}

/** Waits until an execution waits. */
export async function untilWaiting(lab: Lab, id: string): Promise<void> {
	await until('the execution waits', async () => (await lab.api.execution(id)).status === 'waiting', 60_000);
}

/** Rows → OneTalk, which asks → After, which says what it got and what stood in the row. */
export async function ask(
	lab: Lab,
	parameters: Record<string, unknown> = {},
	settings: object = {},
): Promise<Waiting> {
	const rows = [{ order: 4711 }];
	const workflow = await oneTalkWorkflow(lab, { parameters: { ...question, ...parameters }, rows, settings });
	const after = node('After', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput:
			"={{ { answer: $json, order: $('One item per row').item.json.order, said: $json.data?.approved ?? 'no answer' } }}",
		options: {},
	});
	const nodes = inARow([...workflow.nodes, after]);
	const { id: workflowId } = await lab.api.createWorkflow({ ...workflow, nodes, connections: chain(nodes) });
	const id = await lab.api.start(workflowId, 'Start');
	await untilWaiting(lab, id);
	return { id, link: linkIn(lab) };
}

/** A POST as the page's form makes it. */
export async function post(link: string, fields: Record<string, string>): Promise<Response> {
	return await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
}

/** The item that the last node of the workflow got. Older releases report the end of an execution before they return all of its data. */
export async function after(lab: Lab, id: string, withinMs?: number): Promise<Json> {
	let item: Json | undefined;
	await until('the last node has run', async () => {
		const { status, data } = await lab.api.finished(id, withinMs);
		assert.equal(status, 'success', JSON.stringify(data.resultData.error));
		item = data.resultData.runData.After?.at(-1)?.data?.main?.[0]?.[0]?.json;
		return item;
	});
	return item as Json;
}
