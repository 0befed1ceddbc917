/** The words for rows that failed: the message, the next step, and the count of what became of all rows. */

import type { Failure } from '../api/types';
import { withCode } from '../api/withCode';
import { labelOf } from '../operations/labels';
import type { Operation } from '../operations/operation';
import type { Outcome } from './outcome';

/** What happened, with the parameter's label and OneTalk's code. */
export function failureMessage(operation: Operation, failure: Failure): string {
	const { kind, field } = failure;
	const label = field === undefined || kind === 'invalid' ? undefined : (labelOf(operation, field) ?? field);
	const what = withCode(failure, ...(label === undefined ? [] : [`parameter "${label}"`]));
	return isUnknown(operation, failure) ? `${operation.effect.unknown}: ${what}` : what;
}

/** What to do next. */
export function failureHint(operation: Operation, failure: Failure): string {
	if (!isUnknown(operation, failure)) return operation.explain?.(failure) ?? failure.hint;
	const { check } = operation.effect;
	// An answer without a code is not OneTalk's: then there is something to fix as well.
	return failure.code === undefined || failure.lasting ? `${check} ${failure.hint}`.trim() : check;
}

/** Whether nobody knows if the request was done. A call that may be repeated has no such outcome. */
export function isUnknown({ repeatable }: Operation, { kind }: Failure): boolean {
	return !repeatable && kind === 'broken';
}

/** A failed row. */
export interface FailedRow {
	/** What the user calls it. */
	row: string;
	failure: Failure;
}

/** How many rows were done, failed, skipped or not tried, as a sentence; empty for a single row. */
export function tally(
	operation: Operation,
	outcomes: Array<Outcome | undefined>,
	failures: FailedRow[],
): string {
	if (outcomes.length === 1) return '';
	const rowsOf = (some: FailedRow[]) => rowList(some.map(({ row }) => row));
	const { effect } = operation;
	if (failures[0].failure.kind === 'invalid') {
		const others = failures.length > 1 ? ` Rows to correct: ${rowsOf(failures)}.` : '';
		return `Nothing was ${effect.done}.${others}`;
	}
	const count = (status: Outcome['status'] | undefined) =>
		outcomes.filter((outcome) => outcome?.status === status).length;
	const unknown = failures.filter(({ failure }) => isUnknown(operation, failure));
	const failed = failures.filter((one) => !unknown.includes(one));
	const parts = [
		`${count('done')} ${effect.done}`,
		failed.length > 0 ? `${failed.length} failed (row ${rowsOf(failed)})` : '',
		unknown.length > 0 ? `${unknown.length} ${effect.unknown.toLowerCase()} (row ${rowsOf(unknown)})` : '',
		count('skipped') > 0 ? `${count('skipped')} skipped` : '',
		`${count(undefined)} not tried`,
	];
	return `${parts.filter(Boolean).join(', ')}.`;
}

/** Rows for a sentence, at most ten of them. */
export function rowList(rows: string[]): string {
	const listed = rows.slice(0, 10).join(', ');
	return rows.length > 10 ? `${listed} and ${rows.length - 10} more` : listed;
}
