/** The messages that the API accepted, newest last. Only the newest 100,000 are kept. */

import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.cts';
import type { Message } from './types.cts';

const MAX_MESSAGES = 100_000;

export class MessageStore {
	/** Newest last. */
	list: Message[] = [];

	/** @param added is called with every new message */
	constructor(
		private readonly clock: Clock,
		private readonly changed: () => void,
		private readonly added: (message: Message) => void,
	) {}

	clear(): void {
		this.list = [];
		this.changed();
	}

	/** Adds a message, with a new `trxID` and the current time. */
	add(message: Omit<Message, 'trxID' | 'at'>): Message {
		const accepted = Object.freeze({ trxID: randomUUID(), ...message, at: this.clock.now() });
		this.list.push(accepted);
		if (this.list.length > MAX_MESSAGES) this.list.shift();
		this.changed();
		this.added(accepted);
		return accepted;
	}

	/** Returns the message with this ID, if it is still kept. */
	find(trxID: string): Message | undefined {
		return this.list.findLast((message) => message.trxID === trxID);
	}
}
