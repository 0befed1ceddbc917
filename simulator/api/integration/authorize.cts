/** Checks the API key of a request. The codes are the documented ones. */

import { KEY_FORMAT } from '../../world/keys.cts';
import type { World } from '../../world/world.cts';
import { Refusal, failure } from './envelope.cts';

/**
 * @param key value of the header `API-Key`
 * @throws {Refusal} unless it is the valid key
 */
export function authorize({ apiKey, noTierKey }: World, key: unknown): void {
	if (typeof key !== 'string' || key === '') {
		throw new Refusal(failure(400, '40001', 'Request headers are required (API-Key)'));
	}
	if (key === noTierKey) throw new Refusal(failure(499, '49900', 'Please select a tier'));
	if (key === apiKey) return;
	if (!KEY_FORMAT.test(key)) throw new Refusal(failure(491, '49102', 'API key is invalid'));
	throw new Refusal(failure(491, '49103', 'API key is not found'));
}
