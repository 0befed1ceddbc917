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
	default: true,
	description:
		'Whether to only check each row and show what would be sent. Nothing is sent to OneTalk. To send, switch it off or remove it.',
};

const failureRows: INodeProperties = {
	displayName: 'Failures as Rows',
	name: 'failureRows',
	type: 'boolean',
	default: true,
	description:
		'Whether to return one row for each input row, sent or not, with the same columns, ready for a sheet. The node then does not stop at a bad row.',
};

/** The option of every operation that takes a phone number. */
export const defaultCountryCode: INodeProperties = {
	displayName: 'Default Country Code',
	name: 'defaultCountryCode',
	type: 'string',
	default: '62',
	placeholder: 'e.g. 62',
	description:
		'The country code for phone numbers that start with a single 0. Leave empty to refuse such numbers instead.',
};

/** The option of every operation that sends to a customer. */
export const sendOnceKey: INodeProperties = {
	displayName: 'Send Only Once per Key',
	name: 'sendOnceKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice-4711-reminder',
	description:
		'A text that names this message. A row whose key this node has sent for before, in any execution, is skipped.',
};

/**
 * The Options of an operation that sends or changes something: the common ones, and its own. Those that are switches are on
 * once they are added; one that is not there is off.
 */
export function optionsWith(...own: INodeProperties[]): INodeProperties {
	return optionsOf([batchingOption, dryRun, failureRows, ...own]);
}

/** The Options of an operation that only reads. */
export const readOptions: INodeProperties = optionsOf([batchingOption]);

/** The collection Options, sorted by label as n8n requires. */
export function optionsOf(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: options.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
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
