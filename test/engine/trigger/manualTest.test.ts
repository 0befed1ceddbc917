/** What a manual test of the trigger shows. */

import { createTrigger } from '../../support/createTrigger';
import type { Simulator } from '../../support/useSimulator';
import { useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: a manual test', () => {
	let onetalk: Simulator;
	const { later, openCase, updateCase } = useTriggerWorld((simulator) => (onetalk = simulator));

	it('shows real cases, newest last, and does not change the state', async () => {
		const trigger = createTrigger(onetalk);
		const ids = Array.from({ length: 12 }, () => openCase().id);
		const items = await trigger.poll('manual');
		expect(items?.map(({ id }) => id)).toEqual(ids.slice(2));
		expect(new Set(items?.map(({ event }) => event))).toEqual(new Set(['caseCreated']));
		expect(trigger.state()).toEqual({});

		await trigger.poll();
		const before = trigger.state();
		openCase();
		await trigger.poll('manual');
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

	it('says that no case matches the settings, and what to do', async () => {
		openCase();
		const trigger = createTrigger(onetalk, { events: ['caseReopened'] });
		await expect(trigger.poll('manual')).rejects.toMatchObject({
			message: 'None of the newest cases fits "Trigger On" and "Filters"',
			description: expect.stringContaining('leave the filters empty') as string,
		});
	});

	it('uses the filters', async () => {
		const { id } = openCase();
		openCase();
		onetalk.updateCase(id, { isClosed: true });
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items?.map((item) => item.id)).toEqual([id]);
	});

	it('looks further back until enough cases match', async () => {
		const ids = Array.from({ length: 12 }, () => openCase().id);
		ids.slice(0, 6).forEach((id) => {
			updateCase(id, { isClosed: true });
		});
		later(86_400_000);
		onetalk.bulk(150);
		const items = await createTrigger(onetalk, { filters: { status: 'closed' } }).poll('manual');
		expect(items?.map(({ id }) => id).sort()).toEqual(ids.slice(0, 6).sort());
	});

	it('does not say that there are no cases if it had no time to find one', async () => {
		for (let hour = 0; hour < 5; hour++) {
			later(3_600_000);
			onetalk.bulk(150);
		}
		const trigger = createTrigger(onetalk, {}, { budget: { ms: 0 } });
		await expect(trigger.poll('manual')).rejects.toMatchObject({
			message: 'No case that fits was found in time',
		});
	});

	it('shows new cases if the settings ask for them and the newest changes are updates', async () => {
		const ids = Array.from({ length: 3 }, () => openCase().id);
		later(86_400_000);
		ids.forEach((id) => updateCase(id, { agentRemark: 'Called' }));
		const items = await createTrigger(onetalk, { events: ['caseCreated'] }).poll('manual');
		expect(items?.map(({ event }) => event)).toEqual(Array(3).fill('caseCreated'));
	});
});
