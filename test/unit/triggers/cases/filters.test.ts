import { impossibleEvents } from '../../../../nodes/OneTalk/triggers/cases/filters';

it('tells which events the filters make impossible', () => {
	expect(impossibleEvents({})).toEqual([]);
	expect(impossibleEvents({ status: 'open', junk: 'only' })).toEqual(['caseClosed', 'caseUnmarkedAsJunk']);
	expect(impossibleEvents({ status: 'closed', junk: 'exclude' })).toEqual([
		'caseReopened',
		'caseMarkedAsJunk',
	]);
});
