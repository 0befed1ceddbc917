/** Generates stories for the feed's property tests: settings of the trigger, interpretations of the API, and the steps. */

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CASE_EVENTS, type CaseEvent } from '../../nodes/OneTalk/triggers/cases/events';
import type { Readings } from './modelServer';

/** The look-back of the trigger, in ms; no case version becomes visible later than that. */
export const LOOK_BACK_MS = 60_000;

/** What changes in a case. */
export const KINDS = ['message', 'status', 'junk', 'remark', 'agent', 'contact'] as const;

/** How a stored state is damaged. */
export const SPOILS = [
	'only lastTimestamp',
	'a later layout',
	'garbage beside lastTimestamp',
	'no memory',
	'nonsense',
] as const;

/** One step: what happens to the server or the trigger. */
export type Step =
	| { does: 'create'; lag: number }
	| { does: 'update'; which: number; lag: number; kind: (typeof KINDS)[number] }
	| { does: 'wait'; ms: number }
	| { does: 'spoil'; how: (typeof SPOILS)[number] }
	| { does: 'new key' }
	| { does: 'other account' }
	| { does: 'poll'; failAt?: number; fate: 'kept' | 'discarded'; pages: number };

/** The settings of the trigger. */
export interface Setup {
	events: CaseEvent[];
	filters: IDataObject;
	maxCases: number;
	/** How long before the first poll it starts, in ms; undefined: now. */
	startBack?: number;
	/** How many case snapshots are kept. */
	known: number;
	/** How many versions are remembered as emitted; undefined: more than there are. */
	seen?: number;
}

/** Everything that the documentation of the API leaves open. */
const readings: fc.Arbitrary<Readings> = fc
	.record({
		inclusive: fc.boolean(),
		order: fc.constantFrom<Readings['order'][]>('ascending', 'descending', 'shuffled'),
		pageLimit: fc.constantFrom(3, 5),
		hasMore: fc.constantFrom<Readings['hasMore'][]>('rows', 'later'),
		emptyLastTimestamp: fc.constantFrom<Readings['emptyLastTimestamp'][]>(
			'zero',
			'null',
			'since',
			'now',
			'missing',
		),
		neverUpdated: fc.constantFrom<Readings['neverUpdated'][]>('zero', 'created'),
	})
	// If a server returns less than the request asks for and says that this is everything, nobody can fetch the rest.
	.filter(({ pageLimit, hasMore }) => hasMore === 'rows' || pageLimit === 5);

/** Settings of the trigger. */
export const setup: fc.Arbitrary<Setup> = fc.record({
	events: fc.oneof(
		fc.constant<CaseEvent[]>(['caseCreated', 'caseUpdated']),
		fc.subarray([...CASE_EVENTS], { minLength: 1 }),
	),
	filters: fc.oneof(
		fc.constant({}),
		fc.record(
			{
				status: fc.constantFrom('open', 'closed'),
				junk: fc.constantFrom('exclude', 'only'),
				agentEmail: fc.constantFrom('a@example.com', 'a@example.com, unassigned', 'unassigned'),
			},
			{ requiredKeys: [] },
		),
	),
	maxCases: fc.constantFrom(1, 3, 7, 1_000),
	startBack: fc.option(fc.constantFrom(1, 30_000, 7_300_000, 90_000_000), { nil: undefined }),
	known: fc.constantFrom(1, 3, 2_000, 2_000),
	seen: fc.constant(undefined),
});

const lag = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: LOOK_BACK_MS }));
const update = fc.record({
	does: fc.constant('update' as const),
	which: fc.nat(),
	lag,
	kind: fc.constantFrom(...KINDS),
});
const wait = fc.record({
	does: fc.constant('wait' as const),
	ms: fc.constantFrom(1, 2, 500, 20_000, 60_000, 7_200_000),
});
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 50, arbitrary: fc.record({ does: fc.constant('create' as const), lag }) },
	{ weight: 50, arbitrary: update },
	{ weight: 40, arbitrary: wait },
	{
		weight: 40,
		arbitrary: fc.record({
			does: fc.constant('poll' as const),
			failAt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
			fate: fc.constantFrom('kept' as const, 'kept' as const, 'kept' as const, 'discarded' as const),
			pages: fc.constantFrom(1, 1, 2, 50),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({ does: fc.constant('spoil' as const), how: fc.constantFrom(...SPOILS) }),
	},
	{ weight: 3, arbitrary: fc.constant<Step>({ does: 'new key' }) },
	{ weight: 1, arbitrary: fc.constant<Step>({ does: 'other account' }) },
);

/** One run of a property. */
export interface Story {
	model: Readings;
	/** Difference of n8n's clock and the server's, in ms. */
	clockOffset: number;
	/** The random seed of the order in which the server lists cases. */
	seed: number;
	/** What happens before the first poll. */
	before: Step[];
	steps: Step[];
	/** What happens while pages are fetched. */
	meanwhile: Step[];
	/** How long a request takes, in ms. */
	latency: number;
	/** The maximum number of pages of each first poll. */
	firstPages: number;
	setup: Setup;
}

/** Stories with these settings of the trigger. */
export function story(setups: fc.Arbitrary<Setup>): fc.Arbitrary<Story> {
	return fc.record({
		model: readings,
		clockOffset: fc.integer({ min: -600_000, max: 600_000 }),
		seed: fc.nat(),
		before: fc.array(fc.oneof(update, wait, fc.record({ does: fc.constant('create' as const), lag })), {
			maxLength: 20,
		}),
		steps: fc.array(step, { maxLength: 80, size: 'max' }),
		meanwhile: fc.array(step, { maxLength: 20 }),
		latency: fc.constantFrom(7, 7, 300, 4_000),
		firstPages: fc.constantFrom(2, 50, 50),
		setup: setups,
	});
}
