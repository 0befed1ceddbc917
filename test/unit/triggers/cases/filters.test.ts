/** What the filters of the trigger mean for its events. */

import { impossibleEvents } from '../../../../nodes/OneTalk/triggers/cases/filters';

it('report events that the filters make impossible', () => {
	expect(impossibleEvents({})).toEqual([]);
	expect(impossibleEvents({ status: 'open', junk: 'only' })).toEqual(['caseClosed', 'caseUnmarkedAsJunk']);
	expect(impossibleEvents({ status: 'closed', junk: 'exclude' })).toEqual([
		'caseReopened',
		'caseMarkedAsJunk',
	]);
});
