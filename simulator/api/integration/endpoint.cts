/** What an endpoint of the Integration API is. */

import type { World } from '../../world/world.cts';
import type { Fields } from './checks.cts';
import type { Envelope } from './envelope.cts';

export interface Input {
	query: Fields;
	body: Fields;
}

export interface Endpoint {
	method: 'GET' | 'POST';
	/** Below the base path. */
	path: string;
	/**
	 * Carries out a request.
	 *
	 * @throws {Refusal} for an invalid parameter
	 */
	run(world: World, input: Input): Envelope;
	/** `data` of a success that is sent without carrying out the request. */
	pretendedData: Record<string, unknown>;
}

/** Returns the object without the keys whose value is undefined. */
export function withoutUndefined<T extends object>(object: T): T {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
