/** The contacts: what the case list shows of them, and what only other endpoints set. */

import { randomUUID } from 'node:crypto';
import type { Contact } from './types.cts';

/** A contact with everything that the simulator knows. */
export interface ContactDetails extends Contact {
	/** The organization's own ID of the customer. Empty if there is none. */
	customerUserID: string;
	photoURL: string;
	companyName: string;
	jobTitle: string;
	/** Value by the code of the field. */
	customFields: Record<string, string>;
}

export class ContactStore {
	private readonly byId = new Map<string, { details: ContactDetails; shown: Contact }>();
	private readonly idByPhone = new Map<string, string>();
	private readonly idByCustomer = new Map<string, string>();

	/** @param changed is called after every change */
	constructor(private readonly changed: () => void) {}

	/** In the order in which they were created. */
	get list(): ContactDetails[] {
		return [...this.byId.values()].map(({ details }) => details);
	}

	get size(): number {
		return this.byId.size;
	}

	clear(): void {
		this.byId.clear();
		this.idByPhone.clear();
		this.idByCustomer.clear();
		this.changed();
	}

	get(id: string): ContactDetails | undefined {
		return this.byId.get(id)?.details;
	}

	/** Returns the contact as the case list shows it. */
	shown(id: string): Contact | undefined {
		return this.byId.get(id)?.shown;
	}

	withPhone(phone: string): ContactDetails | undefined {
		return this.get(this.idByPhone.get(phone) ?? '');
	}

	withCustomerUserID(customerUserID: string): ContactDetails | undefined {
		return this.get(this.idByCustomer.get(customerUserID) ?? '');
	}

	/** Stores a contact in place of the one with the same ID, and returns it as the case list shows it. */
	put(details: ContactDetails): Contact {
		const last = this.get(details.id);
		if (last && last.phone !== details.phone) this.idByPhone.delete(last.phone);
		if (details.phone) this.idByPhone.set(details.phone, details.id);
		if (details.customerUserID) this.idByCustomer.set(details.customerUserID, details.id);
		const { customerUserID, photoURL, companyName, jobTitle, customFields, ...contact } = details;
		const shown = Object.freeze(contact);
		this.byId.set(details.id, { details: Object.freeze(details), shown });
		this.changed();
		return shown;
	}
}

/** @param createdTime Unix milliseconds */
export function newContact(phone: string, createdTime: number): ContactDetails {
	return {
		id: randomUUID(),
		fullName: `Contact ${phone.slice(-4)}`.trim(),
		alias: '',
		email: '',
		phone,
		agentRemark: '',
		createdTime,
		updatedTime: 0,
		customerUserID: '',
		photoURL: '',
		companyName: '',
		jobTitle: '',
		customFields: {},
	};
}
