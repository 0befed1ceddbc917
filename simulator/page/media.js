/** Pictures, files and places in a chat. */

import { make, parseWebUrl, scrollToEnd } from './dom.js';
import { formatted } from './format.js';

/**
 * @param {string} text the URL
 * @param {string} name
 */
export function picture(text, name) {
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
		if (chat instanceof HTMLElement && chat.dataset.atEnd !== 'no') scrollToEnd(chat);
	});
	image.src = url.href;
	return image;
}

/**
 * @param {string} text the URL
 * @param {string} name
 */
export function file(text, name) {
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

/** @param {{ latitude: number, longitude: number, name: string, address: string }} location */
export function place({ latitude, longitude, name, address }) {
	return make(
		'span',
		{ className: 'file' },
		make('span', { className: 'file-icon', ariaHidden: 'true', textContent: '⌖' }),
		make(
			'span',
			{},
			make('strong', { textContent: name || 'Location' }),
			make('small', { textContent: address || `${latitude}, ${longitude}` }),
		),
	);
}

/** @param {string} [text] */
export function caption(text) {
	return text ? [paragraph(text)] : [];
}

/**
 * @param {string} text with WhatsApp's formatting
 * @param {string} [className]
 */
export function paragraph(text, className = '') {
	return make('p', { className }, ...formatted(text));
}

/** @param {string} text a URL */
export function lastPart(text) {
	return parseWebUrl(text)?.pathname.split('/').pop() ?? '';
}
