/** What travels between operations, the client and the services: requests, answers and failures. */

import type { IDataObject } from 'n8n-workflow';

/** One call of a service, without its address and secret. */
export interface OneTalkRequest {
	method: 'GET' | 'POST';
	/** Path below the service's address, e.g. `/inbox/case/update`. */
	path: string;
	/** Query parameters; the API spells them in snake_case. */
	query?: IDataObject;
	/** JSON body; the API spells its fields in camelCase with a capital `ID`. */
	body?: IDataObject;
	/** The row's own recipient, where a rehearsal sends to another number. Not sent. */
	redirectedFrom?: string;
	/** What makes the request the same as another one, where the body has more in it, such as a link. Not sent. */
	identity?: IDataObject;
	/** Set where the node waits for a response after the request: until when (Unix ms), if not without a limit, and what the page shows. Not sent. */
	waiting?: { till?: number; page: IDataObject };
	/** What the `data` of the Integration API's answer must show: `success: true` (the default), or a list of cases. */
	expects?: 'success' | 'cases';
}

/** A request with a JSON body that the package itself makes, so that its fields are known. */
export interface PostRequest<Body extends IDataObject> extends OneTalkRequest {
	method: 'POST';
	body: Body;
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
 * - `untried`: no request was made, for a reason that is not the row's
 * - `refused`: OneTalk answered, and did not do it
 * - `busy`: OneTalk asked to slow down (429), and did not do it
 * - `unreachable`: no connection came about, so OneTalk never saw the request
 * - `broken`: the answer is missing, unreadable or a server fault: it may or may not have been done
 */
export type FailureKind = 'invalid' | 'untried' | 'refused' | 'busy' | 'unreachable' | 'broken';

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
	/** Set where it concerns the key, the plan or the address, so that every row of a batch would meet it. */
	everyRow?: true;
	/** How long the server asks to wait, in ms. */
	retryAfterMs?: number;
}

/** The outcome of one call. */
export type Answer = { ok: true; data: IDataObject } | { ok: false; failure: Failure };
