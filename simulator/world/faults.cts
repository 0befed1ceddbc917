/** The active faults: wrong responses to the next requests, or to a share of them. */

import type { Random } from './random.cts';

/** What a fault does. api/integration/faultKinds.cts describes each kind. */
export type FaultKind =
	| 'status'
	| 'successFalse'
	| 'errorObjectEmpty'
	| 'extraKeys'
	| 'html'
	| 'empty'
	| 'truncated'
	| 'array'
	| 'string'
	| 'null'
	| 'dataMissing'
	| 'dataEmpty'
	| 'casesNotList'
	| 'statusString'
	| 'statusMissing'
	| 'http'
	| 'reset'
	| 'resetAfterTaken'
	| 'timeout'
	| 'echoKey';

export interface Fault {
	kind: FaultKind;
	/** How many requests it hits. Default: 1, or no limit if there is a rate. */
	times?: number;
	/** Share of the requests that it hits, above 0 and up to 1. */
	rate?: number;
	/** The only endpoint it hits: the last part of the path, or `chatbot`, or `sends`. Default: all endpoints. */
	endpoint?: string;
	/** Whether the request is carried out anyway. Default: false. */
	taken?: boolean;
	/** Kind `status`: `status` in the body. */
	status?: number;
	/** Kind `status`: `error.code`. */
	code?: string;
	/** Kind `status`: `error.message`. Kind `successFalse`: `data.message`. */
	message?: string;
	/** Kind `status`: `error.field`. */
	field?: string;
	/** Kind `successFalse`: `data.reason`, for example `invalid_recipient`. */
	reason?: string;
	/** Kind `http`: the HTTP status. */
	httpStatus?: number;
	/** Kind `http`: seconds in the header `Retry-After`. */
	retryAfter?: number;
	/** Kind `http`: the body is the one that would have been sent with HTTP 200. */
	withAnswer?: boolean;
}

/** An active fault with the number of requests that it will still hit; null is no limit. */
export type ActiveFault = Fault & { left: number | null };

export class FaultList {
	private active: Array<{ fault: Fault; left: number }> = [];

	/** @param check throws an error that says what is wrong with a fault */
	constructor(
		private readonly check: (input: unknown) => Fault,
		private readonly random: () => Random,
		private readonly changed: () => void,
	) {}

	/** In the order in which they were added. */
	get list(): ActiveFault[] {
		return this.active.map(({ fault, left }) => ({ ...fault, left: left === Infinity ? null : left }));
	}

	/**
	 * Adds a fault. If several faults match a request, the one that was added first hits it.
	 *
	 * @throws {Error} that says what is wrong with it
	 */
	add(input: unknown): void {
		const fault = { ...this.check(input) };
		this.active.push({ fault, left: fault.times ?? (fault.rate === undefined ? 1 : Infinity) });
		this.changed();
	}

	clear(): void {
		this.active = [];
		this.changed();
	}

	/**
	 * Returns the fault that hits this request, and counts the request.
	 *
	 * @param names by which a fault can select the request
	 */
	take(names: string[]): Fault | undefined {
		const hit = this.active.find(
			({ fault }) =>
				(!fault.endpoint || names.includes(fault.endpoint)) &&
				(fault.rate === undefined || this.random().next() < fault.rate),
		);
		if (!hit) return undefined;
		hit.left -= 1;
		if (hit.left === 0) this.active = this.active.filter((entry) => entry !== hit);
		this.changed();
		return hit.fault;
	}
}
