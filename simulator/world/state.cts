/** What the page shows: the newest messages, cases and requests, with all API keys masked. */

import { timeOf } from './cases.cts';
import { defaultChannelID } from './customer.cts';
import type { Delivery } from './deliveries.cts';
import { maskKeys } from './keys.cts';
import type { World } from './world.cts';

const MAX_MESSAGES = 300;
const MAX_CASES = 200;
const MAX_REQUESTS = 60;
const MAX_ENTRIES = 600;
const MAX_DELIVERIES = 60;

export type State = ReturnType<typeof stateOf>;

/** Returns the state as a JSON value. `totals` counts everything, also what is left out. */
export function stateOf(world: World) {
	const all = world.cases.latest();
	const cases = all.sort((a, b) => timeOf(b) - timeOf(a)).slice(0, MAX_CASES);
	const messages = world.messages.list.slice(-MAX_MESSAGES);
	const { channels, topics } = world.organization;
	return maskKeys(
		{
			now: world.clock.now(),
			clockIsFrozen: world.clock.frozenAt !== null,
			settings: world.settings,
			faults: world.faults.list,
			totals: {
				messages: world.messages.list.length,
				cases: all.length,
				requests: world.log.entries.length,
				deliveries: world.deliveries.list.length,
			},
			organization: { channels, topics },
			defaultChannelID: defaultChannelID(world),
			isConnected: {
				webhook: world.connections.webhookUrl !== '',
				chatbot: world.connections.chatbotUrl !== '',
			},
			messages,
			/** Latest status of a message by its trxID. A message without a status is queued. */
			statuses: Object.fromEntries(messages.map(({ trxID }) => [trxID, world.statuses.get(trxID)])),
			chat: world.transcript.list.slice(-MAX_ENTRIES),
			templates: world.templates.list,
			cases: cases.map((shown) => ({
				...shown,
				details: world.caseDetails.get(shown.id),
				contactDetails: world.contacts.get(shown.contact.id),
			})),
			deliveries: world.deliveries.list.slice(-MAX_DELIVERIES).map(shownDelivery),
			requests: world.log.entries.slice(-MAX_REQUESTS).map(({ query, body, ...entry }) => entry),
		},
		[world.apiKey, world.noTierKey, world.chatbot.secretKey],
	);
}

/** The query of a URL can hold a token, so it is left out. */
function shownDelivery({ url, ...delivery }: Delivery) {
	return { ...delivery, url: url.replace(/\?.*$/, '?…') };
}
