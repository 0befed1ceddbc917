/** Contact: Create or Update. */

import type { Operation } from '../operation';
import { contactRequest, contactTraits, type ContactRequest } from './shared';

/** Creates a contact, or updates the one with the same customer user ID or phone (User Contact API, Sync Contact). */
export const upsert: Operation<ContactRequest> = {
	...contactTraits,
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
	repeatable: true,
	effect: { done: 'created or updated', unknown: '', check: '' },
	request: (parameters) => contactRequest('/user/sync_contact', parameters),
};
