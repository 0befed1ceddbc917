/** Case: Get Many. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { integration } from '../../api/integration/service';
import { byTime, casesSince, nextPage, versionTime } from '../../api/integration/cases';
import { casePage } from '../../api/integration/envelope';
import { MAX_PAGE_SIZE } from '../../api/limits';
import type { OneTalkCase } from '../../api/types';
import { optionalBoolean, optionalCount } from '../../input/values';
import { optionsWith } from '../options';
import type { Operation, Parameters } from '../operation';
import { requiredTime } from '../../input/time';

const properties: INodeProperties[] = [
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		required: true,
		default: '',
		description:
			'Get the cases that are new or were updated since this time. A date without a time zone is in the workflow’s zone; Unix milliseconds work too.',
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
	optionsWith(),
];

/** New and updated cases, oldest change first (Inbox API, Get Updated Case List). */
export const getMany: Operation = {
	resource: 'case',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many cases',
	description: 'Get new and updated cases since a point in time',
	properties,
	service: integration,
	repeatable: true,
	effect: { done: 'read', unknown: '', check: '' },
	apiNames: { since_timestamp: ['since'] },
	lane: () => undefined,
	subject: () => ({}),
	request: (parameters, { timezone }) => {
		const wanted = wantedRows(parameters);
		return {
			...casesSince(requiredTime('since', parameters.since, timezone), Math.min(MAX_PAGE_SIZE, wanted)),
			wanted,
		};
	},
	next: ({ query, wanted = Infinity }, pages) => {
		if (enough(pages, wanted)) return undefined;
		const page = casePage(pages[pages.length - 1]);
		const next = nextPage(page, Number(query?.since_timestamp), Number(query?.limit));
		return next && { ...casesSince(next.since), wanted };
	},
	rows: (pages, { wanted = Infinity }) => latestVersions(pages).sort(byTime).slice(0, wanted),
};

function wantedRows(parameters: Parameters): number {
	if (optionalBoolean('returnAll', parameters.returnAll) === true) return Infinity;
	return optionalCount('limit', parameters.limit) ?? 50;
}

function enough(pages: IDataObject[], wantedCases: number): boolean {
	const rows = pages.reduce((sum, page) => sum + casePage(page).cases.length, 0);
	return rows >= wantedCases && latestVersions(pages).length >= wantedCases;
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
