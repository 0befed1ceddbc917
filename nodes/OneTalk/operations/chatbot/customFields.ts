/** The custom fields of a contact: a code, a kind of value, and the value as the API wants it. */

import { tryToParseDateTime, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import { InvalidInput, shown } from '../../input/invalid';
import { parseJson } from '../../input/json';
import { requiredTime } from '../../input/time';
import { optionalText } from '../../input/values';

const PARAMETER = 'customFields';

export const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: PARAMETER,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	description: 'Custom fields of contacts as they are set up in OneTalk. An empty value clears the field.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Code',
					name: 'code',
					type: 'string',
					default: '',
					placeholder: 'e.g. membership_id',
					description: 'The code of the custom field, as OneTalk shows it',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Date', value: 'date' },
						{ name: 'Multiple Choice', value: 'multipleChoice' },
						{ name: 'Text', value: 'text', description: 'Also numbers and a single choice' },
					],
					default: 'text',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description:
						'A date like 2026-01-31, as a day in the time zone of the workflow. Multiple choices as a list, or one on each line.',
				},
			],
		},
	],
};

/**
 * The values by code, as the API wants them: all of them text. A value that an expression did not find (null) counts as not
 * given.
 *
 * @throws {InvalidInput} naming the field's code
 */
export function customFieldValues(given: unknown, timezone: string): IDataObject {
	const list = isRecord(given) && Array.isArray(given.field) ? (given.field as unknown[]) : [];
	const codes = new Set<string>();
	const values = new Map<string, string>();
	list.forEach((entry, index) => {
		const { code: givenCode, type = 'text', value } = isRecord(entry) ? entry : {};
		const code = optionalText(PARAMETER, givenCode);
		if (code === '') throw new InvalidInput(PARAMETER, `has no code for field ${index + 1}`);
		if (codes.has(code)) throw new InvalidInput(PARAMETER, `has the code "${shown(code)}" twice`);
		codes.add(code);
		if (value === undefined || value === null) return;
		values.set(code, asText(code, type, value, timezone));
	});
	return Object.fromEntries(values);
}

function asText(code: string, type: unknown, value: unknown, timezone: string): string {
	switch (type) {
		case 'text':
			return plain(code, value);
		case 'date':
			return typeof value === 'string' && value.trim() === '' ? '' : day(value, timezone);
		case 'multipleChoice': {
			const choices = choicesOf(code, value);
			return choices.length === 0 ? '' : JSON.stringify(choices);
		}
		default:
			throw new InvalidInput(
				PARAMETER,
				`has the type "${shown(type)}" for "${shown(code)}": it must be text, date or multipleChoice`,
			);
	}
}

function plain(code: string, value: unknown): string {
	if (Array.isArray(value)) return JSON.stringify(value);
	if (typeof value !== 'object') return String(value);
	throw new InvalidInput(PARAMETER, `has an object for "${shown(code)}": it must be text`);
}

/** The day of a point in time, `YYYY-MM-DD` in the zone of the workflow. */
function day(value: unknown, timezone: string): string {
	const time = new Date(requiredTime(PARAMETER, value, timezone)).toISOString();
	return tryToParseDateTime(time, timezone).setZone(timezone).toFormat('yyyy-MM-dd');
}

/** A list, a JSON list, or one choice a line; a comma belongs to a choice. */
function choicesOf(code: string, value: unknown): string[] {
	const list = Array.isArray(value) ? (value as unknown[]) : listIn(String(value));
	if (typeof value === 'object' && !Array.isArray(value))
		throw new InvalidInput(PARAMETER, `has an object for "${shown(code)}": it must be a list of choices`);
	return list
		.map((choice) => {
			if (typeof choice === 'object' && choice !== null)
				throw new InvalidInput(PARAMETER, `has a choice for "${shown(code)}" that is not text`);
			return String(choice ?? '').trim();
		})
		.filter((choice) => choice !== '');
}

function listIn(text: string): unknown[] {
	const json = text.trim().startsWith('[') ? parseJson(text) : undefined;
	if (json !== undefined && 'value' in json && Array.isArray(json.value)) return json.value as unknown[];
	return text.split(/\r\n|[\n\r]/u);
}
