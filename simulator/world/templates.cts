/**
 * @typedef {object} Template the texts of an approved template, as they stand in OneTalk
 * @property {string} templateName
 * @property {string} languageCode
 * @property {string} header a text; empty if it has none, or a file
 * @property {string} body
 * @property {string} footer
 * @property {string[]} buttons the URL of each, or its label where it has none
 */

const MOST_KEPT = 200;

/**
 * The approved templates. The API has no way to ask for them, so they are told to the simulator by hand: with them its
 * page shows finished messages. A template that is not known is taken all the same.
 */
class TemplateStore {
	/** @param {() => void} changed */
	constructor(changed) {
		this.changed = changed;
		/** @type {Map<string, Template>} */
		this.byKey = new Map();
	}

	/** @returns {Template[]} in the order in which they were added */
	get list() {
		return [...this.byKey.values()];
	}

	clear() {
		this.byKey.clear();
		this.changed();
	}

	/**
	 * Adds a template, or replaces the one of the same name and language.
	 *
	 * @param {unknown} given
	 * @returns {Template}
	 * @throws {Error} that names the field
	 */
	add(given) {
		const template = checkTemplate(given);
		const key = JSON.stringify([template.templateName, template.languageCode]);
		if (!this.byKey.has(key) && this.byKey.size >= MOST_KEPT)
			throw new Error(`There are ${MOST_KEPT} templates already: start over to add others`);
		this.byKey.set(key, template);
		this.changed();
		return template;
	}
}

/**
 * @param {unknown} given
 * @returns {Template}
 * @throws {Error} that names the field
 */
function checkTemplate(given) {
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		throw new Error('A template must be an object');
	const fields = /** @type {Record<string, unknown>} */ (given);
	const known = ['templateName', 'languageCode', 'header', 'body', 'footer', 'buttons'];
	const stray = Object.keys(fields).find((name) => !known.includes(name));
	if (stray !== undefined) throw new Error(`A template has no field "${stray}". Fields: ${known.join(', ')}`);
	const text = (/** @type {string} */ name, isRequired = false) => {
		const value = fields[name] ?? '';
		if (typeof value !== 'string' || value.length > 40_000) throw new Error(`${name} must be text`);
		if (isRequired && value.trim() === '') throw new Error(`${name} must not be empty`);
		return value;
	};
	const { buttons = [] } = fields;
	if (!Array.isArray(buttons) || buttons.length > 10 || !buttons.every((one) => typeof one === 'string'))
		throw new Error('buttons must be a list of up to 10 texts');
	return Object.freeze({
		templateName: text('templateName', true),
		languageCode: text('languageCode', true),
		header: text('header'),
		body: text('body', true),
		footer: text('footer'),
		buttons,
	});
}

export { TemplateStore };
