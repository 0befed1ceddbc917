/** Notices what would stop every row alike, so that the rest of a batch is not asked for one by one. */

import { MAX_REPEATS } from '../api/limits';
import type { Answer, Failure } from '../api/types';

/** Watches the answers of one batch. */
export interface OutageWatch {
	/** Every answer, also one after which the request is repeated. */
	note(answer: Answer): void;
	/** The failure that a row ended with. */
	rowFailed(failure: Failure): void;
	/** How often a request may be repeated for now. */
	maxRepeats(): number;
	/** The failure that every further row would meet, once it is known. */
	failure(): Failure | undefined;
}

/** So many rows in a row without a connection are an outage. */
const MAX_ROWS = 3;

/**
 * A failure counts for the rest of the batch
 * - at once where it concerns the key, the plan or the address, and not the row
 * - where it kept three rows in a row from being asked at all (no connection, or n8n's key store does not work), in spite of
 *   their retries, and no answer of OneTalk came in between, whatever it said
 *
 * Once one row has used up its retries, the rows after it are repeated once only, so that an outage is told in about five
 * seconds at any number of requests in flight. One that is shorter than the retries of one row (3.5 s) costs no row.
 */
export function createOutageWatch(): OutageWatch {
	let rows = 0;
	let known: Failure | undefined;
	return {
		note(answer) {
			if (answer.ok || answer.failure.kind !== 'unreachable') rows = 0;
		},
		rowFailed(failure) {
			if (failure.kind === 'unreachable' || failure.kind === 'untried') rows++;
			if (failure.everyRow || rows >= MAX_ROWS) known ??= failure;
		},
		maxRepeats: () => (rows === 0 ? MAX_REPEATS : 1),
		failure: () => known,
	};
}
