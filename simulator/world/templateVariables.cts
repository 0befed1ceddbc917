/** The variables of a template's texts, such as `{{name}}` or `[[name]]`. */

const VARIABLE = /\{\{([^{}]+)\}\}|\[\[([^[\]]+)\]\]/g;

/** Returns the names of the variables, each once, in the order of the text. */
export function variablesOf(text: string): string[] {
	const names = [...text.matchAll(VARIABLE)].map(([, braces, brackets]) => (braces ?? brackets).trim());
	return [...new Set(names)];
}
