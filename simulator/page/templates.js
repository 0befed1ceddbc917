/** The approved templates of the page: the list, the form for a new one, and how a template is filled in. */

import { byId, control, make, showList } from './dom.js';

/**
 * @typedef {import('../world/templates.cts').Template} Template
 * @typedef {import('../world/types.cts').TemplateParameter} TemplateParameter
 * @typedef {Partial<import('../world/types.cts').TemplateParameters>} Parameters
 */

/** @param {{ templates: Template[] }} state */
export function showTemplates({ templates }) {
	byId('template-count').textContent = templates.length || '';
	showList(byId('template-list'), templates, JSON.stringify, templateElement);
}

/** Adds an approved template when the form is submitted. */
export function listenForTemplates() {
	const form = byId('new-template');
	form.addEventListener('submit', async (/** @type {Event} */ event) => {
		event.preventDefault();
		const { buttons, ...texts } = /** @type {Record<string, string>} */ (
			Object.fromEntries(new FormData(form))
		);
		if (!texts.headerType) delete texts.headerType;
		const lines = buttons.split(/\r?\n/).filter((line) => line.trim() !== '');
		if (await control('POST', '/templates', { ...texts, buttons: lines })) form.reset();
	});
}

/** @param {Template} template */
function templateElement({ templateName, languageCode, header, headerType, body, footer, buttons }) {
	const text = (/** @type {string} */ className, /** @type {string} */ textContent) =>
		textContent === '' ? [] : [make('p', { className, textContent })];
	return make(
		'article',
		{ className: 'card' },
		make(
			'div',
			{ className: 'template-name' },
			make('strong', { textContent: templateName }),
			make('span', { className: 'tag', textContent: languageCode }),
		),
		...text('template-header', headerType ? `(${headerType})` : header),
		...text('template-body', body),
		...text('template-footer', footer),
		...buttons.map((label) => make('div', { className: 'template-button', textContent: label })),
		make('button', {
			type: 'button',
			className: 'plain remove',
			textContent: 'Remove',
			onclick: () => control('DELETE', '/templates', { templateName, languageCode }),
		}),
	);
}

/**
 * Returns a template's texts with the values filled in. A variable without a value stays as it is in the template.
 *
 * @param {Template} template
 * @param {Parameters} parameters
 */
export function finishedOf({ header, body, footer, buttons }, parameters) {
	return {
		header: fill(header, parameters.header),
		body: fill(body, parameters.body),
		footer: fill(footer, parameters.footer),
		buttons: buttons.map((text, index) => {
			const own = parameters.buttons?.find(({ name }) => name === `url_${index}`);
			return own ? text.replace(VARIABLE, () => own.value) : text;
		}),
	};
}

const VARIABLE = /\{\{([^{}]+)\}\}|\[\[([^[\]]+)\]\]/g;

/**
 * @param {string} text
 * @param {TemplateParameter[]} [values]
 */
function fill(text, values = []) {
	return text.replace(VARIABLE, (found, braces, brackets) => {
		const name = (braces ?? brackets).trim();
		return values.find((one) => one.name === name)?.value ?? found;
	});
}
