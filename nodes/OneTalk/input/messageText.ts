/** What gives away that a text for a person was not put together as its author meant it. */

import type { IDataObject } from 'n8n-workflow';

import { columnsAlone, noColumn } from './columns';

/**
 * What is wrong with a finished text, whatever it was made from; undefined where nothing is.
 *
 * @returns the end of a sentence that begins with the name of the text
 */
export function faultInText(text: string): string | undefined {
	if (text.includes('[object Object]')) {
		return 'has "[object Object]" in the place of an object: use one of its fields, e.g. {{ $json.customer.name }}';
	}
	const [unresolved] = /\{\{\s*\$.{0,30}/u.exec(text) ?? [];
	if (unresolved !== undefined) {
		return `has an expression that n8n did not evaluate (${unresolved}): switch the field from Fixed to Expression`;
	}
	const word = text.trim();
	if (word === 'undefined' || word === 'null') {
		return `is nothing but "${word}", which an expression gives for a value that is not there`;
	}
	return undefined;
}

/** What an expression writes in the place of a value that is not there. */
const WORDS_FOR_NOTHING = ['undefined', 'NaN', 'Invalid DateTime'];

/** A placeholder that is only a path: for a value that is not there, n8n writes nothing in its place. */
const PATH =
	/\{\{\s*\$(?:\w+|\((?:"[^"]*"|'[^']*')\))(?:\??\.(?:(?:first|last)\(\)|\w+)|\[(?:"[^"]*"|'[^']*'|\d+)\])*\s*\}\}/gu;

/** Whether an expression can write a word for a value that is not there. What an AI model fills in may have such a word. */
function mayWriteWords(expression: string): boolean {
	return !expression.includes('$fromAI') && expression.replace(PATH, '').includes('{{');
}

/** An expression, and what it is evaluated for. */
interface Source {
	expression: string;
	/** The value of `$json`. */
	json(): IDataObject;
	/** The names of the columns that `$json` has for any item. */
	columns(): string[];
}

/**
 * What an expression has left out of the text that it made, where that is certain: a column that no item has, or a word for
 * nothing that neither the expression nor the item has.
 *
 * @returns the end of a sentence that begins with the name of the text
 */
export function gapInText(text: string, { expression, json, columns }: Source): string | undefined {
	const missing = columnsAlone(expression).find((name) => !columns().includes(name));
	if (missing !== undefined) {
		return `has a gap: ${noColumn(missing, columns())}`;
	}
	if (!mayWriteWords(expression)) return undefined;
	const word = WORDS_FOR_NOTHING.find(
		(one) =>
			new RegExp(`(?<![\\p{L}\\p{N}])${one}(?![\\p{L}\\p{N}])`, 'u').test(text) && !expression.includes(one),
	);
	if (word === undefined || JSON.stringify(json()).includes(word)) return undefined;
	return `has "${word}" in the place of a value that is not there`;
}
