/** Kills a process of n8n while the simulator delivers, and waits until the simulator's retries have brought everything. */

import assert from 'node:assert/strict';
import type { Simulator } from '../lab.cts';
import { until } from '../wait.cts';
import { KINDS, newId, SECRET, type KindName } from './trigger.cts';

export interface KillPlan {
	kind: KindName;
	/** where the simulator delivers to */
	url: string;
	/** of deliveries */
	count: number;
	/** so many are answered with 200 when the process is killed */
	killAfter: number;
	kill(): Promise<void>;
	restart(): Promise<void>;
}

export interface Killed {
	/** of all deliveries */
	ids: string[];
	/** of those that were answered with 200 before the kill */
	answeredBefore: string[];
}

/** How the simulator repeats what was not answered with 200: for two minutes, since n8n takes a while to start. */
const RETRIES = { webhookRetries: 20, chatbotRetries: 20, retryPauseMs: 6_000, deliveryTimeoutMs: 60_000 };

/** Delivers, kills, restarts, and waits until every delivery was answered with 200. */
export async function killWhileDelivering(simulator: Simulator, plan: KillPlan): Promise<Killed> {
	const { kind, url, count, killAfter, kill, restart } = plan;
	simulator.reset();
	simulator.configure(RETRIES);
	const deliveries = () => simulator.deliveries();
	const done = () => deliveries().filter(({ state }) => state === 'done');
	const ids = Array.from({ length: count }, newId);
	if (kind === 'chatbot') {
		simulator.connect({ chatbotUrl: url });
		for (const id of ids) simulator.deliverToChatbot(KINDS.chatbot.body(id));
	} else {
		simulator.connect({ webhookUrl: `${url}?token=${SECRET}` });
		for (const id of ids) simulator.deliverToWebhook(KINDS.organization.body(id));
	}
	await until(`${killAfter} deliveries are answered`, () => done().length >= killAfter, 120_000);
	const bodies = done().map(({ body }) => JSON.stringify(body));
	const answeredBefore = ids.filter((id) => bodies.some((body) => body.includes(`"${id}"`)));
	await kill();
	await restart();
	await until('every delivery is answered with 200', () => done().length === count, 300_000);
	assert.ok(
		deliveries().some(({ attempts }) => attempts.length > 1),
		'the kill has interrupted some',
	);
	return { ids, answeredBefore };
}
