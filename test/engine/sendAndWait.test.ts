/** Send and Wait for Response on n8n's engine: one item, one message, and no waiting for a message that was not sent. */

import { ExecuteContext } from 'n8n-core';
import { WAIT_INDEFINITELY, type IDataObject, type INode } from 'n8n-workflow';

import { runAgent } from '../support/runAgent';
import { runNode, type NodeRun } from '../support/runNode';
import { useSimulator, type Fault, type Simulator } from '../support/useSimulator';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	REQUEST_TIMEOUT_MS: 400,
	FIRST_WAIT_MS: 1,
}));

const ALL_TRIES = 4;

const question = {
	resource: 'message',
	operation: 'sendAndWait',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	message: '=Order {{ $json.order }}?',
};
const row = { phone: '0812-1234-5678', order: 4711 };
const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let onetalk: Simulator;
useSimulator((simulator) => (onetalk = simulator));
afterEach(() => jest.restoreAllMocks());

const ask = async (parameters: object = {}, settings: Partial<INode> = {}, rows: IDataObject[] = [row]) =>
	await runNode(onetalk, { parameters: { ...question, ...parameters }, rows, settings });

/** Where n8n has what the contexts of all kinds of nodes share. */
const contextOfAnyNode = Object.getPrototypeOf(Object.getPrototypeOf(ExecuteContext.prototype)) as {
	getSignedResumeUrl?: unknown;
	setSignatureValidationRequired?: () => void;
};

const waitTillOf = ({ executionData }: NodeRun) => executionData.waitTill ?? undefined;
const isWaiting = (asked: NodeRun) => waitTillOf(asked) !== undefined;
const sentBodies = () => onetalk.requests.map(({ body }) => body as IDataObject);

