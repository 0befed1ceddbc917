/** The failures of rows for which no request was made. */

import type { Failure } from '../api/types';

/** A row whose key could not be taken, since n8n's key store does not work. */
export function keyFailure(reason: string): Failure {
	return {
		kind: 'untried',
		message: `Not tried: n8n could not record the key of this row (${reason})`,
		hint: 'Nothing was sent for this row. Check the database of n8n, then run this row again. If it is skipped then, n8n has recorded its key all the same: give it another key.',
	};
}

/** A row that was not asked for, since it would have met the same failure as the rows before it. */
export function untried({ kind, message, hint, code, httpStatus }: Failure): Failure {
	if (kind === 'untried') return { kind, message, hint };
	return { kind: 'untried', message: `Not tried: ${message}`, hint, code, httpStatus };
}
