/** The variables of a template, from fields, from JSON, or from the template's own texts. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../api/text';
import { noColumn } from '../../../input/columns';
import { InvalidInput } from '../../../input/invalid';
import { isWebAddress } from '../../../input/values';
import { parseJsonValue } from '../../../input/json';
import type { Parameters } from '../../operation';
import {
	checkTexts,
	filled,
	GROUPS,
	MEDIA_TYPES,
	textsOf,
	variablesOf,
	type Group,
	type TemplateTexts,
	type TemplateVariable,
} from './text';
import { checkLength, checkMedia } from './limits';
import { variableText, type TextRules } from './variableText';

export type Variables = Record<Group, Array<{ name: string; value: string }>>;

/**
 * Template variables from the node's fields: `{ header: [{ type, name, value }], body: [{ name, value }], … }`.
 *
 * @throws {InvalidInput} naming the variable that cannot be used
 */
export function fromFields(value: unknown, rules: TextRules): Variables {
	const parts = isRecord(value) ? value : {};
	const dropped = GROUPS.find((group) => isDropped(parts[group]));
	if (dropped !== undefined) {
		throw new InvalidInput(
			'templateParameters',
			`has nothing but empty variables in ${dropped}`,
			'Fill them in. If an expression stands in place of the whole list: n8n does not pass it on here, so choose “Using JSON” under Template Parameters, and give it there.',
		);
	}
	const pathOf = (group: Group, index: number) => ['templateParameters', group, String(index), 'value'];
	return read('templateParameters', value, rules, pathOf);
}

/**
 * Whether a list can be what n8n makes of an expression in place of it: one entry for each character of the expression, with
 * the fields' defaults.
 */
function isDropped(list: unknown): boolean {
	const isBlank = ({ name, value }: IDataObject) =>
		value === '' && (name === undefined || name === '' || name === 'url_0');
	return Array.isArray(list) && list.length > 1 && list.every((entry) => isRecord(entry) && isBlank(entry));
}

/**
 * Template variables from JSON, as text or as an object: each part a list of `{ name, value }`, or an object
 * `{ variable: value }`. Their order is kept.
 *
 * @throws {InvalidInput} naming the variable that cannot be used, or the place where the text stops being JSON
 */
export function fromJson(value: unknown, rules: TextRules): Variables {
	return read('templateParametersJson', value, rules);
}

/** The variables to send. */
export interface Filled {
	variables: Variables;
	/** The template's texts with the values in their places, where the texts are known. */
	finished?: TemplateTexts;
}

/**
 * Template variables from the template's texts, and the values of n8n's resource mapper: given one by one, or taken from
 * the columns of the input row that have the variables' names.
 *
 * @throws {InvalidInput} naming the text or the variable that cannot be used
 */
export function fromTexts(parameters: Parameters, row: IDataObject, rules: TextRules): Filled {
	const texts = textsOf(parameters);
	checkTexts(texts);
	const list = variablesOf(texts);
	const given = valuesFor(list, parameters.templateValues, row);
	const groups: IDataObject = {};
	for (const group of GROUPS) {
		groups[group] = list
			.filter((one) => one.group === group)
			.map(({ name, field }) => ({
				name,
				value: given.get(field),
				...(group === 'header' ? { type: texts.headerType } : {}),
			}));
	}
	const pathOf = (group: Group, index: number) => {
		const { field } = list.filter((one) => one.group === group)[index];
		return ['templateValues', 'value', field];
	};
	const variables = read('templateValues', groups, { ...rules, missingHint: REFRESH }, pathOf);
	const finished = filled(
		texts,
		(group, name) => variables[group].find((variable) => variable.name === name)?.value ?? '',
	);
	for (const group of GROUPS) {
		if (group === 'header' && texts.headerType !== 'text') continue;
		const parts = group === 'buttons' ? finished.buttons : [finished[group]];
		const isAlone = texts.headerType === 'none' && texts.footer === '' && texts.buttons.length === 0;
		for (const text of parts)
			checkLength('templateValues', `finished ${group.replace(/s$/u, '')}`, group, text, isAlone);
	}
	return { variables, finished };
}

function valuesFor(list: TemplateVariable[], value: unknown, row: IDataObject): Map<string, unknown> {
	const mapper = parsed('templateValues', value);
	if (!isRecord(mapper)) throw new InvalidInput('templateValues', 'must be an object { "variable": value }');
	const isMapper = 'mappingMode' in mapper;
	if (isMapper && mapper.mappingMode === 'autoMapInputData') {
		const lacking = list.find(({ field }) => !Object.hasOwn(row, field));
		if (lacking === undefined) return new Map(Object.entries(row));
		throw new InvalidInput(
			'templateValues',
			`has no value for the ${which(lacking)}: ${noColumn(lacking.field, Object.keys(row))}`,
		);
	}
	const values = isMapper ? (mapper.value ?? {}) : mapper;
	const given = new Map(isRecord(values) ? Object.entries(values) : []);
	const fields = new Set(list.map(({ field }) => field));
	const stray = [...given].find(
		([field, one]) => !fields.has(field) && one !== null && one !== undefined && one !== '',
	);
	if (stray === undefined) return given;
	throw new InvalidInput(
		'templateValues',
		`has a value for "${stray[0]}", which is no variable of the texts`,
		REFRESH,
	);
}

