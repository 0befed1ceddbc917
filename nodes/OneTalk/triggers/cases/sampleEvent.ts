/** A real case in the shape of an event that did not happen to it, for a manual test. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../api/text';
import type { OneTalkCase } from '../../api/types';
import type { CaseEvent, Changes } from './events';
import type { CaseChange } from './feed';

/** What an event changes in a case: the fields of the case, and the entry in `changes`. */
const FILLED_IN: Record<CaseEvent, (record: OneTalkCase) => { fields?: IDataObject; changes: Changes }> = {
	caseCreated: () => ({ changes: {} }),
	caseUpdated: () => ({ changes: {} }),
	caseClosed: () => flag('isClosed', true),
	caseReopened: () => flag('isClosed', false),
	caseMarkedAsJunk: () => flag('isJunk', true),
	caseUnmarkedAsJunk: () => flag('isJunk', false),
	caseAgentChanged: ({ agent }) => text('agentEmail', isRecord(agent) ? agent.email : undefined),
	caseRemarkChanged: ({ agentRemark }) => text('agentRemark', agentRemark),
	caseContactChanged: ({ contact }) =>
		text('contactFullName', isRecord(contact) ? contact.fullName : undefined),
};

function flag(name: string, value: boolean) {
	return { fields: { [name]: value }, changes: { [name]: { old: !value, new: value } } };
}

function text(name: string, value: unknown) {
	return { changes: { [name]: { old: '', new: typeof value === 'string' ? value : '' } } };
}

/**
 * The case as if the event had happened to it. The key `testEvent` says that it did not.
 *
 * @param label the event as the panel shows it, e.g. `Case Closed`
 */
export function sampleEvent(record: OneTalkCase, event: CaseEvent, label: string): CaseChange {
	const { fields = {}, changes } = FILLED_IN[event](record);
	const filledIn = Object.keys({ ...fields, ...changes });
	const made =
		filledIn.length === 0 ? '' : ` For this test, ${filledIn.join(', ')} and "changes" are filled in.`;
	return {
		record: { ...record, ...fields, testEvent: `A real case, shown as "${label}".${made}` },
		events: [event],
		changes,
	};
}
