/** The feed: which cases a poll emits, and the state after it. */

import type { CasePage, OneTalkCase } from '../../../../nodes/OneTalk/api/types';
import { MAX_SEEN_VERSIONS } from '../../../../nodes/OneTalk/api/limits';
import {
	beginPass,
	endPass,
	applyPage,
	type FeedPass,
	type PollSelection,
} from '../../../../nodes/OneTalk/triggers/cases/feed';
import type { FeedState } from '../../../../nodes/OneTalk/triggers/cases/state';
import { caseAt, serverOf } from '../../../support/feedModel';

const LOOK_BACK = 1000;
const CLOCK = 50_000;

/** The feed is level at 10 000 and remembers nothing. */
const LEVEL: FeedState = {
	lastTimestamp: 10_000,
	since: 8999,
	level: 10_000,
	seenFrom: 9000,
	seen: [],
	snapshots: [],
};

const EVERYTHING: PollSelection = { isWanted: () => true, maxCases: Infinity };

function changed(id: string, createdTime: number, updatedTime: number): OneTalkCase {
	return { id, createdTime, updatedTime };
}

function page(...cases: OneTalkCase[]): CasePage {
	return { cases, hasMore: false, lastTimestamp: 0 };
}

/** One poll that fetches these pages, or everything that a server has. */
function poll(
	state: FeedState,
	source: CasePage[] | ((since: number) => CasePage),
	{ took = 0, selection = EVERYTHING } = {},
) {
	const pass: FeedPass = beginPass(state, CLOCK);
	const pages = Array.isArray(source) ? [...source] : undefined;
	while (pass.since !== undefined && !pass.full) {
		const next = pages ? pages.shift() : (source as (since: number) => CasePage)(pass.since);
		if (next === undefined) break;
		applyPage(pass, next, selection);
	}
	return {
		news: pass.changes.map(({ record, events }) => `${record.id} ${events.join('+')}`),
		crowded: pass.crowded,
		next: endPass(pass, CLOCK + took, LOOK_BACK),
	};
}

describe('how a case version is classified', () => {
	it.each<[string, OneTalkCase, string[]]>([
		['a case created after the level is new', caseAt(10_001, 'A'), ['A caseCreated']],
		[
			'a case created after the level is new, also if it was updated meanwhile',
			changed('A', 10_001, 10_005),
			['A caseCreated'],
		],
		[
			'a case created within the look-back that shows late is new',
			changed('A', 9_999, 10_005),
			['A caseCreated'],
		],
		['a case created where the look-back starts is new', changed('A', 9_000, 10_005), ['A caseCreated']],
		['a case created before the look-back is not new', changed('A', 8_999, 10_005), ['A caseUpdated']],
		['an old case that was updated is updated', changed('A', 5, 10_005), ['A caseUpdated']],
		['a case that shows late, within the look-back, is not lost', changed('A', 5, 9500), ['A caseUpdated']],
		['a case from before the look-back was emitted long ago', changed('A', 5, 8999), []],
	])('%s', (_sentence, record, news) => {
		expect(poll(LEVEL, [page(record)]).news).toEqual(news);
	});

	it('each further version of a new case is an update', () => {
		const first = poll(LEVEL, [page(caseAt(10_001, 'A'))]);
		expect(poll(first.next, [page(changed('A', 10_001, 10_002))]).news).toEqual(['A caseUpdated']);
	});

	it('the cases of a page are emitted oldest first, whatever their order on the page', () => {
		const { news } = poll(LEVEL, [page(caseAt(10_003, 'C'), caseAt(10_001, 'A'), caseAt(10_002, 'B'))]);
		expect(news).toEqual(['A caseCreated', 'B caseCreated', 'C caseCreated']);
	});
});

describe('nothing is emitted twice', () => {
	const server = serverOf([caseAt(10_001, 'A'), changed('B', 3, 10_002)]);

	it('a second poll emits nothing and does not change the state', () => {
		const first = poll(LEVEL, server);
		expect(first.news).toEqual(['A caseCreated', 'B caseUpdated']);
		const second = poll(first.next, server);
		expect(second.news).toEqual([]);
		expect(second.next).toBe(first.next);
	});

	it('a case version on two pages is emitted once', () => {
		const twice = { ...page(caseAt(10_001, 'A'), caseAt(10_050, 'B')), hasMore: true };
		expect(poll(LEVEL, [twice, page(caseAt(10_050, 'B'))]).news).toEqual(['A caseCreated', 'B caseCreated']);
	});

	it('a poll that is repeated from the same state emits the same cases', () => {
		expect(poll(LEVEL, server)).toEqual(poll(LEVEL, server));
	});
});

