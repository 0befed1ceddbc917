/** The log of what was delivered to other servers, newest last. Only the newest 5,000 are kept. */

const MAX_DELIVERIES = 5_000;

/** One attempt to deliver, and how it was answered. All times are Unix milliseconds. */
export interface Attempt {
	at: number;
	/** Null if there was no answer. */
	httpStatus: number | null;
	/** Beginning of the answer's text, or why there was no answer. */
	answer: string;
	/** Milliseconds until the answer. */
	ms: number;
}

export interface Delivery {
	id: number;
	/** The organization's webhook or the chatbot. */
	to: 'webhook' | 'chatbot';
	url: string;
	/** For example `delivered`, `case_resolved` or `text`. */
	what: string;
	body: Record<string, unknown>;
	attempts: Attempt[];
	/** `dropped` after the last retry. */
	state: 'waiting' | 'done' | 'dropped';
}

export class DeliveryLog {
	list: Delivery[] = [];
	private lastId = 0;

	/** @param print gets one line for every attempt */
	constructor(
		private readonly changed: () => void,
		private readonly print: (line: string) => void,
	) {}

	clear(): void {
		this.list = [];
		this.changed();
	}

	add(delivery: Pick<Delivery, 'to' | 'url' | 'what' | 'body'>): Delivery {
		const added: Delivery = { id: (this.lastId += 1), ...delivery, attempts: [], state: 'waiting' };
		this.list.push(added);
		if (this.list.length > MAX_DELIVERIES) this.list.shift();
		this.changed();
		return added;
	}

	/** Adds an attempt, and the state that the delivery has after it. */
	attempted(delivery: Delivery, attempt: Attempt, state: Delivery['state']): void {
		delivery.attempts.push(attempt);
		delivery.state = state;
		this.print(lineOf(delivery, attempt));
		this.changed();
	}
}

/** Returns one line for the console. The URL is left out, since it can hold a token. */
function lineOf({ to, what, state }: Delivery, { at, httpStatus, answer, ms }: Attempt): string {
	const response = httpStatus === null ? `no answer (${answer})` : `HTTP ${httpStatus}`;
	const next = { waiting: ', will be repeated', dropped: ', dropped', done: '' }[state];
	return `${new Date(at).toISOString().slice(11, 23)} delivery of ${what} to the ${to} -> ${response}, ${ms} ms${next}`;
}