const REFRESH =
	'Fill in the value of each variable, or leave this row out. If the values do not match the texts any more, choose “Refresh Variable List” in the ⋮ menu beside “Values”.';

function which({ group, name }: { group: Group; name: string }): string {
	return group === 'buttons' ? `button variable "${name}"` : `${group} variable "${name}"`;
}

function parsed(parameter: string, value: unknown): unknown {
	const given = parseJsonValue(parameter, value);
	return given === undefined ? {} : given;
}

/** @param pathOf where the value of an entry stands in the node's parameters */
function read(
	parameter: string,
	given: unknown,
	rules: TextRules,
	pathOf?: (group: Group, index: number) => string[],
): Variables {
	const value = parsed(parameter, given);
	if (!isRecord(value)) {
		const found = Array.isArray(value) ? 'is a list: it' : '';
		throw new InvalidInput(parameter, `${found} must be an object with ${GROUPS.join(', ')}`.trim());
	}
	const stray = Object.keys(value).find((key) => !(GROUPS as readonly string[]).includes(key));
	if (stray !== undefined) {
		throw new InvalidInput(parameter, `has a part "${stray}": only ${GROUPS.join(', ')} can have variables`);
	}
	const group = (name: Group) => {
		const list = entries(parameter, name, value[name]).map((entry, index) =>
			variable(parameter, name, entry, rules, pathOf?.(name, index)),
		);
		const twice = list.find((one, index) => list.findIndex((other) => other.name === one.name) < index);
		if (twice !== undefined)
			throw new InvalidInput(parameter, `has the ${which({ group: name, name: twice.name })} twice`);
		return list;
	};
	const variables = {
		header: group('header'),
		body: group('body'),
		footer: group('footer'),
		buttons: group('buttons'),
	};
	const isAlone = variables.header.length + variables.footer.length + variables.buttons.length === 0;
	for (const part of GROUPS) {
		for (const { name, value: text } of variables[part]) {
			if (part === 'header' && MEDIA_TYPES.includes(name) && isWebAddress(text)) continue;
			checkLength(parameter, which({ group: part, name }), part, text, isAlone);
		}
	}
	return variables;
}

function entries(parameter: string, group: Group, value: unknown): unknown[] {
	if (value === undefined || value === null || value === '') return [];
	if (Array.isArray(value)) return value;
	if (isRecord(value)) {
		if (Object.keys(value).sort().join() === 'name,value') {
			throw new InvalidInput(parameter, `has one { "name", "value" } as ${group}: put it in a list, [ … ]`);
		}
		return Object.entries(value).map(([name, content]) => ({ name, value: content }));
	}
	throw new InvalidInput(parameter, `has a ${group} that is neither a list nor an object`);
}

function variable(
	parameter: string,
	group: Group,
	entry: unknown,
	rules: TextRules,
	path?: string[],
): { name: string; value: string } {
	if (!isRecord(entry)) {
		throw new InvalidInput(parameter, `has an entry in ${group} that is not { "name": …, "value": … }`);
	}
	const media = mediaType(parameter, group, entry);
	const name = media ?? nameOf(parameter, group, entry);
	const value = variableText(parameter, which({ group, name }), entry.value, rules, path);
	return { name, value: media === undefined ? value : checkMedia(parameter, media, value.trim()) };
}

/** Only a header has a type. Without one the name tells, as in the API: a file goes by the name of its type. */
function mediaType(parameter: string, group: Group, { type, name }: IDataObject): string | undefined {
	if (group !== 'header' || type === 'text') return undefined;
	if (type === undefined || type === null) return MEDIA_TYPES.find((media) => media === name);
	if (MEDIA_TYPES.includes(String(type))) return String(type);
	throw new InvalidInput(
		parameter,
		`has a header of type "${String(type)}": it must be text, ${MEDIA_TYPES.join(', ')}`,
	);
}

function nameOf(parameter: string, group: Group, { name }: IDataObject): string {
	const text = typeof name === 'string' || typeof name === 'number' ? String(name).trim() : '';
	if (text === '') throw new InvalidInput(parameter, `has a variable without a name in ${group}`);
	return text;
}
