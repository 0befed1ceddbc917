/** The items that a poll emits. */

import type { INodeExecutionData } from 'n8n-workflow';

import { byTime } from '../../api/integration/cases';
import type { CaseChange } from './feed';
import { eventFor, type Settings } from './settings';

/** What n8n takes from a poll: one branch of items. */
export type PollOutput = INodeExecutionData[][];

/** One item a change, oldest first; null where there is none. */
export function outputOf({ events }: Settings, changes: CaseChange[]): PollOutput | null {
	const items = [...changes]
		.sort((a, b) => byTime(a.record, b.record))
		.map((change) => {
			const { record, ...diff } = change;
			return { json: { ...record, event: eventFor(events, change), ...diff } };
		});
	return items.length === 0 ? null : [items];
}
