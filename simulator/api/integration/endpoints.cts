/**
 * The four documented endpoints, by the last part of their path.
 * Source: https://docs.taptalk.io/onetalk-omnichannel-documentation/onetalk-integration-api/inbox-api
 */

import { LIST_CASES, UPDATE_CASE } from './cases.cts';
import type { Endpoint } from './endpoint.cts';
import { SEND_MESSAGE, SEND_TEMPLATE } from './messages.cts';

/** The base path, the same as the real service's. */
export const API_PATH = '/api/integration/v1';

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = Object.fromEntries(
	[SEND_MESSAGE, SEND_TEMPLATE, LIST_CASES, UPDATE_CASE].map((endpoint) => [
		endpoint.path.slice(endpoint.path.lastIndexOf('/') + 1),
		endpoint,
	]),
);

/** The names by which a fault selects an endpoint. */
export const ENDPOINT_NAMES: readonly string[] = Object.keys(ENDPOINTS);
