/** The file in which templates that were added are kept, so that they survive a restart. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Template } from './templates.cts';

/**
 * Returns the templates in the file; none if there is no file.
 *
 * @throws {Error} if the file does not contain a list
 */
export function readTemplates(file: string): Array<Partial<Template>> {
	return existsSync(file) ? parseTemplateList(readFileSync(file, 'utf8'), file) : [];
}

/** Writes the file as a whole, so that it is never half written. */
export function writeTemplates(file: string, templates: Template[]): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.new`, `${JSON.stringify(templates, null, '\t')}\n`);
	renameSync(`${file}.new`, file);
}

/**
 * @param file is named in the error
 * @throws {Error} if the text is not a JSON list
 */
export function parseTemplateList(text: string, file: string): Array<Partial<Template>> {
	const list = parseJson(text);
	if (!Array.isArray(list)) throw new Error(`${file} must contain a list of templates`);
	return list;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
