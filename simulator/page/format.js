/** WhatsApp's formatting: *bold*, _italic_, ~strike~, `code` and ```monospace```. Web addresses become links. */

import { make, parseWebUrl } from './dom.js';

/** A mark stands at the edges of words, and no space is inside of it. */
const MARKS = /** @type {const} */ ([
	{ tag: 'strong', pattern: /(?<![\p{L}\p{N}*])\*(?![\s*])([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/u },
	{ tag: 'em', pattern: /(?<![\p{L}\p{N}_])_(?![\s_])([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u },
	{ tag: 's', pattern: /(?<![\p{L}\p{N}~])~(?![\s~])([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/u },
]);
const CODE = /```([^]+?)```|`([^`\n]+)`/;
const LINK = /https?:\/\/[^\s<>"]+/;

/**
 * Returns a text as nodes. Everything is added as text, so markup in it has no effect.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function formatted(text) {
	return split(text, CODE, ([, block, inline]) => make('code', { textContent: block ?? inline }), linked);
}

/** @param {string} text */
function linked(text) {
	return split(text, LINK, ([address]) => link(address), marked);
}

/** @param {string} address */
function link(address) {
	const text = address.replace(/[.,;:!?)\]*_~]+$/, '');
	const url = parseWebUrl(text);
	if (!url) return address;
	const anchor = make('a', {
		href: url.href,
		target: '_blank',
		rel: 'noopener noreferrer',
		textContent: text,
	});
	const rest = address.slice(text.length);
	return rest ? make('span', {}, anchor, rest) : anchor;
}

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function marked(text) {
	for (const { tag, pattern } of MARKS) {
		if (pattern.test(text))
			return split(text, pattern, ([, inner]) => make(tag, {}, ...marked(inner)), marked);
	}
	return [text];
}

/**
 * Splits a text at the matches of a pattern.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(match: RegExpExecArray) => Node | string} nodeOf makes the node of a match
 * @param {(text: string) => (Node | string)[]} rest makes the nodes of the text between the matches
 * @returns {(Node | string)[]}
 */
function split(text, pattern, nodeOf, rest) {
	const match = pattern.exec(text);
	if (!match) return text === '' ? [] : rest(text);
	return [
		...(match.index > 0 ? rest(text.slice(0, match.index)) : []),
		nodeOf(match),
		...split(text.slice(match.index + match[0].length), pattern, nodeOf, rest),
	];
}
