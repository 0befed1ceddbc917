/** What one operation of the node is: its words, its parameters, and the rules between an item and a request. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Service } from '../api/service';
import type { Failure, OneTalkRequest } from '../api/types';

/** One item's parameters by name, expressions evaluated. Their types are whatever the expressions gave. */
export type Parameters = Record<string, unknown>;

/** The values of the parameter Resource, with the names that the panel shows. */
export const RESOURCES = {
	case: 'Case',
	chatbot: 'Chatbot',
	contact: 'Contact',
	message: 'Message',
} as const;

export type Resource = keyof typeof RESOURCES;

/** What the expressions of one item are made of. */
export interface Expressions {
	/** The expression that a parameter is given by, as its author wrote it; undefined for a fixed value. */
	textOf(...path: string[]): string | undefined;
	/** The value of `$json` for this item. */
	json(): IDataObject;
	/** The names of the columns that `$json` has for any item. */
	columns(): string[];
}

/** What an operation needs to know of an execution that will wait for a response. */
export interface Waiting {
	/**
	 * The link that resumes this execution, signed by n8n. It is the same for the same parameters when n8n runs the node again.
	 *
	 * @param parameters what the link carries, e.g. an answer for a link that stands for one button
	 */
	linkFor(parameters?: Record<string, string>): string;
	/** The message as a person can read it, if something has to be changed for that. */
	readable(message: unknown): unknown;
	/** Unix ms. */
	now: number;
}

/** What an operation may use beside its item's parameters. */
export interface ItemContext {
	/** The workflow's time zone, e.g. `Asia/Jakarta`. */
	timezone: string;
	/** The fields of the input item. */
	row: IDataObject;
	/** What the credential gives for parameters that are left empty, by their names. */
	defaults?: IDataObject;
	/** Left out where the parameters come from no expressions. */
	expressions?: Expressions;
	/** For operations that wait for a response. */
	waiting?: Waiting;
}

/** Whom a row is about, as far as it is known. */
export interface Subject {
	phone?: string;
	caseID?: string;
	customerUserID?: string;
}

/** How the outcome of a row is worded. */
export interface Effect {
	/** What was done with a row that worked, for counting rows in a sentence, e.g. `sent`. */
	done: string;
	/** The beginning of the message for a row of which nobody knows whether it was done, e.g. `May have been sent`. */
	unknown: string;
	/** What to check before such a row is run again, as a sentence. */
	check: string;
}

/**
 * Everything about one operation. The functions are pure; running the rows is the job of `batch/`, and travel and answers are
 * the job of `api/`.
 */
export interface Operation<Request extends OneTalkRequest = OneTalkRequest> {
	resource: Resource;
	/** The value of the parameter Operation, as saved workflows hold it. */
	value: string;
	/** The label in the Operation list. */
	name: string;
	/** The sentence in the node creator, and all that an AI agent is told of the tool unless its user writes more. */
	action: string;
	description: string;
	/** Its parameters, without display conditions for resource and operation. */
	properties: INodeProperties[];

	/** The service that its requests go to. */
	service: Service;
	/** Whether the same request twice has the same effect as once. */
	repeatable: boolean;
	effect: Effect;
	/** The API's spelling of a field → the parameters it is made from, where their names differ. */
	apiNames: Record<string, string[]>;
	/** Requests with the same lane are made one after the other, in item order. */
	lane(request: Request): string | undefined;
	/** Whom a request, and the row that came of it, is about. */
	subject(request: Request, row?: IDataObject): Subject;
	/**
	 * Columns of Failures as Rows that say whom a row is about → the parameters they are taken from where the row did not
	 * pass the check. Left out: `phone` and `caseID`, from the parameters `phone` and `caseId`.
	 */
	reportColumns?: Partial<Record<keyof Subject, string>>;

	/** @throws {InvalidInput} naming the parameter that cannot be used */
	request(parameters: Parameters, itemContext: ItemContext): Request;
	/** The finished message as its recipient will read it, where that is known of valid parameters. */
	preview?(parameters: Parameters, itemContext: ItemContext): string | undefined;
	/** The request to make next, where one answer is not all of it. Left out: one request is all. */
	next?(request: Request, pages: IDataObject[]): Request | undefined;
	/** The next step for a failure where the operation knows it better than its service. */
	explain?(failure: Failure): string | undefined;
	/** Output rows from the `data` of each answer. */
	rows(pages: IDataObject[], request: Request): IDataObject[];
}
