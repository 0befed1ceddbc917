/** The options that operations share, and their values for a batch or an item. */

import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../api/text';
import { InvalidInput } from '../input/invalid';
import { optionalBoolean } from '../input/values';

/** How fast a batch goes. */
export interface Batching {
	/**
	 * How many requests may be in flight at the same time, and how many are started before a pause. Left out, the batch
	 * finds out by itself how many OneTalk can take.
	 */
	batchSize?: number;
	/** The pause after each batch, in ms. */
	batchInterval: number;
}

const batchingOption: INodeProperties = {
	displayName: 'Batching',
	name: 'batching',
	placeholder: 'Add Batching',
	type: 'fixedCollection',
	typeOptions: { multipleValues: false },
	default: { batch: {} },
	description:
		'How fast the rows are processed. Without it, the node finds the speed by itself: 5 requests in flight at first, up to 50 while OneTalk answers fast and without 429. Rows of one recipient or case are always processed one after the other.',
	options: [
		{
			displayName: 'Batching',
			name: 'batch',
			values: [
				{
					displayName: 'Items per Batch',
					name: 'batchSize',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 5,
					description:
						'How many requests may be in flight at the same time, and how many are started before a pause',
				},
				{
					displayName: 'Batch Interval (Ms)',
					name: 'batchInterval',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					description: 'The pause after each batch, in milliseconds. 0 for none.',
				},
			],
		},
	],
};

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to only check each row and show the request that it would make. Nothing is sent to OneTalk.',
};

const failureRows: INodeProperties = {
	displayName: 'Failures as Rows',
	name: 'failureRows',
	type: 'boolean',
	default: false,
	description:
		'Whether to return one row for each input row, sent or not, with the same columns, ready for a sheet. The node then does not stop at a bad row.',
};

/** The Options of an operation: those that every operation has, and its own. Sorted by label, as n8n requires. */
export function optionsWith(...own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [batchingOption, dryRun, failureRows, ...own].sort((a, b) =>
			a.displayName < b.displayName ? -1 : 1,
		),
	};
}

/** What the options say about the whole batch. The first item's options count. */
export interface BatchOptions {
	batching: Batching;
	failureRows: boolean;
}

/** @throws {InvalidInput} for an option that cannot be used */
export function batchOptions(batching: unknown, failureRows: unknown): BatchOptions {
	const batch = isRecord(batching) && isRecord(batching.batch) ? batching.batch : {};
	const batchSize = wholeNumber(batch.batchSize);
	return {
		batching: {
			batchSize: batchSize === undefined ? undefined : Math.max(1, batchSize),
			batchInterval: Math.max(0, wholeNumber(batch.batchInterval) ?? 0),
		},
		failureRows: optionalBoolean('failureRows', failureRows) ?? false,
	};
}

/** Whether this item is only checked and shown. */
export function isDryRun(options: unknown): boolean {
	return isRecord(options) && (optionalBoolean('dryRun', options.dryRun) ?? false);
}

/** Whether the output shows this item's finished message. */
export function wantsPreview(options: unknown): boolean {
	return isRecord(options) && (optionalBoolean('preview', options.preview) ?? false);
}

function wholeNumber(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (!Number.isSafeInteger(number))
		throw new InvalidInput('batching', `(${String(value)}) must be a whole number`);
	return number;
}
