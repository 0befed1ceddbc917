/** A template in a chat: the finished message if its texts are known, else its name and its parameters. */

import { control, make, parseWebUrl } from './dom.js';
import { file, lastPart, paragraph, picture } from './media.js';
import { finishedOf } from './templates.js';

/**
 * @typedef {import('../world/types.cts').Message} Message
 * @typedef {import('../world/types.cts').TemplateParameter} TemplateParameter
 * @typedef {Partial<import('../world/types.cts').TemplateParameters>} Parameters
 * @typedef {import('../world/templates.cts').Template} Template
 */

const FILES = ['image', 'video', 'document'];

/**
 * @param {Message} message
 * @param {Template} [template]
 */
export function templateCard({ templateName = '', languageCode = '', trxID, ...message }, template) {
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
		const text = (/** @type {string} */ className, /** @type {string} */ content) =>
			content === '' ? [] : [paragraph(content, className)];
		return [
			name,
			...header.filter((one) => FILES.includes(one.name)).map((one) => headerElement(one.name, one.value)),
			...text('template-header', finished.header),
			...text('template-body', finished.body),
			...text('template-footer', finished.footer),
			...finished.buttons.map((label, i) => templateButton(label, template.buttons[i], trxID)),
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

/**
 * A button with a URL opens it. One with a label is a quick reply, which the customer can tap.
 *
 * @param {string} label finished
 * @param {string} ownLabel as it is in the template
 * @param {string} trxID
 */
function templateButton(label, ownLabel, trxID) {
	const url = parseWebUrl(label);
	if (url)
		return make('a', {
			className: 'template-button',
			href: url.href,
			target: '_blank',
			rel: 'noopener noreferrer',
			textContent: label,
		});
	return make('button', {
		type: 'button',
		className: 'template-button',
		textContent: label,
		onclick: () => control('POST', '/tap', { messageID: trxID, optionID: ownLabel }),
	});
}

/**
 * @param {string} name
 * @param {string} value
 */
function headerElement(name, value) {
	if (name === 'image') return picture(value, lastPart(value));
	if (name === 'document' || name === 'video') return file(value, lastPart(value) || name);
	return variables('Header', [{ name, value }])[0];
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
