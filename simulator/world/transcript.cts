/** What was written and done in the cases, other than through the Integration API. Only the newest entries are kept. */

import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.cts';
import type { ChatbotMessage, CustomerMessage } from './chatTypes.cts';

const MAX_ENTRIES = 20_000;

/** Something that happened to a case. The customer does not see it. */
export interface Note {
	kind: 'handedOver' | 'closed' | 'reopened' | 'remark' | 'junk' | 'contact';
	text: string;
}

interface EntryBase {
	id: string;
	caseID: string;
	phone: string;
	channelID: string;
	/** Unix milliseconds. */
	at: number;
}

/** `onetalk` stands for the messages that OneTalk sends by itself, such as the closing message. */
export type Entry = EntryBase &
	(
		| { from: 'customer'; message: CustomerMessage }
		| { from: 'chatbot' | 'onetalk'; message: ChatbotMessage }
		| { from: 'note'; note: Note }
	);

type Without<T, K extends keyof EntryBase> = T extends unknown ? Omit<T, K> : never;

export class Transcript {
	/** Newest last. */
	list: Entry[] = [];

	constructor(
		private readonly clock: Clock,
		private readonly changed: () => void,
	) {}

	clear(): void {
		this.list = [];
		this.changed();
	}

	/** Adds an entry with the current time, and with a new ID if it has none. */
	add<T extends Without<Entry, 'id' | 'at'>>(entry: T & { id?: string }): Entry {
		const added = Object.freeze({ id: newMessageId(), ...entry, at: this.clock.now() }) as unknown as Entry;
		this.list.push(added);
		if (this.list.length > MAX_ENTRIES) this.list.shift();
		this.changed();
		return added;
	}

	/** Returns the entry with this ID, if it is still kept. */
	find(id: string): Entry | undefined {
		return this.list.findLast((entry) => entry.id === id);
	}
}

/** Returns an ID in the form of WhatsApp's. */
export function newMessageId(): string {
	return `wamid.${randomBytes(24).toString('base64')}`;
}
