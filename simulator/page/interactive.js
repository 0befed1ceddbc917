/** WhatsApp's interactive messages: buttons, a list, a flow, and a request for the phone number. A tap is delivered. */

import { control, make } from './dom.js';
import { file, lastPart, paragraph, picture } from './media.js';
import { openSheet } from './sheet.js';

/**
 * @typedef {import('../world/chatTypes.cts').Interactive} Interactive
 * @typedef {import('../world/chatTypes.cts').InteractiveHeader} Header
 * @typedef {import('../world/chatTypes.cts').ListSection} Section
 */

/**
 * @param {Interactive} interactive
 * @param {string} messageID
 */
export function interactiveCard(interactive, messageID) {
	const { header, body, footer } = interactive;
	return [
		...(header ? [headerElement(header)] : []),
		paragraph(body.text, 'template-body'),
		...(footer ? [paragraph(footer.text, 'template-footer')] : []),
		...actions(interactive, messageID),
	];
}

/** @param {Header} header */
function headerElement({ type, text = '', document, image, video }) {
	if (type === 'text') return paragraph(text, 'template-header');
	const link = document?.link ?? image?.link ?? video?.link ?? '';
	return type === 'image'
		? picture(link, lastPart(link))
		: file(link, document?.filename || lastPart(link) || type);
}

/**
 * @param {Interactive} interactive
 * @param {string} messageID
 */
function actions({ type, buttonAction, listAction, flowAction }, messageID) {
	const tap = (/** @type {string} */ optionID) => control('POST', '/tap', { messageID, optionID });
	if (type === 'button')
		return (buttonAction?.buttons ?? []).map(({ reply }) =>
			action('↩', reply.title, (element) => tap(reply.id).then((entry) => entry && disableOptions(element))),
		);
	if (type === 'list' && listAction) {
		const { button, sections } = listAction;
		return [action('☰', button, (element) => openList(element, button, sections, tap))];
	}
	if (type === 'flow' && flowAction)
		return [action('▤', flowAction.flowCTA, (element) => openFlow(element, flowAction, messageID))];
	return [action('☎', 'Share phone number', () => tap(''))];
}

/** As in WhatsApp, one of the buttons can be tapped once. @param {HTMLElement} element */
function disableOptions(element) {
	for (const option of element.closest('.bubble')?.querySelectorAll('button.option') ?? [])
		option.toggleAttribute('disabled', true);
}

/**
 * @param {string} icon
 * @param {string} label
 * @param {(element: HTMLElement) => void} onTap
 */
function action(icon, label, onTap) {
	const button = make(
		'button',
		{ type: 'button', className: 'option' },
		make('span', { ariaHidden: 'true', textContent: icon }),
		label,
	);
	button.addEventListener('click', () => onTap(button));
	return button;
}

/**
 * @param {HTMLElement} element that was tapped
 * @param {string} title
 * @param {Section[]} sections
 * @param {(rowID: string) => void} tap
 */
function openList(element, title, sections, tap) {
	const close = openSheet(
		element,
		title,
		sections.flatMap((section) => [
			...(section.title ? [make('h4', { textContent: section.title })] : []),
			...section.rows.map(({ id, title: rowTitle, description }) =>
				make(
					'button',
					{
						type: 'button',
						className: 'row',
						onclick: () => {
							close();
							tap(id);
						},
					},
					make('span', { textContent: rowTitle }),
					...(description ? [make('small', { textContent: description })] : []),
				),
			),
		]),
	);
}

/**
 * A flow has screens that only WhatsApp knows. Here its answers are written as text.
 *
 * @param {HTMLElement} element that was tapped
 * @param {import('../world/chatTypes.cts').FlowAction} flow
 * @param {string} messageID
 */
function openFlow(element, { flowID, flowCTA, flowActionPayload }, messageID) {
	const data = flowActionPayload?.data
		? [make('code', { textContent: JSON.stringify(flowActionPayload.data) })]
		: [];
	const answers = make('textarea', { rows: 4, placeholder: 'name: Sari\ndate: 2030-01-31' });
	const form = make(
		'form',
		{},
		make('small', {
			textContent: `Flow ${flowID}${flowActionPayload?.screen ? `, screen ${flowActionPayload.screen}` : ''}`,
		}),
		...data,
		make('label', {}, 'Answers, one per line', answers),
		make('button', { className: 'primary', textContent: 'Send answers' }),
	);
	const close = openSheet(element, flowCTA, [form]);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		close();
		control('POST', '/flow', { messageID, response: parseAnswers(answers.value) });
	});
}

/** @param {string} text with one answer per line */
function parseAnswers(text) {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	return Object.fromEntries(
		lines.map((line, i) => {
			const colon = line.indexOf(':');
			return colon < 1
				? [`answer_${i + 1}`, line.trim()]
				: [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
		}),
	);
}
