import type { IDataObject } from 'n8n-workflow';

/** One call of the Integration API, without base URL and key. */
export interface OneTalkRequest {
	method: 'GET' | 'POST';
	/** Path below the base URL, e.g. `/inbox/case/update`. */
	path: string;
	/** Query parameters; the API spells them in snake_case. */
	query?: IDataObject;
	/** JSON body; the API spells its fields in camelCase with a capital `ID`. */
	body?: IDataObject;
	/** How many rows are wanted of a list; the request for its next page carries it on. */
	wanted?: number;
	/** What the answer's `data` must show: `success: true`, or a list of cases. */
	expects: 'success' | 'cases';
}

/** A case as `get_updated_list` gives it; unknown extra fields are handed on. All times are Unix ms, 0 = never. */
export interface OneTalkCase extends IDataObject {
	id: string;
	createdTime?: number | null;
	updatedTime?: number | null;
}

/** The `data` of `get_updated_list`, checked; a list that is `null` is an empty one. */
export interface CasePage {
	cases: OneTalkCase[];
	hasMore: boolean;
	/** Unix ms; what it holds for an empty page is not documented. */
	lastTimestamp: number;
}

/**
 * Why a call did not succeed:
 * - `invalid`: the input was wrong, no request was made
 * - `refused`: OneTalk answered, and did not do it
 * - `busy`: OneTalk asked to slow down (429), and did not do it
 * - `unreachable`: no connection came about, so OneTalk never saw the request
 * - `broken`: the answer is missing, unreadable or a server fault: it may or may not have been done
 */
export type FailureKind = 'invalid' | 'refused' | 'busy' | 'unreachable' | 'broken';

/** What went wrong, in words for the person who runs the workflow. */
export interface Failure {
	kind: FailureKind;
	/** What happened. */
	message: string;
	/** What to do about it. */
	hint: string;
	/** OneTalk's code, e.g. `40002`, or its `reason`, e.g. `invalid_recipient`. */
	code?: string;
	/** The parameter that OneTalk or our check objects to: the API's spelling, or the node's parameter name. */
	field?: string;
	httpStatus?: number;
	/** Set where it stays so until somebody changes something: a wrong key, address or certificate. */
	lasting?: true;
	/** How long the server asks to wait, in ms. */
	retryAfterMs?: number;
}

/** The outcome of one call. */
export type Answer = { ok: true; data: IDataObject } | { ok: false; failure: Failure };
