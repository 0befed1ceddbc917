/** The ticks of a message: how far it got. */

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {import('./bubbles.js').Mark} Mark
 */

/** @type {Record<string, Mark>} */
const BY_STATUS = {
	queued: { text: '◷ queued', title: 'Added to the queue', kind: 'queued' },
	acknowledge: { text: '✓ sent', title: 'WhatsApp accepted the message', kind: 'sent' },
	delivered: { text: '✓✓ delivered', title: 'The message is on the phone', kind: 'delivered' },
	read: { text: '✓✓ read', title: 'The customer has read the message', kind: 'read' },
};

/**
 * Returns the mark of a message that was sent through the API.
 *
 * @param {State} state
 * @param {string} trxID
 * @returns {Mark}
 */
export function sentMark({ statuses }, trxID) {
	const latest = statuses[trxID];
	if (latest?.status !== 'failed') return BY_STATUS[latest?.status ?? 'queued'];
	const reason = latest.reason ? `: ${latest.reason}` : '';
	return { text: `⚠ failed${reason}`, title: 'The message could not be delivered', kind: 'failed' };
}

/**
 * Returns the marks of the customers' messages that were delivered to the chatbot, by the ID of the message.
 *
 * @param {State} state
 * @returns {Map<string, Mark>}
 */
export function customerMarks({ deliveries }) {
	/** @type {Map<string, Mark>} */
	const marks = new Map();
	for (const { to, body, state } of deliveries) {
		const { id } = /** @type {{ id?: string }} */ (to === 'chatbot' ? (body.message ?? {}) : {});
		if (id !== undefined) marks.set(id, CUSTOMER_MARKS[state]);
	}
	return marks;
}

/** @type {Record<State['deliveries'][number]['state'], Mark>} */
const CUSTOMER_MARKS = {
	waiting: { text: '✓', title: 'On its way to the chatbot', kind: 'sent' },
	done: { text: '✓✓', title: 'The chatbot has it', kind: 'read' },
	dropped: {
		text: '⚠',
		title: 'The chatbot did not take it. See the deliveries under Developer',
		kind: 'failed',
	},
};
