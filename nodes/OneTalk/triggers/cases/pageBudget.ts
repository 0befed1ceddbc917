/** How much one poll may fetch, in pages and in time. */

import type { IPollFunctions } from 'n8n-workflow';

import { REQUEST_TIMEOUT_MS } from '../../api/limits';

/** One poll fetches at most this many pages; the rest follows at the next poll. */
export const MAX_PAGES = 50;
/** The share of n8n's time for a poll in which requests may start. */
const START_SHARE = 0.25;
/** The share of n8n's time for a poll in which every answer has to be there; the rest is for storing and emitting. */
const ANSWER_SHARE = 0.9;
/** The least time for an answer, in ms, so that a poll can make progress however little time it has. */
const MIN_TIMEOUT_MS = 1_000;
/** What an n8n that states no budget is taken to allow, and the most that is used of a larger one, in ms. */
const MAX_BUDGET_MS = 120_000;

/** The pages that one poll may fetch. */
export interface PageBudget {
	/** How many pages have been fetched. */
	pages(): number;
	/** Counts one more page, and says whether it may be fetched. The first always may, so that every poll makes progress. */
	takePage(): boolean;
	/** How long the next answer may take, in ms. */
	timeoutMs(): number;
}

/** @param maxPages how many pages this poll may fetch at most */
export function createPageBudget(context: IPollFunctions, maxPages: number): PageBudget {
	// Older n8n does not have the method.
	const { getPollBudgetMs } = context as { getPollBudgetMs?: () => number };
	const budget = Math.min(getPollBudgetMs?.call(context) ?? MAX_BUDGET_MS, MAX_BUDGET_MS);
	const started = Date.now();
	const startsEnd = started + budget * START_SHARE;
	const answersEnd = started + budget * ANSWER_SHARE;
	let pages = 0;
	return {
		pages: () => pages,
		takePage: () => pages++ === 0 || (pages <= maxPages && Date.now() < startsEnd),
		timeoutMs: () => Math.max(MIN_TIMEOUT_MS, Math.min(REQUEST_TIMEOUT_MS, answersEnd - Date.now())),
	};
}