describe('the state after a poll', () => {
	it('has the newest time, and the look-back starts there', () => {
		expect(poll(LEVEL, [page(caseAt(10_500, 'A'), caseAt(12_000, 'B'))]).next).toEqual({
			lastTimestamp: 12_000,
			since: 10_999,
			level: 12_000,
			seenFrom: 11_000,
			seen: ['B@12000'],
			snapshots: [expect.arrayContaining(['A', 10_500]), expect.arrayContaining(['B', 12_000])],
		});
	});

	it('looks back further by the duration of the poll', () => {
		expect(poll(LEVEL, [page(caseAt(12_000, 'B'))], { took: 700 }).next).toMatchObject({
			seenFrom: 10_300,
			since: 10_299,
		});
	});

	it('never goes backwards', () => {
		const { next } = poll(LEVEL, [page(changed('A', 5, 9500))]);
		expect(next).toMatchObject({ lastTimestamp: 10_000, level: 10_000, seenFrom: 9000 });
	});

	it('is the previous state if there was no case', () => {
		expect(poll(LEVEL, [page()]).next).toBe(LEVEL);
	});

	it('keeps its level and position if a poll could not finish', () => {
		const full = { ...page(caseAt(10_500, 'A')), hasMore: true };
		const { next } = poll(LEVEL, [full]);
		expect(next).toMatchObject({ lastTimestamp: 10_500, since: 10_499, level: 10_000, passStarted: CLOCK });
		const rest = poll(next, [page(caseAt(10_500, 'A'), caseAt(10_600, 'B'))]);
		expect(rest.news).toEqual(['B caseCreated']);
		expect(rest.next).not.toHaveProperty('passStarted');
		expect(rest.next).toMatchObject({ lastTimestamp: 10_600, level: 10_600 });
	});

	it('remembers a bounded number of versions, and looks back only as far as it remembers', () => {
		const many = Array.from({ length: MAX_SEEN_VERSIONS + 5 }, (_, index) =>
			caseAt(20_000 + Math.floor(index / 20), `C${index}`),
		);
		const first = poll(LEVEL, serverOf(many));
		expect(first.news).toHaveLength(MAX_SEEN_VERSIONS + 5);
		expect(first.next.seen.length).toBeLessThanOrEqual(MAX_SEEN_VERSIONS);
		expect(poll(first.next, serverOf(many)).news).toEqual([]);
	});
});

describe('a poll with a limit', () => {
	const server = serverOf(Array.from({ length: 30 }, (_, index) => caseAt(10_001 + index, `C${index}`)));
	const selection = { isWanted: () => true, maxCases: 12 };

	it('emits the oldest cases and leaves the rest to the next polls', () => {
		const first = poll(LEVEL, server, { selection });
		expect(first.news).toHaveLength(12);
		expect(first.next).toMatchObject({ lastTimestamp: 10_012, level: 10_000, passStarted: CLOCK });
		const second = poll(first.next, server, { selection });
		const third = poll(second.next, server, { selection });
		expect([...first.news, ...second.news, ...third.news]).toEqual(
			Array.from({ length: 30 }, (_, index) => `C${index} caseCreated`),
		);
		expect(third.next).not.toHaveProperty('passStarted');
	});

	it('counts only emitted cases', () => {
		const last = { isWanted: (news: { record: OneTalkCase }) => news.record.id === 'C29', maxCases: 1 };
		expect(poll(LEVEL, server, { selection: last }).news).toEqual(['C29 caseCreated']);
	});

	it('fetches more pages while nothing on them is emitted, until it is level', () => {
		const many = serverOf(Array.from({ length: 600 }, (_, index) => caseAt(10_001 + index, `C${index}`)));
		const isWanted = ({ record }: { record: OneTalkCase }) => record.id.endsWith('00');
		const { news, next } = poll(LEVEL, many, { selection: { isWanted, maxCases: 100 } });
		expect(news).toHaveLength(5);
		expect(next).not.toHaveProperty('passStarted');
	});

	it('does not fetch a page that it could not emit completely', () => {
		const many = serverOf(Array.from({ length: 900 }, (_, index) => caseAt(10_001 + index, `C${index}`)));
		const { news, next } = poll(LEVEL, many, { selection: { isWanted: () => true, maxCases: 250 } });
		expect(news.length).toBeGreaterThan(150);
		expect(news.length).toBeLessThanOrEqual(250);
		expect(next.since).toBe(next.lastTimestamp - 1);
	});
});

describe('after a long break', () => {
	const DAY = 86_400_000;
	const STOOD = { ...LEVEL, lastTimestamp: DAY, since: DAY, level: DAY, seenFrom: DAY + 1 };
	const began = 100 * DAY;
	const ago = (index: number) => 2 * DAY + index;

	it('a case created during the break is new, however many cases were fetched and forgotten before it', () => {
		const many = Array.from({ length: MAX_SEEN_VERSIONS + 2_500 }, (_, index) =>
			changed(`C${index}`, DAY + 5, ago(index)),
		);
		let next: FeedState = STOOD;
		const events = new Set<string>();
		for (let polls = 0; polls < 100 && (polls === 0 || next.passStarted !== undefined); polls++) {
			const pass = beginPass(next, began);
			while (pass.since !== undefined && !pass.full) {
				applyPage(pass, serverOf(many)(pass.since), { isWanted: () => true, maxCases: 1_000 });
			}
			pass.changes.forEach((news) => events.add(news.events.join('+')));
			next = endPass(pass, began, LOOK_BACK);
		}
		expect(next.passStarted).toBeUndefined();
		expect([...events]).toEqual(['caseCreated']);
	});
});

it('reports a millisecond that fills a page, and continues after it', () => {
	const crowd = Array.from({ length: 100 }, (_, index) => caseAt(10_100, `T${index}`));
	const { news, crowded } = poll(LEVEL, serverOf([...crowd, caseAt(10_200, 'AFTER')]));
	expect(news).toHaveLength(101);
	expect(new Set(crowded)).toEqual(new Set([10_100]));
});

it('continues if only lastTimestamp is left of the state', () => {
	const bare: FeedState = {
		lastTimestamp: 10_000,
		since: 10_000,
		level: 10_000,
		seenFrom: 10_001,
		seen: [],
		snapshots: [],
	};
	const { news } = poll(bare, serverOf([caseAt(10_000, 'OLD'), caseAt(10_001, 'NEW')]));
	expect(news).toEqual(['NEW caseCreated']);
});
