/** The feed loses nothing and repeats nothing, whatever happens: generated stories, played against a model of the server. */

import fc from 'fast-check';

import { versionKey } from '../../nodes/OneTalk/api/integration/cases';
import { CASE_EVENTS } from '../../nodes/OneTalk/triggers/cases/events';
import { checkWorld } from '../support/feedOracle';
import { setup, SPOILS, story, type Story } from '../support/feedStories';
import { playStory } from '../support/playStory';
import { Situations } from '../support/situations.cts';

/** How much the trigger remembers; each story sets it. */
const mockBounds = { seen: 10_000, known: 2_000 };
jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	MAX_PAGE_SIZE: 5,
	get MAX_SEEN_VERSIONS() {
		return mockBounds.seen;
	},
	get MAX_SNAPSHOTS() {
		return mockBounds.known;
	},
}));

const RUNS = 2_000;
/** The same stories in every run; another seed generates others. */
const SEED = 20_261_122;

describe('The feed', () => {
	let situations = new Situations();
	beforeEach(() => (situations = new Situations()));

	const play = async (told: Story) => {
		Object.assign(mockBounds, { known: told.setup.known, seen: told.setup.seen ?? 10_000 });
		return await playStory(told, situations);
	};

	it('loses nothing, repeats nothing and reports what happened, whatever the API does and the settings are', async () => {
		await fc.assert(
			fc.asyncProperty(story(setup), async (told) => checkWorld(await play(told), situations)),
			{ numRuns: RUNS, seed: SEED },
		);
		situations.print(`${RUNS} stories of the feed`);
		situations.expectAll(
			[
				'poll failed',
				'poll discarded',
				'poll cut short',
				'poll cut at its limit',
				'update',
				'update with lag',
				'change while a page is read',
				'start in the past',
				'new key, same account',
				'other account',
				'created',
				'previous unknown',
				'changes told',
				...SPOILS.map((how) => `state: ${how}`),
				...CASE_EVENTS.filter((event) => event !== 'caseCreated'),
			],
			30,
		);
	}, 300_000);

	it('repeats nothing, even with more case versions than it remembers', async () => {
		const forgetful = setup.map((chosen) => ({ ...chosen, seen: 10, known: 3, startBack: 7_300_000 }));
		await fc.assert(
			fc.asyncProperty(story(forgetful), async (told) => {
				const world = await play(told);
				const taken = world.taken.map(({ record }) => versionKey(record));
				expect(new Set(taken).size).toBe(taken.length);
				expect([...world.due].filter((version) => !taken.includes(version))).toEqual([]);
			}),
			{ numRuns: RUNS / 2, seed: SEED },
		);
	}, 300_000);
});
