/** What an HTTP status, or the same figure inside a body, proves about a request. */

import type { Failure } from './types';

/** Only a status that says "no" proves that nothing was done. A redirect stays one until somebody corrects the address. */
export function kindOf(status: number): Pick<Failure, 'kind' | 'lasting'> {
	if (status === 429) return { kind: 'busy' };
	if (isRedirect(status)) return { kind: 'broken', lasting: true };
	const refused = status >= 400 && status < 500 && status !== 408;
	return refused ? { kind: 'refused', lasting: true } : { kind: 'broken' };
}

/** Whether the server sends the client to another address. */
export function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** Whether the server says that the request was done. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
