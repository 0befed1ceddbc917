/** The two endpoints for contacts. Both create or update a contact; one also returns a ticket for the live chat SDKs. */

import { randomBytes } from 'node:crypto';
import { newContact, type ContactDetails } from '../../world/contacts.cts';
import type { World } from '../../world/world.cts';
import * as checks from './checks.cts';
import type { Endpoint, Input } from './endpoint.cts';
import { Refusal, invalid, success, type Envelope } from './envelope.cts';

const SYNCED = 'Contact synced successfully';
const PRETENDED_ID = '00000000-0000-4000-8000-000000000000';

export const SYNC_CONTACT: Endpoint = {
	method: 'POST',
	path: '/user/sync_contact',
	run: (world, input) => success({ success: true, message: SYNCED, userID: syncContact(world, input).id }),
	pretendedData: { success: true, message: SYNCED, userID: PRETENDED_ID },
};

export const REQUEST_AUTH_TICKET: Endpoint = {
	method: 'POST',
	path: '/user/request_auth_ticket',
	run: requestTicket,
	pretendedData: { success: true, message: SYNCED, userID: PRETENDED_ID, ticket: 'pretended-ticket' },
};

/** The ticket is not kept, since nothing in the simulator takes it. The real one is valid for one hour. */
function requestTicket(world: World, input: Input): Envelope {
	const { id } = syncContact(world, input);
	return success({ success: true, message: SYNCED, userID: id, ticket: randomBytes(32).toString('hex') });
}

type Given = Pick<ContactDetails, 'customerUserID' | 'fullName'> &
	Partial<Pick<ContactDetails, 'alias' | 'email' | 'phone' | 'photoURL'>>;

/** Limits: https://docs.taptalk.io/onetalk-omnichannel-documentation/onetalk-integration-api/user-contact-api */
function givenContact(fields: checks.Fields): Given {
	const given: Given = {
		customerUserID: checks.requiredText(fields, 'customerUserID', 'Customer user ID', 100),
		fullName: checks.requiredText(fields, 'fullName', 'Full name', 250),
		alias: checks.optionalText(fields, 'alias', 'Alias', 100),
		email: checks.optionalText(fields, 'email', 'Email', 250),
		phone: checks.optionalPhone(fields),
		photoURL: checks.optionalString(fields, 'photoURL', 'Photo URL'),
	};
	if (given.email && !/^[^\s@]+@[^\s@]+$/.test(given.email)) throw invalid('Email is invalid', 'email');
	if (given.photoURL && !checks.isWebUrl(given.photoURL)) throw invalid('Photo URL is invalid', 'photoURL');
	return given;
}

/**
 * Creates or updates the contact that matches the customer user ID or the phone.
 *
 * @throws {Refusal} if several contacts match, or if the one that matches has another customer user ID
 */
function syncContact(world: World, { body }: Input): ContactDetails {
	const given = givenContact(body);
	const { contacts, clock, settings } = world;
	const byID = contacts.withCustomerUserID(given.customerUserID);
	const byPhone = given.phone ? contacts.withPhone(given.phone) : undefined;
	if (byID && byPhone && byID.id !== byPhone.id)
		throw rejection(world, 'Multiple contacts match the customer user ID and the phone', 'customerUserID');
	const match = byID ?? byPhone;
	if (match?.customerUserID && match.customerUserID !== given.customerUserID)
		throw rejection(world, 'The contact already has another customer user ID', 'customerUserID');

	const now = clock.now();
	const known = match ?? newContact(given.phone ?? '', now);
	const contact = { ...known, ...changes(given, settings.emptyContactFields), updatedTime: match ? now : 0 };
	contacts.put(contact);
	if (match && settings.contactUpdatesCase) world.cases.showContact(contact.id);
	return contact;
}

/** Returns what a request changes. A field that was not given keeps its value, and so does the phone if it is empty. */
function changes(given: Given, empty: 'clear' | 'keep'): Partial<ContactDetails> {
	const isChange = ([name, value]: [string, string | undefined]) =>
		value !== undefined && (value !== '' || (empty === 'clear' && name !== 'phone'));
	return Object.fromEntries(Object.entries(given).filter(isChange));
}

/** The documentation does not show the form of a rejection, so it is a setting. */
function rejection({ settings }: World, message: string, field: string): Refusal {
	return settings.contactRejection === 'error'
		? invalid(message, field)
		: new Refusal(success({ success: false, message, userID: '' }));
}