describe('the message', () => {
	it('has the text and a signed link for each button, and the execution waits', async () => {
		const asked = await ask();
		expect(sentBodies()).toEqual([
			{
				channelID: '2101081881',
				phone: '6281212345678',
				messageType: 'text',
				body: expect.stringMatching(
					/^Order 4711\?\n\nApprove:\n(http:\/\/localhost\/webhook-waiting\/execution\/OneTalk\?run=0&approved=)true&signature=[0-9a-f]{64}\n\nDecline:\n\1false&signature=[0-9a-f]{64}$/,
				) as string,
				withCase: true,
			},
		]);
		expect(waitTillOf(asked)).toEqual(WAIT_INDEFINITELY);
		expect(JSON.stringify(asked.executionData)).not.toContain('signature=');
	});

	it('has a label, a topic and no case, where they are set', async () => {
		await ask({
			responseType: 'freeText',
			withCase: false,
			options: { messageButtonLabel: 'Here:', topicId: 7 },
		});
		const [{ body, withCase, topicID }] = sentBodies();
		expect(body).toMatch(/^Order 4711\?\n\nHere:\nhttp:\S+\?run=0&signature=[0-9a-f]{64}$/);
		expect([withCase, topicID]).toEqual([false, 7]);
	});

	it('has one link where only approving is offered', async () => {
		await ask({ approvalOptions: { values: { approvalType: 'single', approveLabel: 'Seen' } } });
		expect(sentBodies()[0].body).toMatch(/^Order 4711\?\n\nSeen:\nhttp:\S+&approved=true&signature=\S+$/);
	});

	it('waits until the limit', async () => {
		const values = { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' };
		const before = Date.now();
		const asked = await ask({ options: { limitWaitTime: { values } } });
		const ms = Number(waitTillOf(asked)) - before;
		expect(ms).toBeGreaterThanOrEqual(2_700_000);
		expect(ms).toBeLessThan(2_760_000);
	});

	it('fits with its links into what WhatsApp takes', async () => {
		const tooLong = await ask({ message: 'x'.repeat(4096) });
		const [, most = ''] =
			/"Message" has 4096 characters: .* at most (\d+)/.exec(tooLong.error?.message ?? '') ?? [];
		expect(onetalk.requests).toHaveLength(0);
		const fits = await ask({ message: 'x'.repeat(Number(most)) });
		expect(isWaiting(fits)).toBe(true);
		expect(onetalk.messages[0].body).toHaveLength(4096);
	});
});

describe('nothing is sent', () => {
	it.each([undefined, 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'for two items, with On Error %s',
		async (onError) => {
			const asked = await ask({}, { onError }, [row, row]);
			expect(JSON.stringify([asked.error?.message, asked.outputs])).toContain(
				'This operation takes one item, and got 2: nothing was sent',
			);
			expect(onetalk.requests).toHaveLength(0);
			expect(isWaiting(asked)).toBe(false);
		},
	);

	it.each<[what: string, parameters: object, says: RegExp]>([
		['a wrong number', { phone: '0812-ABC' }, /Phone Number/],
		['an empty message', { message: '={{ $json.none }}' }, /"Message" is empty/],
		['an object in the message', { message: '=Hi {{ $json }}' }, /object Object/],
		[
			'a limit in the past',
			{
				options: {
					limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' } },
				},
			},
			/"Limit Wait Time" lies in the past/,
		],
		[
			'equal labels',
			{ approvalOptions: { values: { approveLabel: 'OK', disapproveLabel: 'OK' } } },
			/"Approval Options".*twice/,
		],
	])('for %s', async (_, parameters, says) => {
		const stopped = await ask(parameters);
		expect(stopped.error?.message).toMatch(says);
		const toErrorOutput = await ask(parameters, { onError: 'continueErrorOutput' });
		expect(toErrorOutput.outputs[0]).toEqual([]);
		expect(toErrorOutput.outputs[1][0].json).toMatchObject({
			...row,
			error: expect.stringMatching(says) as string,
		});
		const inPlace = await ask(parameters, { onError: 'continueRegularOutput' });
		expect(inPlace.outputs[0][0].json.error).toMatch(says);
		expect(onetalk.requests).toHaveLength(0);
		expect([stopped, toErrorOutput, inPlace].map(isWaiting)).toEqual([false, false, false]);
	});

	it('where n8n has no signed links', async () => {
		const { getSignedResumeUrl } = contextOfAnyNode;
		delete contextOfAnyNode.getSignedResumeUrl;
		const asked = await ask();
		contextOfAnyNode.getSignedResumeUrl = getSignedResumeUrl;
		expect(asked.error?.message).toBe('This version of n8n cannot wait for a response: nothing was sent');
		expect(onetalk.requests).toHaveLength(0);
	});

	it('by an agent that calls its tools itself', async () => {
		const { answers } = await runAgent(
			onetalk,
			'direct',
			{ ...question, phone: row.phone, message: 'Fine?' },
			[[{}]],
		);
		expect(answers[0][0]).toMatchObject({
			success: false,
			error: expect.stringContaining('Nothing was sent') as string,
		});
		expect(onetalk.requests).toHaveLength(0);
	});
});

it('asks n8n 1 to check signatures', async () => {
	const required = jest.fn();
	contextOfAnyNode.setSignatureValidationRequired = required;
	await ask();
	delete contextOfAnyNode.setSignatureValidationRequired;
	expect(required).toHaveBeenCalledTimes(1);
});

describe('a message that was not sent, or may have been', () => {
	it.each<[what: string, fault: Fault, unknown: boolean]>([
		['refused', { kind: 'successFalse', reason: 'invalid_recipient' }, false],
		['too many requests', { kind: 'status', status: 429, times: ALL_TRIES }, false],
		['HTTP 500', { kind: 'http', httpStatus: 500 }, true],
		['a reset', { kind: 'resetAfterTaken' }, true],
		['a web page', { kind: 'html' }, true],
	])('%s: the node fails and does not wait', async (_, fault, unknown) => {
		onetalk.fault(fault);
		const stopped = await ask();
		expect(stopped.error?.message.startsWith('May have been sent')).toBe(unknown);
		if (unknown) expect(stopped.error?.description).toContain('Its links do not work');
		onetalk.fault(fault);
		const toErrorOutput = await ask({}, { onError: 'continueErrorOutput' });
		expect(toErrorOutput.outputs[1]).toHaveLength(1);
		onetalk.fault(fault);
		const inPlace = await ask({}, { onError: 'continueRegularOutput' });
		expect(inPlace.outputs[0][0].json).toMatchObject({ ...row, error: expect.any(String) as string });
		expect([stopped, toErrorOutput, inPlace].map(isWaiting)).toEqual([false, false, false]);
	});
});

describe('the node runs again', () => {
	it('after an unknown outcome: sends nothing, with Retry On Fail and with Retry Execution', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		const first = await ask({}, retryOnFail);
		expect(first.error?.message).toMatch(/^May have been sent/);
		const second = await runNode(onetalk, { parameters: question, rows: [row], retryOf: first.run });
		expect(second.error?.message).toMatch(/^May have been sent/);
		expect(onetalk.requests).toHaveLength(1);
	});

	it('after it could not begin to wait: waits for the message that was sent', async () => {
		jest.spyOn(ExecuteContext.prototype, 'putExecutionToWait').mockRejectedValueOnce(new Error('Not now'));
		const asked = await ask({}, retryOnFail);
		expect(onetalk.requests).toHaveLength(1);
		expect(isWaiting(asked)).toBe(true);
	});

	it('after a refusal: sends', async () => {
		onetalk.fault({ kind: 'successFalse', reason: 'invalid_recipient' });
		const asked = await ask({}, retryOnFail);
		expect(onetalk.requests).toHaveLength(2);
		expect(isWaiting(asked)).toBe(true);
	});
});
