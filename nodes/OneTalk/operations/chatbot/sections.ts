/** The sections of a list message, made of rows that say which section they belong to. */

import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalid';
import { atMost } from '../../input/length';
import type { Parameters } from '../operation';
import { entriesOf, entryText, refuseOtherKeys, refuseTwice } from './entries';
import {
	MAX_ROW_DESCRIPTION,
	MAX_ROW_ID,
	MAX_ROW_TITLE,
	MAX_ROWS,
	MAX_SECTION_TITLE,
	MAX_SECTIONS,
} from './limits';

const FORM = '{ "section", "id", "title", "description" } or { "title", "rows" }';

/** A row with its section, as given. */
interface GivenRow {
	section: unknown;
	entry: IDataObject;
}

/**
 * The sections in the order in which their titles first appear; rows keep their order.
 *
 * @throws {InvalidInput} naming the row
 */
export function sectionsOf(parameters: Parameters): IDataObject[] {
	const { parameter, list } = entriesOf(parameters, {
		mode: 'rowsMode',
		fields: 'rows',
		group: 'row',
		json: 'rowsJson',
		form: FORM,
	});
	const given = list.flatMap((entry) => rowsOf(parameter, entry));
	if (given.length === 0) throw new InvalidInput(parameter, `has no row: add one to ${MAX_ROWS}`);
	if (given.length > MAX_ROWS)
		throw new InvalidInput(
			parameter,
			`has ${given.length} rows: at most ${MAX_ROWS} are allowed over all sections`,
		);

	const sections = new Map<string, Array<{ id: string; title: string; description?: string }>>();
	given.forEach(({ section, entry }, index) => {
		const where = `row ${index + 1}`;
		const title = entryText(parameter, `the section of ${where}`, section);
		const row = rowOf(parameter, where, entry);
		sections.set(title, [...(sections.get(title) ?? []), row]);
	});
	checkTitles(parameter, [...sections.keys()]);
	refuseTwice(
		parameter,
		'row ID',
		[...sections.values()].flat().map(({ id }) => id),
	);
	return [...sections].map(([title, rows]) => (title === '' ? { rows } : { title, rows }));
}

/** An entry is a row, or a section with rows. */
function rowsOf(parameter: string, entry: IDataObject): GivenRow[] {
	if (!('rows' in entry)) {
		refuseOtherKeys(parameter, 'a row', entry, ['section', 'id', 'title', 'description']);
		return [{ section: entry.section, entry }];
	}
	refuseOtherKeys(parameter, 'a section', entry, ['title', 'rows']);
	const { rows } = entriesOfSection(parameter, entry);
	return rows.map((row) => {
		refuseOtherKeys(parameter, 'a row of a section', row, ['id', 'title', 'description']);
		return { section: entry.title, entry: row };
	});
}

function entriesOfSection(parameter: string, { rows }: IDataObject): { rows: IDataObject[] } {
	const isList = Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null);
	if (!isList) throw new InvalidInput(parameter, `has a section without a list of rows: write ${FORM}`);
	return { rows: rows as IDataObject[] };
}

function rowOf(parameter: string, where: string, entry: IDataObject) {
	const title = entryText(parameter, `the title of ${where}`, entry.title);
	if (title === '') throw new InvalidInput(parameter, `has no title for ${where}`);
	const id = entryText(parameter, `the ID of ${where}`, entry.id) || title;
	const description = entryText(parameter, `the description of ${where}`, entry.description);
	return {
		id: atMost(parameter, id, MAX_ROW_ID, `the ID of ${where}`),
		title: atMost(parameter, title, MAX_ROW_TITLE, `the title of ${where}`),
		...(description === ''
			? {}
			: { description: atMost(parameter, description, MAX_ROW_DESCRIPTION, `the description of ${where}`) }),
	};
}

function checkTitles(parameter: string, titles: string[]): void {
	if (titles.length > MAX_SECTIONS)
		throw new InvalidInput(parameter, `has ${titles.length} sections: at most ${MAX_SECTIONS} are allowed`);
	if (titles.length > 1 && titles.includes(''))
		throw new InvalidInput(parameter, 'has rows with and without a section: give each row one, or none');
	titles.forEach((title) => atMost(parameter, title, MAX_SECTION_TITLE, `the section "${title}"`));
}
