/** Helpers of the page: making and finding elements, times, URLs, and requests to the controls. */

/**
 * Makes an element. Text is always added as text, never as markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {object} [properties] of the element, such as className
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
 * @returns {any} the element of the page. Its type depends on the ID, which TypeScript cannot know
 */
export function byId(id) {
	return document.getElementById(id);
}

/**
 * Updates a container to one element per item, in order. An element is kept as long as its item is there, so that
 * nothing flickers and the text that a person is typing is not lost.
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

/** @param {[value: string, label: string][]} choices */
export function select(choices) {
	return make('select', {}, ...choices.map(([value, textContent]) => make('option', { value, textContent })));
}

/** @param {HTMLElement} element */
export function scrollToEnd(element) {
	element.scrollTop = element.scrollHeight;
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
 * @returns {URL | null} null unless it is an http or https URL
 */
export function parseWebUrl(text) {
	try {
		const url = new URL(String(text));
		return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
	} catch {
		return null;
	}
}

/**
 * Sends a request to the simulator's controls, and shows its error on the page.
 *
 * @param {string} method
 * @param {string} path below /_simulator
 * @param {unknown} [body]
 * @returns {Promise<any>} the response body, which depends on the path; undefined if there was an error
 */
export async function control(method, path, body) {
	const notice = byId('notice');
	try {
		const response = await fetch(`/_simulator${path}`, {
			method,
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const result = await response.json();
		notice.textContent = response.ok ? '' : result.error;
		notice.hidden = response.ok;
		return response.ok ? result : undefined;
	} catch {
		notice.textContent = 'The simulator does not respond. Is it still running?';
		notice.hidden = false;
		return undefined;
	}
}
