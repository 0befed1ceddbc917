/** The customers' phones: each shows its messages as a chat, and has a line to write as the customer. */

import { bubbleElement } from './bubbles.js';
import { composerElement } from './composer.js';
import { byId, make, scrollToEnd, showList } from './dom.js';
import { customerMarks, sentMark } from './marks.js';

/**
 * @typedef {import('../world/state.cts').State} State
 * @typedef {import('./bubbles.js').Bubble & { key: string }} KeyedBubble
 * @typedef {import('./composer.js').Writer & { bubbles: KeyedBubble[] }} Phone
 */

const MAX_PHONES = 24;
/** The phone that is there before anybody has written. */
const FIRST_PHONE = { phone: '6281212345678', name: 'Sari Example' };

/** @param {State} state */
export function showPhones(state) {
	const found = phonesOf(state);
	const phones = found.length > 0 ? found : [newPhone(state, FIRST_PHONE.phone, FIRST_PHONE.name)];
	const hidden = phones.length - MAX_PHONES;
	byId('phone-count').textContent = found.length || '';
	byId('no-phones').hidden = found.length > 0;
	byId('more-phones').hidden = hidden <= 0;
	byId('more-phones').textContent = `${hidden} more, with older messages`;
	byId('phone-list').classList.toggle('is-single', phones.length === 1);
	showList(byId('phone-list'), phones.slice(0, MAX_PHONES), ({ phone }) => phone, phoneElement);
}

/**
 * @param {State} state
 * @param {string} phone
 * @param {string} [name]
 * @returns {Phone}
 */
function newPhone({ organization, defaultChannelID }, phone, name = '') {
	return { phone, name, channelID: defaultChannelID, channels: organization.channels, bubbles: [] };
}

/**
 * @param {State} state
 * @returns {Phone[]}
 */
function phonesOf(state) {
	const { messages, cases, templates, chat } = state;
	/** @type {Map<string, Phone>} */
	const phones = new Map();
	/** @param {string} phone @returns {Phone} */
	const phoneOf = (phone) => {
		const known = phones.get(phone) ?? newPhone(state, phone);
		phones.set(phone, known);
		return known;
	};
	const marks = customerMarks(state);
	for (const entry of chat)
		phoneOf(entry.phone).bubbles.push({ key: entry.id, at: entry.at, entry, mark: marks.get(entry.id) });
	for (const message of messages) {
		const template = templates.find(
			({ templateName, languageCode }) =>
				templateName === message.templateName && languageCode === message.languageCode,
		);
		// The key contains the template, so that a message is shown again when its template is added or changed.
		const key = template ? `${message.trxID} ${JSON.stringify(template)}` : message.trxID;
		const phone = phoneOf(message.phone);
		if (phone.channels.some(({ id }) => id === message.channelID)) phone.channelID = message.channelID;
		phone.bubbles.push({
			key,
			at: message.at,
			message,
			template,
			mark: sentMark(state, message.trxID),
		});
	}
	// The newest case comes first, and the channel of the newest open one is where the customer writes.
	for (const { contact, isClosed, details } of cases.toReversed()) {
		const phone = phones.get(contact.phone);
		if (!phone) continue;
		phone.name = contact.fullName;
		if (!isClosed && details.channelID) phone.channelID = details.channelID;
	}
	for (const phone of phones.values()) phone.bubbles.sort((a, b) => a.at - b.at);
	return newestFirst([...phones.values()]);
}

/**
 * Returns the phones with the newest messages, those whose chat began last first. So a phone keeps its place while
 * somebody writes in it.
 *
 * @param {Phone[]} phones
 */
function newestFirst(phones) {
	const first = (/** @type {Phone} */ { bubbles }) => bubbles[0].at;
	const last = (/** @type {Phone} */ { bubbles }) => bubbles[bubbles.length - 1].at;
	const recent = phones.toSorted((a, b) => last(b) - last(a));
	return [...recent.slice(0, MAX_PHONES).sort((a, b) => first(b) - first(a)), ...recent.slice(MAX_PHONES)];
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
	const toEnd = () => requestAnimationFrame(() => scrollToEnd(chat));
	const stayAtEnd = () => {
		if (chat.dataset.atEnd !== 'no') toEnd();
	};
	new window.ResizeObserver(stayAtEnd).observe(chat);
	const composer = composerElement((isSent) => isSent && toEnd());
	const empty = make('p', {
		className: 'note',
		textContent: 'Write a message below, as this customer would.',
	});
	chat.addEventListener('scroll', () => {
		chat.dataset.atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80 ? 'yes' : 'no';
	});
	const element = make(
		'article',
		{ className: 'phone' },
		make(
			'header',
			{},
			avatar,
			make('div', {}, name, make('small', { textContent: `+${first.phone}` })),
			composer.channel,
		),
		empty,
		chat,
		composer.form,
	);
	return Object.assign(element, {
		update(/** @type {Phone} */ phone) {
			name.textContent = phone.name || 'Customer';
			avatar.textContent = (phone.name || 'C').slice(0, 1).toUpperCase();
			empty.hidden = phone.bubbles.length > 0;
			composer.update(phone);
			showList(chat, phone.bubbles, ({ key }) => key, bubbleElement);
			stayAtEnd();
		},
	});
}
