/** A template's texts, and the variables in them. */

import { InvalidInput } from '../../../input/invalid';
import type { Parameters } from '../../operation';

/** The four parts of a template that can hold variables; all four are always sent, empty if unused. */
export const GROUPS = ['header', 'body', 'footer', 'buttons'] as const;

export type Group = (typeof GROUPS)[number];

/** What a header can be beside text. */
export const MEDIA_TYPES = ['image', 'video', 'document'];

/** One variable, as the texts of a template have it. */
export interface TemplateVariable {
	group: Group;
	/** What it is called in the request: its own name, the type of a media header, or `url_0`. */
	name: string;
	/** The field, or the column of the input, that holds its value. */
	field: string;
}

/** A template's texts as they stand in OneTalk, with `\n` as line end. */
export interface TemplateTexts {
	headerType: string;
	header: string;
	body: string;
	footer: string;
	/** The URL of each button, or its label where it has none. */
	buttons: string[];
}

/** `{{name}}` or `[[name]]`, with or without spaces inside; the innermost where braces are nested. */
const VARIABLE = /\{\{([^{}]+)\}\}|\[\[([^[\]]+)\]\]/gu;

/** The texts from the node's parameters, unchecked; one that is missing is empty. */
export function textsOf(parameters: Parameters): TemplateTexts {
	const headerType = String(parameters.templateHeaderType ?? 'none');
	return {
		headerType,
		header: headerType === 'text' ? asWritten(parameters.templateHeader) : '',
		body: asWritten(parameters.templateBody),
		footer: asWritten(parameters.templateFooter),
		buttons: asWritten(parameters.templateButtons)
			.split('\n')
			.filter((line) => line.trim() !== ''),
	};
}

function asWritten(value: unknown): string {
	return typeof value === 'string' ? value.replace(/\r\n?/gu, '\n') : '';
}

/** Every variable once, in the order of the texts: header, body, footer, buttons. */
export function variablesOf({
	headerType,
	header,
	body,
	footer,
	buttons,
}: TemplateTexts): TemplateVariable[] {
	const names = new Set([header, body, footer].flatMap(namesIn));
	/** A field name of our own, apart from every variable that has this very name. */
	const ownField = (field: string): string => (names.has(field) ? ownField(`${field}_`) : field);
	/** Numbers start again in each part, so that only those of the body go by their number alone. */
	const fieldOf = (group: Group, name: string) =>
		group !== 'body' && /^\d+$/u.test(name) ? ownField(`${group}_${name}`) : name;
	const named = (group: Group, text: string) =>
		namesIn(text).map((name) => ({ group, name, field: fieldOf(group, name) }));
	return [
		...(MEDIA_TYPES.includes(headerType)
			? [{ group: 'header' as const, name: headerType, field: ownField(`header_${headerType}`) }]
			: []),
		...named('header', header),
		...named('body', body),
		...named('footer', footer),
		...buttons.flatMap((text, index) =>
			namesIn(text).length === 0
				? []
				: [{ group: 'buttons' as const, name: buttonName(index), field: ownField(buttonName(index)) }],
		),
	];
}

function buttonName(index: number): string {
	return `url_${index}`;
}

function namesIn(text: string): string[] {
	return [...new Set([...text.matchAll(VARIABLE)].map(nameOf))].filter((name) => name !== '');
}

function nameOf([, braces, brackets]: RegExpMatchArray): string {
	return (braces ?? brackets).trim();
}

/**
 * Refuses texts that cannot be those of an approved template.
 *
 * @throws {InvalidInput} naming the text and what is wrong with it
 */
export function checkTexts({ headerType, header, body, footer, buttons }: TemplateTexts): void {
	if (headerType === 'text') checkText('templateHeader', header);
	else if (headerType !== 'none' && !MEDIA_TYPES.includes(headerType)) {
		throw new InvalidInput(
			'templateHeaderType',
			`(${headerType}) must be none, text, ${MEDIA_TYPES.join(', ')}`,
		);
	}
	checkText('templateBody', body);
	if (footer !== '') checkText('templateFooter', footer);
	for (const [index, text] of buttons.entries()) {
		checkText('templateButtons', text);
		if (namesIn(text).length > 1)
			throw new InvalidInput(
				'templateButtons',
				`has two variables in line ${index + 1}: a button has only one`,
			);
	}
}

function checkText(parameter: string, text: string): void {
	if (text.trim() === '') throw new InvalidInput(parameter, 'is empty');
	const rest = text.replace(VARIABLE, (found, braces?: string, brackets?: string) =>
		(braces ?? brackets ?? '').trim() === '' ? found : '',
	);
	const stray = /.{0,20}(?:\{\{|\}\}).{0,20}/u.exec(rest);
	if (stray !== null) {
		throw new InvalidInput(
			parameter,
			`has braces that belong to no variable (${stray[0]}): write each variable as {{name}}`,
		);
	}
}

/** The finished texts. The header of a media type is the address of its file. */
export function filled(texts: TemplateTexts, valueOf: (group: Group, name: string) => string): TemplateTexts {
	const fill = (group: Group, text: string, fixed?: string) =>
		text.replace(VARIABLE, (found, ...groups: string[]) => {
			const name = nameOf([found, ...groups] as RegExpMatchArray);
			return name === '' ? found : valueOf(group, fixed ?? name);
		});
	const { headerType, header, body, footer, buttons } = texts;
	return {
		headerType,
		header: MEDIA_TYPES.includes(headerType) ? valueOf('header', headerType) : fill('header', header),
		body: fill('body', body),
		footer: fill('footer', footer),
		buttons: buttons.map((text, index) => fill('buttons', text, buttonName(index))),
	};
}

/** A finished message as one text: what the customer reads, and the addresses of files and buttons. */
export function previewOf({ headerType, header, body, footer, buttons }: TemplateTexts): string {
	const file = `[${headerType[0].toUpperCase()}${headerType.slice(1)}] ${header}`;
	const parts = [
		MEDIA_TYPES.includes(headerType) ? file : header,
		body,
		footer,
		buttons.map((text) => `[Button] ${text}`).join('\n'),
	];
	return parts.filter((part) => part !== '').join('\n\n');
}
