/** Contact: Create Auth Ticket. */

import type { Operation } from '../operation';
import { contactRequest, contactTraits, type ContactRequest } from './shared';

/** Creates or updates a contact, and gets a ticket for the live chat SDKs (User Contact API, Request Auth Ticket). */
export const createAuthTicket: Operation<ContactRequest> = {
	...contactTraits,
	value: 'createAuthTicket',
	name: 'Create Auth Ticket',
	action: 'Create an auth ticket for a contact',
	description:
		'Create or update a contact, and get a ticket that signs it in to the live chat of your app. The ticket expires after one hour. It lies in the data of the execution: whoever may read that can use it.',
	repeatable: false,
	effect: {
		done: 'created',
		unknown: 'May have been created',
		check:
			'A ticket that nobody has seen does no harm and expires after one hour, so this row can be run again. n8n does not run it again by itself.',
	},
	request: (parameters) => contactRequest('/user/request_auth_ticket', parameters),
};
