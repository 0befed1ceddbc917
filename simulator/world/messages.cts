import { randomUUID } from 'node:crypto';

/** @typedef {import('./types.cts').Message} Message */

const MOST_KEPT = 100_000;

/** The messages that were accepted, newest last; the oldest go when there are more than 100,000. */
class MessageStore {
	/**
	 * @param {import('./clock.cts').Clock} clock
	 * @param {() => void} changed
	 */
	constructor(clock, changed) {
		this.clock = clock;
		this.changed = changed;
		/** @type {Message[]} */
		this.list = [];
	}

	clear() {
		this.list = [];
		this.changed();
	}

	/**
	 * @param {Omit<Message, 'trxID' | 'at'>} message
	 * @returns {Message}
	 */
	add(message) {
		const accepted = Object.freeze({ trxID: randomUUID(), ...message, at: this.clock.now() });
		this.list.push(accepted);
		if (this.list.length > MOST_KEPT) this.list.shift();
		this.changed();
		return accepted;
	}
}

export { MessageStore };
