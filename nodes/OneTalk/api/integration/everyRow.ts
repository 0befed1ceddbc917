/** Which answers of the Integration API concern the account, so that every row of a batch would get the same. */

/** The header, the tier, and the month's limit. Codes of the API key itself begin with 491. */
const ACCOUNT_CODES = new Set(['40001', '49900', '49901', '49903']);

/**
 * Whether an answer concerns the account and not what the row asks for. Where there is a code, it decides: the API also
 * gives status 401 for a wrong parameter (`40002`).
 *
 * These concern the row, since another row may still be done: `40301` and `40401` (the IDs of the row), `49902` (no more
 * agents or topics in this tier) and `insufficient_balance` (messages have different prices).
 */
export function concernsEveryRow({ status, code }: { status: number; code?: string }): boolean {
	if (code === undefined) return status === 401 || status === 491;
	return ACCOUNT_CODES.has(code) || code.startsWith('491');
}
