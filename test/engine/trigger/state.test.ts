/** What the trigger stores: for which account, for which of several triggers, and what it does with a damaged state. */

import type { IDataObject } from 'n8n-workflow';

import { createTrigger } from '../../support/createTrigger';
import { useSimulator, type Simulator } from '../../support/useSimulator';
import { brief, useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: the stored state', () => {
	let onetalk: Simulator;
	const { now, later, openCase, activated } = useTriggerWorld((simulator) => (onetalk = simulator));

	it.each([
		['not usable', { lastTimestamp: 'yesterday' }],
		['of another layout', { cursor: 5, layout: 7 }],
	])('starts from the beginning if the stored state is %s', async (_what, state) => {
		openCase();
		const trigger = createTrigger(onetalk);
		trigger.setState(state as IDataObject);
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('continues right after lastTimestamp if nothing else is stored', async () => {
		const { updatedTime } = openCase();
		const { id } = openCase();
		const trigger = createTrigger(onetalk);
		trigger.setState({ lastTimestamp: updatedTime as number });
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('two triggers in one workflow do not affect each other', async () => {
		const first = await activated({ events: ['caseCreated'] }, { name: 'First' });
		const second = createTrigger(onetalk, {}, { name: 'Second', beside: first });
		expect(await second.poll()).toBeNull();
		const { id } = openCase();
		for (const trigger of [first, second]) expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		for (const trigger of [first, second]) expect(await trigger.poll()).toBeNull();
	});

	describe('the account', () => {
		let other: Simulator;
		useSimulator((simulator) => (other = simulator));

		it('with another base URL starts from the beginning, with a warning', async () => {
			openCase();
			const trigger = await activated();
			later();
			other.setClock(now());
			other.createCase({});
			other.createCase({});
			const moved = createTrigger(other);
			moved.setState(trigger.state());
			expect(await moved.poll()).toBeNull();
			expect(moved.warnings).toEqual([expect.stringContaining('another OneTalk account')]);
			later();
			other.setClock(now());
			const { id } = other.createCase({});
			expect(brief(await moved.poll())).toEqual([[id, 'caseCreated']]);
		});

		it('with a new key continues where it was', async () => {
			openCase();
			const trigger = await activated();
			const { id } = openCase();
			const renewed = createTrigger(onetalk);
			renewed.setState({ ...trigger.state(), account: 'that of the old key' });
			expect(brief(await renewed.poll())).toEqual([[id, 'caseCreated']]);
			expect(renewed.state().account).not.toBe('that of the old key');
		});

		it('is stored without its key or URL', async () => {
			const trigger = await activated();
			const state = JSON.stringify(trigger.state());
			expect(state).not.toContain(onetalk.apiKey);
			expect(state).not.toContain('127.0.0.1');
		});
	});
});
