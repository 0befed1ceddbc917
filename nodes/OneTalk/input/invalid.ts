/** The error for a parameter that cannot be used. */

/** A parameter that cannot be used as it is. The message continues the parameter's label: `Phone` + `is empty`. */
export class InvalidInput extends Error {
	constructor(
		/** The parameter's name in the node. */
		readonly parameter: string,
		/** What is wrong with it and how to fix it, without the label. */
		readonly reason: string,
		/** The next step. */
		readonly hint = reason === 'is empty'
			? 'Fill it in, or leave this row out.'
			: 'Correct it, or leave this row out.',
		/** Where its value stands in the node's parameters, for finding the expression that gave it. */
		readonly path = [parameter],
	) {
		super(`${parameter} ${reason}`);
	}

	/** The next step where the batch has so many rows: a single one cannot be left out. */
	hintFor(rows: number): string {
		return rows > 1 ? this.hint : this.hint.replace(', or leave this row out', '');
	}
}

/** A parameter without the value that it needs. */
export class EmptyInput extends InvalidInput {
	constructor(
		parameter: string,
		reason = 'is empty',
		hint = 'Fill it in, or leave this row out.',
		path = [parameter],
	) {
		super(parameter, reason, hint, path);
	}
}

const MAX_SHOWN = 60;

/** A value as it is quoted in a message: at most 60 characters of it. */
export function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
