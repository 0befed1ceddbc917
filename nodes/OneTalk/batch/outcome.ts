/** What one row asks for, and what became of it. */

import type { IDataObject } from 'n8n-workflow';

import type { Failure, OneTalkRequest } from '../api/types';

/** One request to make for one item. */
export interface Job {
	/** The item's index in the input. */
	item: number;
	request: OneTalkRequest;
	/** Send only once for this key. */
	onceKey?: string;
	/** The finished message, where it is wanted in the output. */
	preview?: string;
}

/** What became of one item. */
export type Outcome =
	/** `repeated`: an earlier call of the same agent has done it. */
	| { status: 'done'; rows: IDataObject[]; repeated?: boolean }
	| { status: 'failed'; failure: Failure }
	| { status: 'skipped'; reason: string };

/** Whether a message was sent for a row, or may have been. */
export function mayBeSent(outcome: Outcome | undefined): boolean {
	if (outcome?.status === 'failed') return outcome.failure.kind === 'broken';
	return outcome?.status === 'done';
}
