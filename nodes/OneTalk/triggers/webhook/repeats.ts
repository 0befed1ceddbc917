/** Which deliveries have started an execution in this process, so that a repeat starts no second one. */

import { createHash } from 'node:crypto';

/** How long a delivery is remembered, counted from the first time it came, in ms. */
const REMEMBERED_MS = 600_000;

/** How many deliveries of one node are remembered; then the oldest is dropped. */
const MAX_DELIVERIES = 5_000;

/** When a delivery came for the first time, in ms. An object, to tell it from a later one with the same key. */
interface Delivery {
	time: number;
}

/** The deliveries of one node by the digests of their keys, the oldest first. */
interface NodeDeliveries {
	lastUsed: number;
	deliveries: Map<string, Delivery>;
}

/** By node, the one that was used longest ago first. */
const nodes = new Map<string, NodeDeliveries>();

/**
 * Remembers a delivery. Synchronous, so that of two that come at the same time one is the repeat.
 *
 * @param node a name for the node that no other node has
 * @param key what the delivery has in common with its repeats alone
 * @param now in ms
 * @returns undefined if it is a repeat, else a function that forgets it
 */
export function remember(
	node: string,
	key: Array<string | number>,
	now = Date.now(),
): (() => void) | undefined {
	const { deliveries } = use(node, now);
	const digest = createHash('sha256').update(JSON.stringify(key)).digest('base64');
	const first = deliveries.get(digest);
	if (first !== undefined && now - first.time < REMEMBERED_MS) return undefined;

	deliveries.delete(digest);
	for (const [oldest, { time }] of deliveries) {
		if (now - time < REMEMBERED_MS && deliveries.size < MAX_DELIVERIES) break;
		deliveries.delete(oldest);
	}
	const delivery = { time: now };
	deliveries.set(digest, delivery);
	return () => {
		if (deliveries.get(digest) === delivery) deliveries.delete(digest);
	};
}

/** The deliveries of a node. Drops those of nodes that have had none for so long that all are forgotten. */
function use(node: string, now: number): NodeDeliveries {
	const used = nodes.get(node) ?? { lastUsed: now, deliveries: new Map<string, Delivery>() };
	used.lastUsed = now;
	nodes.delete(node);
	nodes.set(node, used);
	for (const [name, { lastUsed }] of nodes) {
		if (now - lastUsed < REMEMBERED_MS) break;
		nodes.delete(name);
	}
	return used;
}
