/**
 * Makes an element. Text always goes in as text, never as markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties] of the element, such as className
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties = {}, ...children) {
	const element = Object.assign(document.createElement(tag), properties);
	element.append(...children);
	return element;
}

/**
 * @param {string} id
 * @returns {any} the element of the page
 */
export function byId(id) {
	return document.getElementById(id);
}

/**
 * Makes a container hold one element per item, in order. Elements stay as long as their item does, so that nothing
 * flickers and what a person is typing is left alone.
 *
 * @template T
 * @param {HTMLElement} container
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement & { update?: (item: T) => void }} create
 */
export function showList(container, items, keyOf, create) {
	const present = new Map(
		[...container.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]),
	);
	items.forEach((item, index) => {
		const key = keyOf(item);
		const element = /** @type {ReturnType<create>} */ (present.get(key) ?? create(item));
		element.dataset.key = key;
		present.delete(key);
		element.update?.(item);
		if (container.children[index] !== element)
			container.insertBefore(element, container.children[index] ?? null);
	});
	for (const left of present.values()) left.remove();
}

/**
 * @param {number} ms Unix milliseconds
 * @returns {string} hour and minute
 */
export function timeOf(ms) {
	return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/**
 * @param {unknown} text
 * @returns {URL | null} only if it leads to the web
 */
export function webAddress(text) {
	try {
		const url = new URL(String(text));
		return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
	} catch {
		return null;
	}
}

/**
 * Asks the simulator's controls, and shows on the page what they refuse.
 *
 * @param {string} method
 * @param {string} path below /_simulator
 * @param {unknown} [body]
 * @returns {Promise<any>} the answer, or undefined if it was refused
 */
export async function control(method, path, body) {
	const notice = byId('notice');
	try {
		const response = await fetch(`/_simulator${path}`, {
			method,
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const answer = await response.json();
		notice.textContent = response.ok ? '' : answer.error;
		notice.hidden = response.ok;
		return response.ok ? answer : undefined;
	} catch {
		notice.textContent = 'The simulator does not answer. Is it still running?';
		notice.hidden = false;
		return undefined;
	}
}
