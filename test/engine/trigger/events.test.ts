/** Which cases the trigger emits, and what it reports of them: events, changes, filters, settings. */

import type { INodeParameters } from 'n8n-workflow';

import { createTrigger } from '../../support/createTrigger';
import type { Simulator } from '../../support/useSimulator';
import { brief, useTriggerWorld } from '../../support/useTriggerWorld';

describe('OneTalk Trigger: events and filters', () => {
	let onetalk: Simulator;
	const { openCase, updateCase, activated } = useTriggerWorld((simulator) => (onetalk = simulator));

	it('emits new and updated cases once each, as the API gives them, oldest first', async () => {
		const { id: old } = openCase();
		const trigger = await activated();
		const { id: fresh } = openCase();
		const { id: changed } = openCase();
		updateCase(changed, { agentRemark: 'Paid' });
		const latest = updateCase(old, { agentRemark: 'Called' });
		const items = await trigger.poll();
		expect(brief(items)).toEqual([
			[fresh, 'caseCreated'],
			[changed, 'caseCreated'],
			[old, 'caseUpdated'],
		]);
		expect(items?.[2]).toEqual({
			...latest,
			event: 'caseUpdated',
			events: ['caseRemarkChanged', 'caseUpdated'],
			changes: { agentRemark: { old: '', new: 'Called' } },
		});
		expect(await trigger.poll()).toBeNull();
		updateCase(fresh, { agentRemark: 'Again' });
		expect(brief(await trigger.poll())).toEqual([[fresh, 'caseUpdated']]);
	});

	it('emits only the chosen events and never emits the others later', async () => {
		const { id: old } = openCase();
		const trigger = await activated({ events: ['caseCreated'] });
		updateCase(old, { agentRemark: 'Paid' });
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	describe('what happened', () => {
		it('reports the changes of a known case, and names the most specific event', async () => {
			const { id } = openCase();
			const trigger = await activated({ events: ['caseClosed', 'caseReopened', 'caseRemarkChanged'] });
			updateCase(id, { isClosed: true, agentRemark: 'Done' });
			expect(await trigger.poll()).toMatchObject([
				{
					id,
					event: 'caseClosed',
					events: ['caseClosed', 'caseRemarkChanged', 'caseUpdated'],
					changes: { isClosed: { old: false, new: true }, agentRemark: { old: '', new: 'Done' } },
				},
			]);
			updateCase(id, { agent: { email: 'ani@example.com', fullName: 'Ani' } });
			expect(await trigger.poll()).toBeNull();
			updateCase(id, { isClosed: false });
			expect(brief(await trigger.poll())).toEqual([[id, 'caseReopened']]);
		});

		it('says if the former state is unknown, and still emits a closed case', async () => {
			const { id } = openCase();
			const trigger = await activated({ events: ['caseClosed'] });
			trigger.setState({ ...trigger.state(), snapshots: [] });
			updateCase(id, { isClosed: true });
			expect(await trigger.poll()).toMatchObject([
				{ id, event: 'caseClosed', events: ['caseClosed', 'caseUpdated'], previous: 'unknown' },
			]);
		});

		it('refuses events that the filters make impossible', async () => {
			const trigger = createTrigger(onetalk, { events: ['caseClosed'], filters: { status: 'open' } });
			await expect(trigger.poll()).rejects.toMatchObject({
				message: '"Trigger On" can never happen with these filters',
			});
			expect(onetalk.requests).toEqual([]);
		});
	});

	it('accepts events as text from an expression', async () => {
		const trigger = await activated({ events: 'caseCreated, caseClosed' });
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it('filters never make the trigger stop or skip', async () => {
		const trigger = await activated({ filters: { status: 'closed' } });
		const { id } = openCase();
		expect(await trigger.poll()).toBeNull();
		expect(trigger.state().lastTimestamp).toBe(onetalk.cases[0].updatedTime || onetalk.cases[0].createdTime);
		updateCase(id, { isClosed: true });
		expect(brief(await trigger.poll())).toEqual([[id, 'caseUpdated']]);
	});

	it.each([
		['a filter', { filters: { phone: '8.12E+11' } }, /^"Phone" \(8\.12E\+11\) has lost digits/],
		['an option', { options: { maxCasesPerPoll: -1 } }, /^"Max Cases per Poll" \(-1\) must be/],
		[
			'a start in the future',
			{ options: { startFrom: { start: { from: 'date', date: '2999-01-01' } } } },
			/^"Date" lies in the future/,
		],
		['no event', { events: [] }, /^"Trigger On" is empty/],
		[
			'an event that does not exist',
			{ events: ['caseCreated', 'caseCosed'] },
			/^"Trigger On" has "caseCosed", which is none of/,
		],
	])('%s that is invalid stops the trigger before any request', async (_what, parameters, message) => {
		await expect(createTrigger(onetalk, parameters as INodeParameters).poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message) as string,
		});
		expect(onetalk.requests).toEqual([]);
	});
});
