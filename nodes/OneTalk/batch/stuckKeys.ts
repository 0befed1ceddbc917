/** The words for keys that stay taken though nothing was sent, since n8n's key store does not work. */

import { rowList } from './failureText';
import type { Outcome } from './outcome';

/** Rows that were not sent, but whose keys stay taken. */
export interface StuckRows {
	/** Their items in the input. */
	items: number[];
	/** What n8n's store says. */
	reason: string;
}

/** The sentence below the error that stops the node, for rows by their names. */
export function stuckKeysSentence(names: string[], reason: string): string {
	const rows = rowList(names);
	return names.length === 1
		? `The key of row ${rows} stays taken, since n8n could not free it (${reason}): to send this row later, give it another key.`
		: `The keys of rows ${rows} stay taken, since n8n could not free them (${reason}): to send these rows later, give them other keys.`;
}

/** The outcome of a row whose key stays taken, with that in its hint. */
export function withStuckKey(outcome: Outcome | undefined, reason: string): Outcome | undefined {
	if (outcome?.status !== 'failed') return outcome;
	const { failure } = outcome;
	const note = `Its key stays taken, since n8n could not free it (${reason}): to send this row later, give it another key.`;
	return { ...outcome, failure: { ...failure, hint: `${failure.hint} ${note}`.trim() } };
}
