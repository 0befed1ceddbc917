/** The customers' phones: each shows its messages as a chat. */

import { bubbleElement } from './bubbles.js';
import { byId, make, scrollToEnd, showList } from './dom.js';

/**
 * @typedef {import('../world/types.cts').Message} Message
 * @typedef {import('../world/types.cts').Case} Case
 * @typedef {import('../world/templates.cts').Template} Template
 * @typedef {import('./bubbles.js').Bubble & { key: string }} KeyedBubble
 * @typedef {{ phone: string, name: string, bubbles: KeyedBubble[] }} Phone
 */

const MAX_PHONES = 24;

/** @param {{ messages: Message[], cases: Case[], templates: Template[] }} state */
export function showPhones({ messages, cases, templates }) {
	const phones = phonesOf(messages, cases, templates);
	const hidden = phones.length - MAX_PHONES;
	byId('phone-count').textContent = phones.length || '';
	byId('no-phones').hidden = phones.length > 0;
	byId('more-phones').hidden = hidden <= 0;
	byId('more-phones').textContent = `${hidden} more, with older messages`;
	showList(byId('phone-list'), phones.slice(0, MAX_PHONES), ({ phone }) => phone, phoneElement);
}

/**
 * @param {Message[]} messages
 * @param {Case[]} cases
 * @param {Template[]} templates
 * @returns {Phone[]} the one with the newest message first
 */
function phonesOf(messages, cases, templates) {
	/** @type {Map<string, Phone>} */
	const phones = new Map();
	/** @param {string} phone @returns {Phone} */
	const phoneOf = (phone) => {
		const known = phones.get(phone) ?? { phone, name: '', bubbles: [] };
		phones.set(phone, known);
		return known;
	};
	for (const { id, contact, firstMessage, createdTime } of cases) {
		if (firstMessage)
			phoneOf(contact.phone).bubbles.push({ key: `case ${id}`, at: createdTime, text: firstMessage });
	}
	for (const message of messages) {
		const index = templates.findIndex(
			({ templateName, languageCode }) =>
				templateName === message.templateName && languageCode === message.languageCode,
		);
		// The key contains the template, so that a message is shown again when its template is added or changed.
		const key = index === -1 ? message.trxID : `${message.trxID} ${JSON.stringify(templates[index])}`;
		phoneOf(message.phone).bubbles.push({ key, at: message.at, message, template: templates[index] });
	}
	for (const { contact } of cases) {
		const phone = phones.get(contact.phone);
		if (phone) phone.name ||= contact.fullName;
	}
	for (const phone of phones.values()) phone.bubbles.sort((a, b) => a.at - b.at);
	const newest = (/** @type {Phone} */ { bubbles }) => bubbles[bubbles.length - 1].at;
	return [...phones.values()].sort((a, b) => newest(b) - newest(a));
}

/** @param {Phone} first */
function phoneElement(first) {
	const avatar = make('span', { className: 'avatar', ariaHidden: 'true' });
	const name = make('strong');
	const chat = make('div', {
		className: 'chat',
		tabIndex: 0,
		role: 'log',
		ariaLabel: `Chat of ${first.phone}`,
	});
	const element = make(
		'article',
		{ className: 'phone' },
		make(
			'header',
			{},
			avatar,
			make('div', {}, name, make('small', { textContent: `+${first.phone}` })),
			make('span', { className: 'tag', textContent: 'Simulated' }),
		),
		chat,
	);
	return Object.assign(element, {
		update(/** @type {Phone} */ phone) {
			name.textContent = phone.name || 'Customer';
			avatar.textContent = (phone.name || 'C').slice(0, 1).toUpperCase();
			const isAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
			const before = chat.childElementCount;
			showList(chat, phone.bubbles, ({ key }) => key, bubbleElement);
			if (isAtEnd && chat.childElementCount !== before) requestAnimationFrame(() => scrollToEnd(chat));
		},
	});
}
