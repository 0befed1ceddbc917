/** The parameters of the trigger, parsed and checked. */

import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import type { OneTalkCase } from '../../api/types';
import { parseFilters } from '../../input/caseFilters';
import { InvalidInput } from '../../input/invalid';
import { requiredTime } from '../../input/time';
import { optionalBoolean, optionalCount } from '../../input/values';
import { CASE_EVENTS, type CaseEvent } from './events';
import type { CaseChange, PollSelection } from './feed';
import { labelOf } from './properties';
import { impossibleEvents } from './filters';

/** The node's parameters, checked. */
export interface Settings extends PollSelection {
	/** The events that start the workflow, the most specific first. */
	events: CaseEvent[];
	/** Whether a case matches the filters. */
	matchesFilters: (record: OneTalkCase) => boolean;
	/** Whether items also have the times of the case as ISO 8601. */
	isoTimes: boolean;
	/** In ms. */
	lookBack: number;
	/** Where a feed without a state begins, Unix ms; left out: now. */
	startAt?: number;
	/** The setting behind it, as text, to tell whether it has changed. */
	startFrom: string;
}

/** The values of empty fields. The panel shows the same ones; n8n’s lint requires them as literals there. */
const DEFAULTS = { hours: 24, days: 7, lookBackSeconds: 60, maxCasesPerPoll: 1000 };

const HOUR_MS = 3_600_000;
const UNIT_MS = { hours: HOUR_MS, days: 24 * HOUR_MS };

/** @throws NodeOperationError for a parameter that cannot be used */
export function parseSettings(context: IPollFunctions, now: number): Settings {
	const filters = recordOf(context.getNodeParameter('filters', {}));
	const options = recordOf(context.getNodeParameter('options', {}));
	try {
		const events = eventsOf(context.getNodeParameter('events', ['caseCreated', 'caseUpdated']));
		const impossible = impossibleEvents(filters);
		if (events.every((event) => impossible.includes(event))) {
			throw new InvalidInput('events', 'can never happen with these filters');
		}
		const matchesFilters = parseFilters(filters, options, context.getTimezone());
		return {
			events,
			matchesFilters,
			isoTimes: optionalBoolean('isoTimes', options.isoTimes) ?? false,
			isWanted: (change) => eventFor(events, change) !== undefined && matchesFilters(change.record),
			maxCases: optionalCount('maxCasesPerPoll', options.maxCasesPerPoll) ?? DEFAULTS.maxCasesPerPoll,
			lookBack: lookBackMs(options.lookBackSeconds),
			startAt: startOf(options.startFrom, now, context.getTimezone()),
			startFrom: JSON.stringify(options.startFrom ?? null),
		};
	} catch (error) {
		if (!(error instanceof InvalidInput)) throw new NodeOperationError(context.getNode(), error as Error);
		const { parameter, reason } = error;
		throw new NodeOperationError(context.getNode(), `"${labelOf(parameter)}" ${reason}`, {
			description: 'Correct it in the OneTalk Trigger node.',
		});
	}
}

/** The labels of the filters that, each by itself, match none of the cases. */
export function filtersWithoutMatch(context: IPollFunctions, records: OneTalkCase[]): string[] {
	const filters = recordOf(context.getNodeParameter('filters', {}));
	const options = recordOf(context.getNodeParameter('options', {}));
	return Object.entries(filters)
		.filter(([name, value]) => {
			const matches = parseFilters({ [name]: value }, options, context.getTimezone());
			return !records.some(matches);
		})
		.map(([name]) => labelOf(name));
}

/** The event that an item is named after: the most specific one of those that are selected. */
export function eventFor(events: CaseEvent[], change: CaseChange): CaseEvent | undefined {
	return events.find((event) => change.events.includes(event));
}

function eventsOf(value: unknown): CaseEvent[] {
	const chosen: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[\s,]+/u);
	const events = CASE_EVENTS.filter((event) => chosen.includes(event));
	const unknown = chosen.find((one) => one !== '' && !CASE_EVENTS.some((event) => event === one));
	if (unknown !== undefined) {
		throw new InvalidInput('events', `has "${String(unknown)}", which is none of ${CASE_EVENTS.join(', ')}`);
	}
	if (events.length === 0) throw new InvalidInput('events', 'is empty: choose what starts the workflow');
	return events;
}

function lookBackMs(value: unknown): number {
	const seconds = Number(value ?? DEFAULTS.lookBackSeconds);
	return (Number.isFinite(seconds) && seconds >= 0 ? seconds : DEFAULTS.lookBackSeconds) * 1000;
}

/** A start is a point in time, so hours and days are counted from now on n8n's clock. */
function startOf(value: unknown, now: number, timezone: string): number | undefined {
	const { start } = recordOf(value);
	const { from = 'now', hours, days, date } = recordOf(start);
	if (from === 'hours') return now - (optionalCount('hours', hours) ?? DEFAULTS.hours) * UNIT_MS.hours;
	if (from === 'days') return now - (optionalCount('days', days) ?? DEFAULTS.days) * UNIT_MS.days;
	if (from !== 'date') return undefined;
	const time = requiredTime('date', date, timezone);
	if (time > now + HOUR_MS)
		throw new InvalidInput('date', 'lies in the future: choose a date from which on cases exist');
	return Math.min(time, now);
}

function recordOf(value: unknown) {
	return isRecord(value) ? value : {};
}
