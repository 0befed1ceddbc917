/**
 * The approved templates. The API has no endpoint that returns their texts, so they are added by hand. With them, the
 * page shows finished messages. Templates that are not here can also be sent.
 */

const MAX_TEMPLATES = 200;
const MAX_TEXT_LENGTH = 40_000;
const MAX_BUTTONS = 10;

/** The texts of an approved template, as they are in OneTalk. */
export interface Template {
	templateName: string;
	languageCode: string;
	/** Empty if the template has no header, or a header that is a file. */
	header: string;
	body: string;
	footer: string;
	/** The URL of each button, or its label if it has no URL. */
	buttons: string[];
	/** Only if the header is a file. */
	headerType?: HeaderType;
}

const HEADER_TYPES = ['image', 'video', 'document'] as const;
export type HeaderType = (typeof HEADER_TYPES)[number];

const FIELDS: ReadonlyArray<keyof Template> = [
	'templateName',
	'languageCode',
	'header',
	'body',
	'footer',
	'buttons',
	'headerType',
];

export class TemplateStore {
	private readonly byKey = new Map<string, Template>();

	constructor(private readonly changed: () => void) {}

	/** Returns the template with this name and language. */
	get(templateName: string, languageCode: string): Template | undefined {
		return this.byKey.get(keyOf({ templateName, languageCode }));
	}

	/** In the order in which they were added. */
	get list(): Template[] {
		return [...this.byKey.values()];
	}

	clear(): void {
		this.byKey.clear();
		this.changed();
	}

	/**
	 * Adds a template, or replaces the one with the same name and language.
	 *
	 * @throws {Error} that names the field
	 */
	add(input: unknown): Template {
		const template = parseTemplate(input);
		const key = keyOf(template);
		if (!this.byKey.has(key) && this.byKey.size >= MAX_TEMPLATES)
			throw new Error(`There are already ${MAX_TEMPLATES} templates. Reset the simulator to add others`);
		this.byKey.set(key, template);
		this.changed();
		return template;
	}

	/** @throws {Error} if there is no such template */
	remove(templateName: string, languageCode: string): void {
		if (!this.byKey.delete(keyOf({ templateName, languageCode })))
			throw new Error(`There is no template "${templateName}" in the language "${languageCode}"`);
		this.changed();
	}
}

function keyOf({ templateName, languageCode }: Pick<Template, 'templateName' | 'languageCode'>): string {
	return JSON.stringify([templateName, languageCode]);
}

/** @throws {Error} that names the field */
function parseTemplate(input: unknown): Template {
	if (typeof input !== 'object' || input === null || Array.isArray(input))
		throw new Error('A template must be an object');
	const fields = input as Record<string, unknown>;
	const unknown = Object.keys(fields).find((name) => !FIELDS.some((field) => field === name));
	if (unknown !== undefined)
		throw new Error(`A template has no field "${unknown}". Fields: ${FIELDS.join(', ')}`);
	return Object.freeze({
		templateName: requiredText(fields, 'templateName'),
		languageCode: requiredText(fields, 'languageCode'),
		header: text(fields, 'header'),
		body: requiredText(fields, 'body'),
		footer: text(fields, 'footer'),
		buttons: buttonTexts(fields.buttons),
		...headerType(fields),
	});
}

function headerType({ headerType: type, header }: Record<string, unknown>): Pick<Template, 'headerType'> {
	if (type === undefined || type === '') return {};
	const known = HEADER_TYPES.find((one) => one === type);
	if (!known) throw new Error(`headerType must be one of ${HEADER_TYPES.join(', ')}`);
	if (header) throw new Error('A template with a headerType has no header text');
	return { headerType: known };
}

function requiredText(fields: Record<string, unknown>, name: string): string {
	const value = text(fields, name);
	if (value.trim() === '') throw new Error(`${name} must not be empty`);
	return value;
}

function text(fields: Record<string, unknown>, name: string): string {
	const value = fields[name] ?? '';
	if (typeof value !== 'string' || value.length > MAX_TEXT_LENGTH) throw new Error(`${name} must be text`);
	return value;
}

function buttonTexts(list: unknown = []): string[] {
	if (
		!Array.isArray(list) ||
		list.length > MAX_BUTTONS ||
		!list.every((item): item is string => typeof item === 'string')
	)
		throw new Error(`buttons must be a list of up to ${MAX_BUTTONS} texts`);
	return list;
}
