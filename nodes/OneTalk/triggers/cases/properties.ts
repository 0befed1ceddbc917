/** The parameters of the trigger, as the panel shows them. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { caseFilters } from '../../input/caseFilterFields';
import { labelIn } from '../../input/labels';
import { CASE_EVENTS, type CaseEvent } from './events';

const ABOUT_EVENTS: Record<CaseEvent, Omit<INodePropertyOptions, 'value'>> = {
	caseCreated: { name: 'Case Created', description: 'A case that is new, also if it was changed since' },
	caseUpdated: { name: 'Case Updated', description: 'Any change of a case that is not new' },
	caseClosed: {
		name: 'Case Closed',
		description: 'A case that is closed now, and is not known to have been closed before',
	},
	caseReopened: { name: 'Case Reopened', description: 'A case that was closed and is open again' },
	caseMarkedAsJunk: {
		name: 'Case Marked as Junk',
		description: 'A case that is junk now, and is not known to have been junk before',
	},
	caseUnmarkedAsJunk: {
		name: 'Case Unmarked as Junk',
		description: 'A case that was junk and is not any more',
	},
	caseAgentChanged: {
		name: 'Case Agent Changed',
		description: 'A case that was assigned, unassigned or handed to another agent',
	},
	caseRemarkChanged: { name: 'Case Remark Changed', description: 'A case whose agent remark was changed' },
	caseContactChanged: {
		name: 'Case Contact Changed',
		description:
			'A case with another contact, or whose contact has another name, alias, email, phone or remark',
	},
};

const events: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: CASE_EVENTS.map((value) => ({ ...ABOUT_EVENTS[value], value })).sort((a, b) =>
		a.name < b.name ? -1 : 1,
	),
	default: ['caseCreated', 'caseUpdated'],
	description:
		'What starts the workflow. OneTalk only shows the current state of a case, so several changes between two polls arrive as one.',
};

const filters: INodeProperties = {
	...caseFilters,
	description:
		'Which cases start the workflow. Without filters every case does, including junk and closed cases.',
};

const start: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'options',
		options: [
			{ name: 'Now', value: 'now', description: 'With what happens after the workflow is published' },
			{ name: 'Some Hours Back', value: 'hours' },
			{ name: 'Some Days Back', value: 'days' },
			{ name: 'A Date', value: 'date' },
		],
		default: 'now',
		description:
			'Where to start when the workflow is published for the first time. After that the trigger continues where it stopped.',
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		description: 'How many hours back to start',
		displayOptions: { show: { from: ['hours'] } },
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		description: 'How many days back to start',
		displayOptions: { show: { from: ['days'] } },
	},
	{
		displayName: 'Date',
		name: 'date',
		type: 'dateTime',
		default: '',
		description: 'Cases that were created or changed from this time on start the workflow',
		displayOptions: { show: { from: ['date'] } },
	},
];

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Default Country Code',
			name: 'defaultCountryCode',
			type: 'string',
			default: '62',
			placeholder: 'e.g. 62',
			description: 'The country code for phone numbers in the filter that start with a single 0',
		},
		{
			displayName: 'ISO Times',
			name: 'isoTimes',
			type: 'boolean',
			default: true,
			description:
				'Whether to add the times of the case in the form 2026-01-31T09:00:00.000Z, as createdTimeIso and updatedTimeIso',
		},
		{
			displayName: 'Look Back (Seconds)',
			name: 'lookBackSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 60,
			description:
				'How late OneTalk may show a change without the trigger missing it. Each poll reads this many seconds again, and starts the workflow only for what is new.',
		},
		{
			displayName: 'Max Cases per Poll',
			name: 'maxCasesPerPoll',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description:
				'The max number of cases in one execution. After a long break the rest follows at the next polls, oldest first.',
		},
		{
			displayName: 'Start From',
			name: 'startFrom',
			placeholder: 'Add Start',
			type: 'fixedCollection',
			typeOptions: { multipleValues: false },
			default: { start: {} },
			description: 'Where to start when the workflow is published for the first time',
			options: [{ displayName: 'Start', name: 'start', values: start }],
		},
	],
};

/** The parameters of the trigger, beside the poll times that n8n adds. */
export const properties: INodeProperties[] = [events, filters, options];

/** The label that the user sees for an event. */
export function eventLabel(event: CaseEvent): string {
	return ABOUT_EVENTS[event].name;
}

/** The label that the user sees for a parameter. */
export function labelOf(name: string): string {
	return labelIn([...properties, ...start], name) ?? name;
}
