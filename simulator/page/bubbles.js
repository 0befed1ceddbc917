/** The bubbles of a chat: what the customer wrote, and each kind of message that was sent to the customer. */

import { make, parseWebUrl, scrollToEnd, timeOf } from './dom.js';
import { finishedOf } from './templates.js';

/**
 * @typedef {import('../world/types.cts').Message} Message
 * @typedef {import('../world/types.cts').TemplateParameter} TemplateParameter
 * @typedef {Partial<import('../world/types.cts').TemplateParameters>} Parameters
 * @typedef {import('../world/templates.cts').Template} Template
 */

/**
 * A message that was sent, with its template if that is known; or the text of the customer.
 *
 * @typedef {{ at: number, message?: Message, template?: Template, text?: string }} Bubble
 */

/** @param {Bubble} bubble */
export function bubbleElement({ at, message, template, text }) {
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
 * @param {TemplateParameter[]} list
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
