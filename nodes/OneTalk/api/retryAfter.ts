/** How long a server asks to wait. */

import type { IDataObject } from 'n8n-workflow';

/** `Retry-After` in seconds or as an HTTP date (RFC 9110); in ms, or undefined where it says nothing usable. */
export function retryAfterMs(headers: IDataObject): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	const date = /^[A-Z][a-z]{2,}, /.test(value) ? Date.parse(value) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
