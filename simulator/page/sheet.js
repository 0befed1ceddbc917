/** A sheet over the lower part of a phone: the rows of a list, a flow, or what can be attached. */

import { make } from './dom.js';

/**
 * Opens a sheet in the phone that contains the element, in place of one that is open.
 *
 * @param {HTMLElement} element
 * @param {string} title
 * @param {HTMLElement[]} content
 * @returns {() => void} closes the sheet
 */
export function openSheet(element, title, content) {
	const phone = element.closest('.phone');
	phone?.querySelector('.sheet')?.remove();
	const close = () => {
		sheet.remove();
		element.focus();
	};
	const sheet = make(
		'div',
		{ className: 'sheet', role: 'dialog', ariaLabel: title },
		make(
			'header',
			{},
			make('strong', { textContent: title }),
			make('button', {
				type: 'button',
				className: 'plain',
				ariaLabel: 'Close',
				textContent: '✕',
				onclick: close,
			}),
		),
		...content,
	);
	sheet.addEventListener('keydown', ({ key }) => {
		if (key === 'Escape') close();
	});
	phone?.append(sheet);
	/** @type {HTMLElement | null} */ (sheet.querySelector('input, textarea, .row, select'))?.focus();
	return close;
}
