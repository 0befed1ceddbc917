/**
 * The documented endpoints, by the last part of their path.
 * Sources: https://docs.taptalk.io/onetalk-omnichannel-documentation/onetalk-integration-api/inbox-api
 * and https://docs.taptalk.io/onetalk-omnichannel-documentation/onetalk-integration-api/user-contact-api
 */

import { LIST_CASES, UPDATE_CASE } from './cases.cts';
import { REQUEST_AUTH_TICKET, SYNC_CONTACT } from './contacts.cts';
import type { Endpoint } from './endpoint.cts';
import { SEND_MESSAGE, SEND_TEMPLATE } from './messages.cts';

/** The base path, the same as the real service's. */
export const API_PATH = '/api/integration/v1';

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = Object.fromEntries(
	[SEND_MESSAGE, SEND_TEMPLATE, LIST_CASES, UPDATE_CASE, SYNC_CONTACT, REQUEST_AUTH_TICKET].map(
		(endpoint) => [endpoint.path.slice(endpoint.path.lastIndexOf('/') + 1), endpoint],
	),
);

/** The name by which a fault selects the chatbot endpoint. */
export const CHATBOT = 'chatbot';

/** The name by which a fault selects everything that sends a message to a customer. */
export const SENDS = 'sends';

/** The names by which a fault selects an endpoint. */
export const ENDPOINT_NAMES: readonly string[] = [...Object.keys(ENDPOINTS), CHATBOT, SENDS];

/** Returns all names by which a fault selects an endpoint of the Integration API. */
export function namesOf(name: string): string[] {
	return [SEND_MESSAGE, SEND_TEMPLATE].includes(ENDPOINTS[name]) ? [name, SENDS] : [name];
}
