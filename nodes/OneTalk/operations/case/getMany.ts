/** Case: Get Many. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { integration } from '../../api/integration/service';
import { byTime, casesSince, nextPage, versionTime } from '../../api/integration/cases';
import { casePage } from '../../api/integration/envelope';
import { MAX_PAGE_SIZE } from '../../api/limits';
import { isRecord } from '../../api/text';
import type { OneTalkCase, OneTalkRequest } from '../../api/types';
import { caseFilters } from '../../input/caseFilterFields';
import { parseFilters, type Filter } from '../../input/caseFilters';
import { InvalidInput } from '../../input/invalid';
import { requiredTime } from '../../input/time';
import { optionalBoolean, optionalCount } from '../../input/values';
import { readOptions } from '../options';
import type { Operation, Parameters } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		required: true,
		default: '',
		description:
			'Get the cases that are new or were updated since this time. A date without a time zone is in the workflow’s zone; a Unix time works too. For the last 24 hours, write the expression {{ $now.minus({ hours: 24 }) }}.',
	},
	{
		...caseFilters,
		description:
			'Which of these cases to return. Without filters all of them are, including junk and closed cases.',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	readOptions,
];

const NO_SINCE =
	'Choose a date. For the last 24 hours, write the expression {{ $now.minus({ hours: 24 }) }}.';

/** A request for one page, and what the request for the next page has to know. */
interface CasesRequest extends OneTalkRequest {
	/** How many cases are wanted, at most. */
	wanted: number;
	isWanted: Filter;
}

/** New and updated cases, oldest change first (Inbox API, Get Updated Case List). */
export const getMany: Operation<CasesRequest> = {
	resource: 'case',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many cases',
	description:
		'Get new and updated cases since a point in time, once for each input item: a case may appear once per item',
	properties,
	service: integration,
	repeatable: true,
	effect: { done: 'read', unknown: '', check: '' },
	apiNames: { since_timestamp: ['since'] },
	lane: () => undefined,
	subject: () => ({}),
	request: (parameters, { timezone }) => {
		const wanted = wantedRows(parameters);
		const filters = filtersOf(parameters);
		const hasFilters = Object.keys(filters).length > 0;
		const limit = hasFilters ? MAX_PAGE_SIZE : Math.min(MAX_PAGE_SIZE, wanted);
		return {
			...casesSince(requiredTime('since', parameters.since, timezone, NO_SINCE), limit),
			wanted,
			isWanted: parseFilters(filters, {}, timezone),
		};
	},
	next: ({ query, wanted, isWanted }, pages) => {
		if (enough(pages, wanted, isWanted)) return undefined;
		const page = casePage(pages[pages.length - 1]);
		const next = nextPage(page, Number(query?.since_timestamp), Number(query?.limit));
		return next && { ...casesSince(next.since), wanted, isWanted };
	},
	rows: (pages, { wanted, isWanted }) => latestVersions(pages).filter(isWanted).sort(byTime).slice(0, wanted),
};

function filtersOf({ filters }: Parameters): IDataObject {
	if (filters === undefined || filters === null || filters === '') return {};
	if (isRecord(filters)) return filters;
	throw new InvalidInput('filters', 'must be an object with the fields of the filters');
}

function wantedRows(parameters: Parameters): number {
	if (optionalBoolean('returnAll', parameters.returnAll) === true) return Infinity;
	return optionalCount('limit', parameters.limit) ?? 50;
}

function enough(pages: IDataObject[], wantedCases: number, isWanted: Filter): boolean {
	const rows = pages.reduce((sum, page) => sum + casePage(page).cases.length, 0);
	return rows >= wantedCases && latestVersions(pages).filter(isWanted).length >= wantedCases;
}

/** Pages overlap, and a case may change between two of them: only its latest version is returned. */
function latestVersions(pages: IDataObject[]): OneTalkCase[] {
	const latest = new Map<string, OneTalkCase>();
	for (const record of pages.flatMap((page) => casePage(page).cases)) {
		const known = latest.get(record.id);
		if (known === undefined || versionTime(record) > versionTime(known)) latest.set(record.id, record);
	}
	return [...latest.values()];
}
