/** Which answers concern the account. */

import { judge } from '../../../../nodes/OneTalk/api/integration/envelope';
import { noMask } from '../../../../nodes/OneTalk/api/mask';

const access = { mask: noMask, credentialName: 'OneTalk', urlLabel: 'base URL' };

function everyRow(statusCode: number, body: unknown): boolean {
	const answer = judge({ statusCode, headers: {}, body: JSON.stringify(body) }, 'success', access);
	return !answer.ok && answer.failure.everyRow === true;
}

const refusal = (status: number, code: string) => ({ status, error: { code, message: 'No' }, data: {} });

it.each([
	['40001', 400],
	['49101', 491],
	['49102', 491],
	['49103', 491],
	['49104', 491],
	['49106', 491],
	['49107', 491],
	['49199', 491],
	['49900', 499],
	['49901', 499],
	['49903', 499],
])('code %s concerns the account', (code, status) => {
	expect(everyRow(200, refusal(status, code))).toBe(true);
});

it.each([
	['40002', 400],
	['40002', 401],
	['40301', 403],
	['40401', 404],
	['49902', 499],
	['50001', 500],
	['42900', 429],
])('code %s with status %i concerns the row, or passes', (code, status) => {
	expect(everyRow(200, refusal(status, code))).toBe(false);
});

it('a status that is about the key concerns the account, also without a code', () => {
	expect(everyRow(401, {})).toBe(true);
	expect(everyRow(200, { status: 491, error: {}, data: {} })).toBe(true);
});

it('an address that leads elsewhere concerns every row', () => {
	expect(everyRow(302, {})).toBe(true);
});

it.each(['invalid_recipient', 'insufficient_balance'])('%s concerns the row', (reason) => {
	expect(everyRow(200, { status: 200, error: {}, data: { success: false, reason } })).toBe(false);
});
