/** Which case a message belongs to. In strict mode, a contact has one open case per channel. */

import type { Case, NewCase } from './types.cts';
import type { World } from './world.cts';

/**
 * Returns the open case of a phone for a channel, or else a new case. A case without a channel gets this channel.
 *
 * @param fields of a new case
 * @param isExact whether a case of another channel does not count. Default: in strict mode
 */
export function openCaseFor(
	world: World,
	phone: string,
	channelID: string,
	fields: NewCase = {},
	isExact = world.settings.strict,
): Case {
	const found = findOpenCase(world, phone, channelID, isExact);
	const result = found ?? world.cases.create({ ...fields, contact: { ...fields.contact, phone } });
	const { channelID: known, topicID } = world.caseDetails.get(result.id);
	if (known === '')
		world.caseDetails.change(result.id, { channelID, topicID: topicID || firstTopicOf(world, channelID) });
	return result;
}

/** Returns the open case of a phone for a channel; undefined if there is none. */
export function findOpenCase(
	world: World,
	phone: string,
	channelID: string,
	isExact = world.settings.strict,
): Case | undefined {
	const open = world.cases.openOf(phone);
	const own = open.findLast(({ id }) => ['', channelID].includes(world.caseDetails.get(id).channelID));
	return own ?? (isExact ? undefined : open.at(-1));
}

/** Returns the topic of new cases on a channel; 0 if the channel is unknown or has several topics. */
function firstTopicOf({ organization }: World, channelID: string): number {
	const topicIDs = organization.channels.find(({ id }) => id === channelID)?.topicIDs ?? [];
	return topicIDs.length === 1 ? topicIDs[0] : 0;
}
