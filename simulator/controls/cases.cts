/** Creates and changes cases as a test or a person says. */

import { checkCaseChange, checkNewCase } from '../world/caseInput.cts';
import { addCustomerMessage, channelOfCustomer, customerWrites } from '../world/customer.cts';
import { assignChannel, findOpenCase } from '../world/openCase.cts';
import type { Case, CaseChange, NewCase } from '../world/types.cts';
import type { World } from '../world/world.cts';

/**
 * Creates a case. Its first message is one that the customer wrote, so it is delivered to the chatbot. In strict mode,
 * a customer who has an open case on the channel writes in that case instead.
 *
 * @throws {Error} that names the field
 */
export function createCase(world: World, input: NewCase): Case {
	const fields = checkNewCase(input);
	const { organization, cases, settings, connections } = world;
	if (fields.channelID && !organization.channels.some(({ id }) => id === fields.channelID))
		throw new Error(`There is no channel "${fields.channelID}"`);
	const message = fields.firstMessage
		? ({ type: 'text', text: { body: fields.firstMessage } } as const)
		: undefined;
	const phone = fields.contact?.phone;
	// A chatbot is told the channel of every case, and in strict mode a contact has one open case per channel.
	const needsChannel = settings.strict || connections.chatbotUrl !== '';
	const channelID = fields.channelID || (needsChannel ? channelOfCustomer(world, phone) : '');
	const open = settings.strict && phone ? findOpenCase(world, phone, channelID) : undefined;
	if (open && !fields.isClosed) {
		if (message) customerWrites(world, open.id, message);
		return cases.get(open.id) ?? open;
	}
	const created = cases.create(fields);
	assignChannel(world, created.id, channelID);
	if (message) addCustomerMessage(world, created, message, channelID);
	return created;
}

/** @throws {Error} if there is no such case, or an error that names the field */
export function changeCase(world: World, id: string, input: CaseChange): Case {
	const last = world.cases.get(id);
	const changed = world.cases.update(id, checkCaseChange(input));
	if (last?.isClosed && !changed.isClosed) {
		const { channelID } = world.caseDetails.get(id);
		const note = { kind: 'reopened', text: 'Case reopened' } as const;
		world.transcript.add({ from: 'note', caseID: id, phone: changed.contact.phone, channelID, note });
	}
	return changed;
}
