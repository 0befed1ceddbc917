/** How long a node waits. */

import { waitLimitOf } from '../../../../nodes/OneTalk/operations/sendAndWait/waitLimit';
import { refusal } from '../../../support/refusal';

const NOW = Date.UTC(2026, 0, 31, 9);
const limit = (values: unknown, timezone = 'UTC') =>
	waitLimitOf({ limitWaitTime: { values } }, timezone, NOW);
const interval = (resumeAmount: unknown, resumeUnit: unknown) => ({
	limitType: 'afterTimeInterval',
	resumeAmount,
	resumeUnit,
});
const at = (maxDateAndTime: unknown) => ({ limitType: 'atSpecifiedTime', maxDateAndTime });

it.each<[unknown, unknown, number]>([
	[45, 'minutes', 2_700_000],
	[0.05, 'minutes', 3000],
	[1, 'hours', 3_600_000],
	['1.5', 'hours', 5_400_000],
	[2, 'days', 172_800_000],
])('%s %s are %s ms', (amount, unit, ms) => {
	expect(limit(interval(amount, unit))).toBe(NOW + ms);
});

it('is one hour where n8n has stored no amount and no unit, since they are the defaults', () => {
	expect(limit({ limitType: 'afterTimeInterval' })).toBe(NOW + 3_600_000);
});

it('is a point in time in the time zone of the workflow', () => {
	expect(limit(at('2026-01-31T17:00:00'), 'Asia/Jakarta')).toBe(NOW + 3_600_000);
	expect(limit(at('2026-01-31T10:00:00Z'), 'Asia/Jakarta')).toBe(NOW + 3_600_000);
});

it('is none without the option', () => {
	expect(waitLimitOf({}, 'UTC', NOW)).toBeUndefined();
	expect(waitLimitOf(undefined, 'UTC', NOW)).toBeUndefined();
	expect(waitLimitOf({ limitWaitTime: {} }, 'UTC', NOW)).toBeUndefined();
});

it.each<[what: string, values: object, reason: RegExp]>([
	['no time at all', interval(0, 'hours'), /\(0\): it must be more than 0/],
	['a negative time', interval(-1, 'hours'), /more than 0/],
	['words', interval('soon', 'hours'), /soon/],
	['an empty amount', interval('', 'hours'), /has no amount/],
	['an unknown unit', interval(1, 'weeks'), /weeks/],
	['an inherited unit', interval(1, 'constructor'), /constructor/],
	['a point in time that is over', at('2026-01-31T08:59:59'), /past/],
	['more than a year', interval(400, 'days'), /a year/],
	['an empty date', at(''), /is empty/],
	['no date', at('tomorrow'), /not a date/],
])('refuses %s', (_, values, reason) => {
	const refused = refusal(() => limit(values));
	expect(refused.parameter).toBe('limitWaitTime');
	expect(refused.reason).toMatch(reason);
});
