/** How long one request may take, in ms: as long as a person waiting will bear. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How often one request is made again at most. */
export const MAX_REPEATS = 3;

/** The first wait before a request is made again, in ms; it doubles each time. */
export const FIRST_WAIT_MS = 500;

/** A server that asks for a longer wait than this many ms is not waited for: the row is reported instead. */
export const MAX_WAIT_MS = 30_000;

/** A request that has taken this many ms, waits included, is not made again: somebody may be waiting. */
export const MAX_RETRY_TIME_MS = 60_000;

/** The largest page of `get_updated_list` (Inbox API). */
export const MAX_PAGE_SIZE = 100;

/** A time (Unix ms) beyond the year 5000 is no time in milliseconds; following it would leave every later case behind. */
export const MAX_TIME_MS = 1e14;

/**
 * How many case versions the trigger remembers as emitted, at about 27 bytes each: more than change within any sensible
 * look-back. Where more change, the look-back is shortened to those that are remembered, so that nothing is repeated.
 */
export const MAX_SEEN_VERSIONS = 10_000;

/** How many cases the trigger remembers as they last were, at about 170 bytes each, to tell what changed. */
export const MAX_SNAPSHOTS = 2_000;
