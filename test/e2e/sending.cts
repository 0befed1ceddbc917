/* Lists that the OneTalk node sends, and what became of them. */

/** @typedef {import('./lab.cts').Lab} Lab */

const send = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	messageType: 'text',
	withCase: true,
	options: {},
};
const sendToRow = { ...send, phone: '={{ $json.phone }}', text: '=Hello {{ $json.name }}' };
const sendOneByOne = { ...sendToRow, options: { batching: { batch: { batchSize: 1 } } } };

/** @param {number} count */
function recipients(count) {
	return Array.from({ length: count }, (_, i) => ({
		name: `Customer ${i + 1}`,
		phone: String(6281200000001 + i),
	}));
}

/**
 * @param {Lab} lab
 * @returns {Record<string, number>} how many messages each phone has got
 */
function messagesByPhone(lab) {
	/** @type {Record<string, number>} */
	const counts = {};
	for (const { phone } of lab.simulator.messages) counts[phone] = (counts[phone] ?? 0) + 1;
	return counts;
}

/** @param {{ phone: string }[]} rows */
function oneEach(rows) {
	return Object.fromEntries(rows.map(({ phone }) => [phone, 1]));
}

export { messagesByPhone, oneEach, recipients, send, sendOneByOne, sendToRow };
