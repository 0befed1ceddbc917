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
	assignChannel(world, result.id, channelID);
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

/** Gives a case that has no channel yet this channel, and the channel's topic if it has only one. */
export function assignChannel({ caseDetails, organization }: World, caseID: string, channelID: string): void {
	const { channelID: known, topicID } = caseDetails.get(caseID);
	if (known !== '' || channelID === '') return;
	const topicIDs = organization.channels.find(({ id }) => id === channelID)?.topicIDs ?? [];
	const onlyTopicID = topicIDs.length === 1 ? topicIDs[0] : 0;
	caseDetails.change(caseID, { channelID, topicID: topicID || onlyTopicID });
}
