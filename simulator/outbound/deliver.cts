/** Makes a delivery: posts it, and posts it again while it is not answered with HTTP 200 and there are retries left. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Attempt, Delivery } from '../world/deliveries.cts';
import type { World } from '../world/world.cts';

const MAX_ANSWER_LENGTH = 300;

export interface DeliveryPlan extends Pick<Delivery, 'to' | 'url' | 'what' | 'body'> {
	headers: Record<string, string>;
	retries: number;
}

/**
 * Makes a delivery as often as the setting `deliveryRepeats` says.
 *
 * @throws {Error} with the name AbortError if `signal` is aborted
 */
export async function deliver(world: World, plan: DeliveryPlan, signal: AbortSignal): Promise<void> {
	for (let i = 0; i < world.settings.deliveryRepeats; i += 1) await deliverOnce(world, plan, signal);
}

async function deliverOnce(world: World, plan: DeliveryPlan, signal: AbortSignal): Promise<void> {
	const { to, url, what, body, headers, retries } = plan;
	const delivery = world.deliveries.add({ to, url, what, body });
	for (let left = retries; delivery.state === 'waiting'; left -= 1) {
		if (left < retries) await wait(world.settings.retryPauseMs, undefined, { signal, ref: false });
		const attempt = await post(world, url, headers, body, signal);
		const isLast = left <= 0;
		const state = attempt.httpStatus === 200 ? 'done' : isLast ? 'dropped' : 'waiting';
		world.deliveries.attempted(delivery, attempt, state);
	}
}

async function post(
	{ clock, settings }: World,
	url: string,
	headers: Record<string, string>,
	body: object,
	signal: AbortSignal,
): Promise<Attempt> {
	const at = clock.now();
	const startedAt = performance.now();
	const attempt = (httpStatus: number | null, answer: string): Attempt => ({
		at,
		httpStatus,
		answer: answer.slice(0, MAX_ANSWER_LENGTH),
		ms: Math.round(performance.now() - startedAt),
	});
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
			redirect: 'manual',
			signal: AbortSignal.any([signal, AbortSignal.timeout(settings.deliveryTimeoutMs)]),
		});
		return attempt(response.status, await response.text());
	} catch (error) {
		signal.throwIfAborted();
		return attempt(null, reasonOf(error));
	}
}

function reasonOf(error: unknown): string {
	const { name, message, cause } = error as Error & { cause?: { code?: string } };
	if (name === 'TimeoutError') return 'no answer in time';
	return cause?.code ?? message;
}
