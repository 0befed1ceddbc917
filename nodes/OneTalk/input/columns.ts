/** The columns of the input that expressions use, and what to say where one is not there. */

import type { IDataObject } from 'n8n-workflow';

import { excerpt } from '../api/text';

/** `$json.name`, `$json["name"]`, and the same of `$input.item.json`. */
const COLUMN =
	/\$(?:json|input\.item\.json)(?:\??\.([\p{L}_$][\p{L}\p{N}_$]*)|(?:\?\.)?\[\s*(?:"([^"]+)"|'([^']+)')\s*\])/gu;

/** The columns of the input that an expression uses, by their first names: `customer` of `$json.customer.name`. */
export function columnsIn(expression: string): string[] {
	return [...expression.matchAll(COLUMN)].map(([, plain, double, single]) => plain ?? double ?? single);
}

/** A column that stands alone between its braces, so that nothing else can fill its place. */
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** The columns that stand alone between braces: `name` of `Hi {{ $json.name }}`, none of `Hi {{ $json.name || "you" }}`. */
export function columnsAlone(expression: string): string[] {
	return [...expression.matchAll(PLACEHOLDER)].flatMap(([, inner]) => {
		const [first] = inner.matchAll(COLUMN);
		return first?.[0] === inner ? columnsIn(inner) : [];
	});
}

const MAX_LISTED = 12;

/** Says that a column is not there, which ones are, and which of them may be meant. */
export function noColumn(name: string, columns: string[]): string {
	const nearest = nearestTo(name, columns);
	const meant = nearest === undefined ? '' : `. Did you mean "${nearest}"?`;
	return `the input has no column "${name}", only ${listOf(columns)}${meant}`;
}

/** Says why an expression gives nothing for a row. */
export function whyEmpty(expression: string, row: IDataObject): string {
	const columns = Object.keys(row);
	const missing = columnsIn(expression).find((name) => !Object.hasOwn(row, name));
	return missing === undefined
		? `its expression gives nothing for this row, which has ${listOf(columns)}`
		: noColumn(missing, columns);
}

function listOf(columns: string[]): string {
	if (columns.length === 0) return 'an empty row';
	const listed = columns.slice(0, MAX_LISTED).map((name) => `"${excerpt(name).slice(0, 40)}"`);
	return `${listed.join(', ')}${columns.length > MAX_LISTED ? ' …' : ''}`;
}

/** The column whose name is the same but for case and signs, or differs in about a third of its letters at most. */
function nearestTo(name: string, columns: string[]): string | undefined {
	const wanted = lettersOf(name);
	const [best] = columns
		.slice(0, 200)
		.map((column) => ({ column, distance: distanceOf(wanted, lettersOf(column)) }))
		.sort((a, b) => a.distance - b.distance);
	return best !== undefined && best.distance <= Math.max(1, wanted.length / 3) && wanted.length > 1
		? best.column
		: undefined;
}

function lettersOf(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '')
		.slice(0, 40);
}

/** How many letters must be changed, added, removed or swapped with the next one (optimal string alignment). */
function distanceOf(a: string, b: string): number {
	const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			const swapped =
				i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
			row.push(Math.min(changed, swapped, rows[i - 1][j] + 1, row[j - 1] + 1));
		}
		rows.push(row);
	}
	return rows[a.length][b.length];
}
