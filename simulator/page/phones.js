/** The customers' phones: each shows its messages as a chat. */

import { byId, make, parseWebUrl, showList, timeOf } from './dom.js';
import { finishedOf } from './templates.js';

/**
 * @typedef {import('../world/types.cts').Message} Message
 * @typedef {import('../world/types.cts').Case} Case
 * @typedef {Partial<import('../world/types.cts').TemplateParameters>} Parameters
 * @typedef {import('../world/templates.cts').Template} Template
 * @typedef {{ key: string, at: number, message?: Message, template?: Template, text?: string }} Bubble
 * @typedef {{ phone: string, name: string, bubbles: Bubble[] }} Phone
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

/** @param {HTMLElement} chat */
function scrollToEnd(chat) {
	chat.scrollTop = chat.scrollHeight;
}

/** @param {Bubble} bubble */
function bubbleElement({ at, message, template, text }) {
	if (!message) {
		return make(
			'div',
			{ className: 'bubble from-customer' },
			make('p', { textContent: text }),
			make('footer', { textContent: timeOf(at) }),
		);
	}
	const queued = make('span', { className: 'queued', title: 'Added to the queue' }, '✓ queued');
	return make(
		'div',
		{ className: `bubble kind-${message.kind}`, title: describe(message) },
		...CONTENT[message.kind](message, template),
		make('footer', {}, timeOf(at), queued),
	);
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

/** @type {Record<Message['kind'], (message: Message, template?: Template) => HTMLElement[]>} */
const CONTENT = {
	text: ({ body }) => [make('p', { textContent: body })],
	image: ({ body = '', filename = '', caption }) => [
		picture(body, filename),
		...(caption ? [make('p', { textContent: caption })] : []),
	],
	file: ({ body = '', filename = '', caption }) => [
		file(body, filename),
		...(caption ? [make('p', { textContent: caption })] : []),
	],
	template: templateCard,
};

/**
 * @param {string} text
 * @param {string} name
 */
function picture(text, name) {
	const url = parseWebUrl(text);
	const missing = () =>
		make(
			'div',
			{ className: 'no-picture' },
			make('span', { ariaHidden: 'true', textContent: '▧' }),
			make('span', { textContent: name || 'Picture' }),
			make('small', {
				textContent: url ? `Could not be loaded from ${url.host}` : 'The URL is not a web address',
			}),
		);
	if (!url) return missing();
	const image = make('img', { alt: name, referrerPolicy: 'no-referrer', decoding: 'async' });
	image.addEventListener('error', () => image.replaceWith(missing()));
	image.addEventListener('load', () => {
		const chat = image.closest('.chat');
		if (chat instanceof HTMLElement) scrollToEnd(chat);
	});
	image.src = url.href;
	return image;
}

/**
 * @param {string} text
 * @param {string} name
 */
function file(text, name) {
	const url = parseWebUrl(text);
	const words = make(
		'span',
		{},
		make('strong', { textContent: name }),
		make('small', { textContent: url ? url.host : 'The URL is not a web address' }),
	);
	const icon = make('span', {
		className: 'file-icon',
		ariaHidden: 'true',
		textContent: name.split('.').pop()?.slice(0, 4) ?? '',
	});
	return url
		? make(
				'a',
				{ className: 'file', href: url.href, target: '_blank', rel: 'noopener noreferrer' },
				icon,
				words,
			)
		: make('span', { className: 'file' }, icon, words);
}

/**
 * Shows the finished message if the template's texts are known, else the template's name and its parameters.
 *
 * @param {Message} message
 * @param {Template} [template]
 */
function templateCard({ templateName = '', languageCode = '', ...message }, template) {
	/** @type {Parameters} */
	const parameters = message.parameters ?? {};
	const { header = [], body = [], footer = [], buttons = [] } = parameters;
	const name = make(
		'div',
		{ className: 'template-name' },
		make('small', { textContent: 'Template' }),
		make('strong', { textContent: templateName }),
		make('span', { className: 'tag', textContent: languageCode }),
	);
	if (template) {
		const finished = finishedOf(template, parameters);
		const text = (/** @type {string} */ className, /** @type {string} */ textContent) =>
			textContent === '' ? [] : [make('p', { className, textContent })];
		return [
			name,
			...header.filter((one) => FILES.includes(one.name)).map((one) => headerElement(one.name, one.value)),
			...text('template-header', finished.header),
			...text('template-body', finished.body),
			...text('template-footer', finished.footer),
			...finished.buttons.map((label) => make('div', { className: 'template-button', textContent: label })),
		];
	}
	return [
		name,
		...header.map(({ name, value }) => headerElement(name, value)),
		...variables('Body', body),
		...variables('Footer', footer),
		...buttons.map(({ name, value }) =>
			make('div', { className: 'template-button' }, make('small', { textContent: name }), value),
		),
	];
}

const FILES = ['image', 'video', 'document'];

/**
 * @param {string} name
 * @param {string} value
 */
function headerElement(name, value) {
	if (name === 'image') return picture(value, lastPart(value));
	if (name === 'document' || name === 'video') return file(value, lastPart(value) || name);
	return variables('Header', [{ name, value }])[0];
}

/** @param {string} text a URL */
function lastPart(text) {
	return parseWebUrl(text)?.pathname.split('/').pop() ?? '';
}

/**
 * @param {string} title
 * @param {{ name: string, value: string }[]} list
 */
function variables(title, list) {
	if (list.length === 0) return [];
	const rows = list.flatMap(({ name, value }) => [
		make('dt', { textContent: name }),
		make('dd', { textContent: value }),
	]);
	return [
		make('div', { className: 'variables' }, make('small', { textContent: title }), make('dl', {}, ...rows)),
	];
}
