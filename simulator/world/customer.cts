/** What a customer does on a phone: writing, tapping a button or a row of a list, and filling in a flow. */

import type { CustomerMessage } from './chatTypes.cts';
import { assignChannel, openCaseFor } from './openCase.cts';
import { parsePhone } from './phone.cts';
import { newMessageId, type Entry } from './transcript.cts';
import type { Case } from './types.cts';
import type { World } from './world.cts';

export type CustomerEntry = Entry & { from: 'customer' };

export interface WriteOptions {
	/** Default: that of the customer's open case or last message, else the one that the setting `customerChannel` says. */
	channelID?: string;
	/** Name of a contact that is not known yet. */
	fullName?: string;
}

/**
 * Writes a message as a customer, in the open case of that customer or a new one.
 *
 * @param to ID of a case, or a phone
 * @throws {Error} if it is neither, or the channel is unknown
 */
export function customerWrites(
	world: World,
	to: string,
	message: CustomerMessage,
	options: WriteOptions = {},
): CustomerEntry {
	const known = world.cases.get(to);
	const phone = known?.contact.phone ?? parsePhone(to);
	const channelID = options.channelID || channelOfCustomer(world, phone, known);
	if (!world.organization.channels.some(({ id }) => id === channelID))
		throw new Error(`There is no channel "${channelID}"`);
	const fullName = world.contacts.withPhone(phone) ? undefined : options.fullName;
	const target =
		known && !known.isClosed && !options.channelID
			? known
			: openCaseFor(
					world,
					phone,
					channelID,
					{
						firstMessage: summaryOf(message),
						...(fullName ? { contact: { fullName } } : {}),
					},
					true,
				);
	if (world.settings.messageUpdatesCase) world.cases.update(target.id, {});
	return addCustomerMessage(world, target, message, channelID);
}

/** Adds a message of the customer to a case, which gets the channel if it has none. */
export function addCustomerMessage(
	world: World,
	target: Case,
	message: CustomerMessage,
	channelID: string,
): CustomerEntry {
	assignChannel(world, target.id, channelID);
	const { channelID: ownChannelID } = world.caseDetails.get(target.id);
	const entry = world.transcript.add({
		id: newMessageId(),
		from: 'customer',
		caseID: target.id,
		phone: target.contact.phone,
		channelID: ownChannelID,
		message,
	}) as CustomerEntry;
	world.signals.emit('customerWrote', entry);
	return entry;
}

/** A customer answers where the last message came from: in the open case, else on the channel of the last message. */
export function channelOfCustomer(world: World, phone = '', known?: Case): string {
	const open = known ?? world.cases.openOf(phone).at(-1);
	const ownChannelID = open ? world.caseDetails.get(open.id).channelID : '';
	if (ownChannelID !== '') return ownChannelID;
	const last = world.messages.list.findLast((message) => message.phone === phone)?.channelID;
	return world.organization.channels.some(({ id }) => id === last) ? String(last) : defaultChannelID(world);
}

/** Returns the ID of the channel on which a customer writes if no channel is given; empty if there is none. */
export function defaultChannelID({ organization, settings }: World): string {
	return organization.channels.find(({ type }) => type === settings.customerChannel)?.id ?? '';
}

/** Returns a message in one line of text, as it is shown as the first message of a case. */
export function summaryOf(message: CustomerMessage): string {
	if (message.type === 'text') return message.text.body;
	if (message.type === 'location') return message.location.name || '[location]';
	const { caption } = {
		...{ caption: '' },
		...('image' in message ? message.image : 'video' in message ? message.video : message.document),
	};
	return caption || `[${message.type}]`;
}
