/** Figures that several parts share, with their units. */

/** How long one request may take, in ms. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How many times a request is repeated at most. */
export const MAX_REPEATS = 3;

/** The wait before the first repeat, in ms; it doubles each time. */
export const FIRST_WAIT_MS = 500;

/** The longest wait that a server may ask for, in ms: a row that would have to wait longer is reported instead. */
export const MAX_WAIT_MS = 30_000;

/** A request is not repeated beyond this time after it was first made, in ms, waits included. */
export const MAX_RETRY_TIME_MS = 60_000;

/** The largest page of `get_updated_list` (Inbox API). */
export const MAX_PAGE_SIZE = 100;

/** A time (Unix ms) beyond the year 5000 is not a time in ms; as a cursor it would skip every later case. */
export const MAX_TIME_MS = 1e14;

/**
 * How many case versions the trigger remembers as emitted, at about 27 bytes each: more than change within any realistic
 * look-back. Where more change, the look-back is shortened to the remembered ones, so that nothing is emitted twice.
 */
export const MAX_SEEN_VERSIONS = 10_000;

/** How many snapshots of cases the trigger keeps, at about 170 bytes each, to tell what changed. */
export const MAX_SNAPSHOTS = 2_000;
