/** The bubbles of a chat: what the customer wrote, what was sent to the customer, and notes on the case. */

import { make, timeOf } from './dom.js';
import { interactiveCard } from './interactive.js';
import { caption, file, lastPart, paragraph, picture, place } from './media.js';
import { templateCard } from './templateCard.js';

/**
 * @typedef {import('../world/types.cts').Message} Message
 * @typedef {import('../world/templates.cts').Template} Template
 * @typedef {import('../world/transcript.cts').Entry} Entry
 * @typedef {import('../world/chatTypes.cts').CustomerMessage | import('../world/chatTypes.cts').ChatbotMessage} ChatMessage
 * @typedef {{ text: string, title: string, kind: string }} Mark
 */

/**
 * A message that was sent through the API, with its template if that is known; or an entry of the chat.
 *
 * @typedef {{ at: number, mark?: Mark } & ({ message: Message, template?: Template } | { entry: Entry })} Bubble
 */

/** @param {Bubble} bubble */
export function bubbleElement(bubble) {
	if ('entry' in bubble && bubble.entry.from === 'note')
		return noteElement(bubble.entry.note.text, bubble.at);
	const mark = make('span', { className: 'mark' });
	const element = make(
		'div',
		{ className: classOf(bubble), title: 'message' in bubble ? describe(bubble.message) : '' },
		...contentOf(bubble),
		make('footer', {}, timeOf(bubble.at), mark),
	);
	return Object.assign(element, {
		update(/** @type {Bubble} */ latest) {
			mark.hidden = !latest.mark;
			if (!latest.mark) return;
			const { text, title, kind } = latest.mark;
			Object.assign(mark, { textContent: text, title, className: `mark mark-${kind}` });
		},
	});
}

/**
 * @param {string} text
 * @param {number} at Unix milliseconds
 */
function noteElement(text, at) {
	return make(
		'p',
		{ className: 'note', title: 'The customer does not see this' },
		text,
		make('small', { textContent: timeOf(at) }),
	);
}

/** @param {Bubble} bubble */
function classOf(bubble) {
	if ('message' in bubble) return `bubble kind-${bubble.message.kind}`;
	const { entry } = bubble;
	if (entry.from === 'note') return '';
	const side = entry.from === 'customer' ? ' from-customer' : '';
	return `bubble kind-${entry.message.type === 'whatsappba' ? 'interactive' : entry.message.type}${side}`;
}

/** @param {Message} message */
function describe({ channelID, caseID, phoneNumberID, topicID, trxID }) {
	const facts = [
		['Channel ID', channelID],
		['Phone number ID', phoneNumberID],
		['Case', caseID || 'none'],
		['Topic', topicID],
		['Transaction', trxID],
	];
	return facts
		.filter(([, value]) => value !== undefined)
		.map(([label, value]) => `${label}: ${value}`)
		.join('\n');
}

/**
 * @param {Bubble} bubble
 * @returns {HTMLElement[]}
 */
function contentOf(bubble) {
	if ('message' in bubble) return sentContent(bubble.message, bubble.template);
	const { entry } = bubble;
	return entry.from === 'note' ? [] : chatContent(entry.message, entry.id);
}

/**
 * @param {Message} message
 * @param {Template} [template]
 * @returns {HTMLElement[]}
 */
function sentContent(message, template) {
	const { kind, body = '', filename = '' } = message;
	if (kind === 'template') return templateCard(message, template);
	if (kind === 'text') return [paragraph(body)];
	return [kind === 'image' ? picture(body, filename) : file(body, filename), ...caption(message.caption)];
}

/**
 * @param {ChatMessage} message
 * @param {string} id
 * @returns {HTMLElement[]}
 */
function chatContent(message, id) {
	if (message.type === 'location') return [place(message.location)];
	if (message.type === 'whatsappba')
		return message.whatsappba && 'interactive' in message.whatsappba
			? interactiveCard(/** @type {any} */ (message.whatsappba.interactive), id)
			: [];
	if (message.type === 'text') return [paragraph(message.text?.body ?? '')];
	if (message.type === 'document') {
		const { url = '', filename = '', caption: text } = message.document ?? {};
		return [file(url, filename || lastPart(url)), ...caption(text)];
	}
	// A video may come under the key of an image.
	const { url = '', caption: text } = Object.assign(
		{},
		/** @type {any} */ (message).image,
		/** @type {any} */ (message).video,
	);
	return [
		message.type === 'image' ? picture(url, lastPart(url)) : file(url, lastPart(url) || 'video'),
		...caption(text),
	];
}
