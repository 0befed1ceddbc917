/** What the filters of the trigger mean for its events. */

import type { IDataObject } from 'n8n-workflow';

import type { CaseEvent } from './events';

/** Events that can never come, since the filters leave out what they are about. */
export function impossibleEvents({ status, junk }: IDataObject): CaseEvent[] {
	return [
		...(status === 'open' ? (['caseClosed'] as const) : []),
		...(status === 'closed' ? (['caseReopened'] as const) : []),
		...(junk === 'exclude' ? (['caseMarkedAsJunk'] as const) : []),
		...(junk === 'only' ? (['caseUnmarkedAsJunk'] as const) : []),
	];
}
