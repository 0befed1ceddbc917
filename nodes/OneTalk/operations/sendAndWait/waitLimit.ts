/** How long a node waits for a response. */

import { isRecord } from '../../api/text';
import { EmptyInput, InvalidInput, shown } from '../../input/invalid';
import { requiredTime } from '../../input/time';
import { optionalText } from '../../input/values';

const UNITS_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** A later time is a mistake, and n8n takes a date of the year 3000 for no limit. */
const MAX_WAIT_MS = 366 * UNITS_MS.days;

/**
 * When the node stops waiting, as Unix ms; undefined where it waits without a limit.
 *
 * @param options the value of the parameter Options
 * @param now Unix ms
 * @throws {InvalidInput} for a limit that cannot be used
 */
export function waitLimitOf(options: unknown, timezone: string, now: number): number | undefined {
	if (!isRecord(options) || !isRecord(options.limitWaitTime) || !isRecord(options.limitWaitTime.values))
		return undefined;
	const { limitType, resumeAmount, resumeUnit, maxDateAndTime } = options.limitWaitTime.values;
	const end =
		optionalText('limitWaitTime', limitType) === 'atSpecifiedTime'
			? requiredTime('limitWaitTime', maxDateAndTime, timezone, 'Fill in Max Date and Time.')
			: now + intervalMs(resumeAmount ?? 1, resumeUnit ?? 'hours');
	if (end <= now) throw new InvalidInput('limitWaitTime', 'lies in the past: nobody could answer');
	if (end > now + MAX_WAIT_MS) throw new InvalidInput('limitWaitTime', 'must be at most a year from now');
	return end;
}

function intervalMs(amount: unknown, unit: unknown): number {
	const unitMs = typeof unit === 'string' && Object.hasOwn(UNITS_MS, unit) ? UNITS_MS[unit] : undefined;
	if (unitMs === undefined)
		throw new InvalidInput('limitWaitTime', `has the unit (${shown(unit)}): use minutes, hours or days`);
	if (amount === '' || amount === null)
		throw new EmptyInput('limitWaitTime', 'has no amount', 'Fill in Amount.');
	const count = typeof amount === 'string' ? Number(amount) : amount;
	if (typeof count !== 'number' || !Number.isFinite(count) || count <= 0)
		throw new InvalidInput('limitWaitTime', `has the amount (${shown(amount)}): it must be more than 0`);
	return Math.round(count * unitMs);
}
