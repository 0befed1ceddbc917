/** What the trigger does when OneTalk fails: errors, log lines, and the polls after them. */

import { createTrigger, type Trigger } from '../../support/createTrigger';
import type { Fault, Simulator } from '../../support/useSimulator';
import { brief, useTriggerWorld } from '../../support/useTriggerWorld';

jest.mock('../../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../../nodes/OneTalk/api/limits'),
	REQUEST_TIMEOUT_MS: 500,
}));

const passing: Array<[string, Fault]> = [
	['HTTP 503', { kind: 'http', httpStatus: 503 }],
	['HTTP 429', { kind: 'http', httpStatus: 429 }],
	['body status 429', { kind: 'status', status: 429 }],
	['body status 500', { kind: 'status', status: 500 }],
	['a reset', { kind: 'reset' }],
	['a time-out', { kind: 'timeout' }],
];
const wrong: Array<[string, Fault]> = [
	['a web page', { kind: 'html' }],
	['an empty body', { kind: 'empty' }],
	['a truncated body', { kind: 'truncated' }],
	['a body without cases', { kind: 'dataEmpty' }],
	['cases that are no list', { kind: 'casesNotList' }],
	['success: false', { kind: 'successFalse' }],
];
const forTheUser: Array<[string, Fault]> = [
	['an unknown key', { kind: 'status', status: 491 }],
	['a missing tier', { kind: 'status', status: 499 }],
	['HTTP 401', { kind: 'http', httpStatus: 401 }],
	['a wrong parameter', { kind: 'status', status: 400 }],
];

describe('OneTalk Trigger: faults', () => {
	let onetalk: Simulator;
	const { openCase, activated } = useTriggerWorld((simulator) => (onetalk = simulator));

	describe.each([...passing, ...wrong, ...forTheUser])('%s', (_what, fault) => {
		it('is thrown at a later poll, and the next poll emits what was missed', async () => {
			const trigger = await activated();
			const { id } = openCase();
			const before = trigger.state();
			onetalk.fault(fault);
			await expect(trigger.poll()).rejects.toMatchObject({
				name: 'NodeApiError',
				message: expect.stringMatching(/\w/) as string,
				description: expect.stringMatching(/^[A-Z].+\.$/) as string,
			});
			expect(trigger.state()).toEqual(before);
			expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
		});
	});

	it.each(passing)('the first poll of a process survives %s with a log line', async (_what, fault) => {
		openCase();
		onetalk.fault(fault);
		const trigger = createTrigger(onetalk);
		expect(await trigger.poll()).toBeNull();
		expect(trigger.warnings).toEqual([expect.stringContaining('The next poll tries again')]);
		expect(trigger.state()).toEqual({});
		expect(await trigger.poll()).toBeNull();
		const { id } = openCase();
		expect(brief(await trigger.poll())).toEqual([[id, 'caseCreated']]);
	});

	it.each(forTheUser)('the first poll of a process throws %s', async (_what, fault) => {
		onetalk.fault(fault);
		await expect(createTrigger(onetalk).poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it.each<[string, Fault]>([
		['a missing page', { kind: 'http', httpStatus: 404 }],
		['a firewall', { kind: 'http', httpStatus: 403 }],
	])('the first poll after n8n starts survives %s, but not when a person publishes', async (_what, fault) => {
		onetalk.fault(fault);
		const started = createTrigger(onetalk, {}, { activation: 'init' });
		expect(await started.poll()).toBeNull();
		onetalk.fault(fault);
		await expect(createTrigger(onetalk).poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it.each(forTheUser)('the first poll after n8n starts throws %s', async (_what, fault) => {
		onetalk.fault(fault);
		const trigger = createTrigger(onetalk, {}, { activation: 'init' });
		await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('tells n8n why a poll failed, and how long to wait', async () => {
		const trigger = await activated();
		onetalk.fault({ kind: 'http', httpStatus: 429, retryAfter: 7 });
		await expect(trigger.poll()).rejects.toMatchObject({
			failure: { cause: 'rate-limited', retryAfterMs: 7_000 },
		});
		onetalk.fault({ kind: 'http', httpStatus: 503 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		onetalk.fault({ kind: 'status', status: 491 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'credential-invalid' } });
		onetalk.fault({ kind: 'status', status: 499 });
		await expect(trigger.poll()).rejects.toMatchObject({ failure: { cause: 'configuration-invalid' } });
	});

	it('never shows the key in an error', async () => {
		onetalk.fault({ kind: 'echoKey' });
		const error: Error = await createTrigger(onetalk)
			.poll()
			.then(() => new Error('no error'))
			.catch((caught: Error) => caught);
		expect(error.message).toContain('API key *** is not found');
		expect(JSON.stringify(error) + String(error.stack)).not.toContain(onetalk.apiKey);
	});

	it('the first poll of a process throws if the base URL is invalid', async () => {
		const trigger = createTrigger({ baseUrl: 'nowhere', apiKey: onetalk.apiKey });
		await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});

	it('survives being published again while the API is down', async () => {
		let live: Trigger = createTrigger(onetalk, {}, { reuseContext: true });
		await live.poll();
		await live.poll();
		onetalk.fault({ kind: 'http', httpStatus: 503, times: 2 });
		live = live.published();
		expect(await live.poll()).toBeNull();
		await expect(live.poll()).rejects.toMatchObject({ name: 'NodeApiError' });
	});
});
