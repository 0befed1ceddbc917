/** The sentence for a failure. */

import type { Failure } from './types';

/** What happened, with OneTalk's code. A socket code is left out: n8n would replace the sentence by one of its own. */
export function withCode({ message, code, httpStatus }: Failure, ...marks: string[]): string {
	const shown =
		httpStatus !== undefined && code !== undefined && !message.includes(code) ? [`code ${code}`] : [];
	const all = [...shown, ...marks];
	return all.length === 0 ? message : `${message} (${all.join(', ')})`;
}
