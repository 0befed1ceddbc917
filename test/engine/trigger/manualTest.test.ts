/** What a manual test of the trigger shows. */

import { createTrigger } from '../../support/createTrigger';
import type { Simulator } from '../../support/useSimulator';
import { useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: a manual test', () => {
	let onetalk: Simulator;
	const { later, openCase, updateCase } = useTriggerWorld((simulator) => (onetalk = simulator));

	it('shows one real case, the newest, and does not change the state', async () => {
		const trigger = createTrigger(onetalk);
		const ids = Array.from({ length: 12 }, () => openCase().id);
		const items = await trigger.poll('manual');
		expect(items).toMatchObject([{ id: ids[11], event: 'caseCreated', events: ['caseCreated'] }]);
		expect(items?.[0]).not.toHaveProperty('testEvent');
		expect(trigger.state()).toEqual({});

		await trigger.poll();
		const before = trigger.state();
		openCase();
		expect(await trigger.poll('manual')).toHaveLength(1);
		expect(trigger.state()).toEqual(before);
		expect(await trigger.poll()).toHaveLength(1);
	});

	it('says that the account has no cases, and what to do', async () => {
		await expect(createTrigger(onetalk).poll('manual')).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'There is no case in OneTalk yet',
			description: expect.stringContaining('Send a message to your channel') as string,
		});
	});

	it.each([
		['caseClosed', { isClosed: true }, { isClosed: { old: false, new: true } }],
		['caseReopened', { isClosed: false }, { isClosed: { old: true, new: false } }],
		['caseMarkedAsJunk', { isJunk: true }, { isJunk: { old: false, new: true } }],
		['caseUnmarkedAsJunk', { isJunk: false }, { isJunk: { old: true, new: false } }],
		['caseRemarkChanged', {}, { agentRemark: { old: '', new: '' } }],
		['caseAgentChanged', {}, { agentEmail: { old: '', new: '' } }],
	] as const)(
		'shows a real case as %s if that has not happened to any, and says so',
		async (event, fields, changes) => {
			const { id } = openCase();
			const items = await createTrigger(onetalk, { events: [event] }).poll('manual');
			expect(items).toMatchObject([{ id, event, events: [event], ...fields, changes }]);
			expect(items?.[0].testEvent).toMatch(
				/^A real case, shown as "Case .*For this test, .*"changes" are filled in\.$/,
			);
		},
	);

	it('prefers a case to which the event has happened', async () => {
		const { id } = openCase();
		openCase();
		onetalk.updateCase(id, { isClosed: true });
		openCase();
		const items = await createTrigger(onetalk, { events: ['caseClosed'] }).poll('manual');
		expect(items).toMatchObject([{ id, event: 'caseClosed', isClosed: true }]);
		expect(items?.[0]).not.toHaveProperty('testEvent');
	});

	it('uses the filters', async () => {
		const { id } = openCase();
		openCase();
		onetalk.updateCase(id, { isClosed: true });
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items?.map((item) => item.id)).toEqual([id]);
	});

	it('names the filter that no case matches', async () => {
		openCase();
		const filters = { status: 'open', agentEmail: 'nobody@example.com' };
		await expect(createTrigger(onetalk, { filters }).poll('manual')).rejects.toMatchObject({
			message: 'None of the newest 1 cases matches the filters',
			description: expect.stringContaining('None of them matches "Agent Email".') as string,
		});
	});

	it('looks further back until a case matches', async () => {
		const ids = Array.from({ length: 12 }, () => openCase().id);
		ids.slice(0, 6).forEach((id) => {
			updateCase(id, { isClosed: true });
		});
		later(86_400_000);
		onetalk.bulk(150);
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items).toHaveLength(1);
		expect(ids.slice(0, 6)).toContain(items?.[0].id);
	});

	it('does not say that there are no cases if it had no time to find one', async () => {
		for (let hour = 0; hour < 5; hour++) {
			later(3_600_000);
			onetalk.bulk(150);
		}
		const trigger = createTrigger(onetalk, {}, { budget: { ms: 0 } });
		await expect(trigger.poll('manual')).rejects.toMatchObject({
			message: 'The newest cases were not found in time',
		});
	});

	it('shows a new case if the settings ask for it and the newest changes are updates', async () => {
		const ids = Array.from({ length: 3 }, () => openCase().id);
		later(86_400_000);
		ids.forEach((id) => updateCase(id, { agentRemark: 'Called' }));
		const items = await createTrigger(onetalk, { events: ['caseCreated'] }).poll('manual');
		expect(items?.map(({ event }) => event)).toEqual(['caseCreated']);
	});

	it('puts event and events first, and adds ISO times by option', async () => {
		openCase();
		const items = await createTrigger(onetalk, { options: { isoTimes: true } }).poll('manual');
		const [item] = items ?? [];
		expect(Object.keys(item).slice(0, 2)).toEqual(['event', 'events']);
		expect(item.createdTimeIso).toBe(new Date(item.createdTime as number).toISOString());
		expect(item.updatedTimeIso).toBe(new Date(item.updatedTime as number).toISOString());
	});
});
