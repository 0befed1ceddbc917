import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { OneTalkRequest } from '../api/types';

/** One item's parameters by name, expressions evaluated. Their types are whatever the expressions gave. */
export type Parameters = Record<string, unknown>;

/** What an operation may know of the workflow beside its item's parameters. */
export interface ItemContext {
	/** The workflow's time zone, e.g. `Asia/Jakarta`. */
	timezone: string;
	/** The fields of the item that comes in. */
	row: IDataObject;
}

/**
 * Everything about one operation. The functions are pure; what is done with requests, answers and failures is the
 * runner's business (`batch.ts`), how they travel is the client's (`api/`).
 */
export interface Operation {
	resource: 'case' | 'message';
	/** The value that saved workflows hold. */
	operation: string;
	/** The label in the Operation list. */
	name: string;
	/** The sentence in the node creator, and all that an AI agent is told of the tool unless its user writes more. */
	action: string;
	description: string;
	/** Its parameters, without display conditions for resource and operation. */
	fields: INodeProperties[];

	/** What was done with a row that worked, e.g. `sent`: for counting rows in a sentence. */
	done: string;
	/** Whether asking twice has the same effect as asking once. */
	repeatable: boolean;
	/** Requests with the same lane are made one after the other, in item order. */
	lane(request: OneTalkRequest): string | undefined;

	/** @throws {InvalidInput} naming the parameter that cannot be used */
	request(parameters: Parameters, itemContext: ItemContext): OneTalkRequest;
	/** The finished message as its recipient will read it, where that is known of valid parameters. */
	preview?(parameters: Parameters, itemContext: ItemContext): string | undefined;
	/** The request to make next, where one answer is not all of it. Left out: one request is all. */
	next?(request: OneTalkRequest, pages: IDataObject[]): OneTalkRequest | undefined;
	/** Output rows from the `data` of each answer. */
	rows(pages: IDataObject[], request: OneTalkRequest): IDataObject[];
}
