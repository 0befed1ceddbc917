/** The OneTalk node as an agent's tool: what the model is told, and that it cannot send a message twice. */

import { runAgent, type AgentKind } from '../support/runAgent';
import { useSimulator, type Simulator } from '../support/useSimulator';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	FIRST_WAIT_MS: 1,
}));

const send = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: "={{ $fromAI('phone', 'The recipient', 'string') }}",
	messageType: 'text',
	text: "={{ $fromAI('text', 'The text', 'string') }}",
};
const phone = '6281212345678';
const hello = { phone, text: 'Hello' };
const other = { phone, text: 'Something else' };

describe.each<AgentKind>(['engine', 'direct'])('As an agent’s tool (%s)', (kind) => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	it('sends, and tells the model so', async () => {
		const { answers } = await runAgent(onetalk, kind, send, [[hello], [other]]);
		expect(answers.map(([answer]) => answer)).toMatchObject([
			{ success: true, phone },
			{ success: true, phone },
		]);
		expect(onetalk.messages.map(({ body }) => body)).toEqual(['Hello', 'Something else']);
	});

	it('does not repeat a message that was sent in this execution, and tells the model', async () => {
		const { answers } = await runAgent(onetalk, kind, send, [[hello], [hello]]);
		expect(answers[0][0]).not.toHaveProperty('alreadyDone');
		expect(answers[1][0]).toMatchObject({
			success: true,
			alreadyDone: true,
			note: 'The same call was made before in this execution, and it was done. It was not made again.',
		});
		expect(onetalk.requests).toHaveLength(1);
	});

	it('does not repeat a message that may have been sent, and tells the model what to do', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		const { answers } = await runAgent(onetalk, kind, send, [[hello], [hello]]);
		const told = {
			success: false,
			outcome: 'unknown',
			error: expect.stringMatching(
				/^May have been sent: The connection to OneTalk broke.*Do not repeat this call.*Look in OneTalk/s,
			) as string,
		};
		expect(answers.map(([answer]) => answer)).toMatchObject([told, told]);
		expect(onetalk.requests).toHaveLength(1);
	});

	it('makes one of two equal calls that the model makes at once', async () => {
		onetalk.configure({ latencyMs: 30 });
		await runAgent(onetalk, kind, send, [[hello, hello, other]]);
		expect(onetalk.messages.map(({ body }) => body).sort()).toEqual(['Hello', 'Something else']);
	});

	it('makes a refused call again when the model asks for it', async () => {
		onetalk.fault({ kind: 'status', status: 403 });
		const { answers } = await runAgent(onetalk, kind, send, [[hello], [hello]]);
		expect(answers[0]).toHaveLength(1);
		expect(answers[0][0]).toMatchObject({
			success: false,
			error: expect.stringMatching(/code 40301.*This API key has no access to it\. Check the ID/s) as string,
		});
		expect(answers[1][0]).toMatchObject({ success: true });
	});

	it('tells the model what is wrong with its input, and what to do', async () => {
		const { answers } = await runAgent(onetalk, kind, send, [[{ phone: '8.12E+11', text: 'Hello' }]]);
		expect(answers[0][0]).toMatchObject({
			success: false,
			error: expect.stringMatching(
				/^"Recipient.s Phone Number" \(8\.12E\+11\) has lost digits.*\. Correct it/s,
			) as string,
		});
		expect(onetalk.requests).toEqual([]);
	});

	it('keeps an unknown outcome under Retry On Fail too', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		await runAgent(onetalk, kind, send, [[hello]], { retryOnFail: true, waitBetweenTries: 1 });
		expect(onetalk.requests).toHaveLength(1);
	});
});
