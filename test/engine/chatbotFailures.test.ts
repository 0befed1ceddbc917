/** Failures of a chatbot on n8n's engine, for a send and for a hand-over: what is reported, repeated, and never repeated. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type RunOptions } from '../support/runNode';
import { SECRET_KEY, UNUSED, useChatbotServer, type Reply } from '../support/useChatbotServer.cts';

/** How long the node waits for an answer, in ms. Short only where none comes, since a cold first request takes its time. */
const mockTimeout = { usual: 10_000, inSilence: 400, current: 10_000 };
jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	get REQUEST_TIMEOUT_MS() {
		return mockTimeout.current;
	},
	FIRST_WAIT_MS: 1,
}));
beforeEach(() => (mockTimeout.current = mockTimeout.usual));

/** How often a request is made at most that OneTalk did not take. */
const ALL_TRIES = 4;

const chatbot = useChatbotServer();
const { server } = chatbot;

const options = { batching: { batch: { batchSize: 1 } } };
const operations = [
	{
		name: 'sendMessage',
		parameters: { text: 'Hello', options },
		unknown: 'May have been sent',
		done: 'sent',
	},
	{
		name: 'handOver',
		parameters: { summary: 'Wants a human.', options },
		unknown: 'May have been handed over',
		done: 'handed over',
	},
];
const rows = [{ caseID: 'A' }, { caseID: 'B' }, { caseID: 'C' }];

/** The answer to the first row, what the error says, and whether nobody knows what became of it. */
const failures: Array<[what: string, reply: Reply, says: RegExp, unknown: boolean]> = [
	['400', { status: 400, text: 'case id is required' }, /answered "case id is required" \(HTTP 400\)/, false],
	['401', { status: 401, text: 'secret key is invalid' }, /"secret key is invalid" \(HTTP 401\)/, false],
	['403', { status: 403 }, /an empty body \(HTTP 403\)/, false],
	['404 with a web page', { status: 404, text: '<html>no</html>' }, /a web page \(HTTP 404\)/, false],
	['408', { status: 408, text: 'timeout' }, /HTTP 408/, true],
	['429', { status: 429, text: 'too many requests' }, /HTTP 429/, false],
	['500', { status: 500, text: 'internal server error' }, /HTTP 500/, true],
	['503', { status: 503 }, /HTTP 503/, true],
	['a redirect', { status: 302, headers: { location: 'https://example.com' } }, /another address/, true],
	['200 with a web page', { status: 200, text: '<html></html>' }, /not the "ok".*a web page/, true],
	['200 with an empty body', { status: 200 }, /not the "ok".*an empty body/, true],
	['200 with JSON', { status: 200, text: '{"status":400}' }, /not the "ok"/, true],
	['200 with more than ok', { status: 200, text: 'ok, later' }, /not the "ok"/, true],
	['204', { status: 204 }, /not the "ok"/, true],
	['a closed connection', 'reset', /closed from the other side/, true],
	['no answer', 'silence', /did not answer in time/, true],
];

const onErrors = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const THE_NEXT_STEP = /^[A-Z].+\.$/s;

describe.each(operations)('$name', ({ name, parameters, unknown: unknownWords, done }) => {
	const run = async (settings: RunOptions['settings'] = {}) =>
		await runNode(UNUSED, {
			credentials: chatbot.credentials(),
			parameters: {
				resource: 'chatbot',
				operation: name,
				caseId: '={{ $json.caseID }}',
				...parameters,
			},
			rows,
			settings,
		});

	describe.each(failures)('%s', (what, reply, says, unknown) => {
		const asked = what === '429' ? ALL_TRIES : 1;
		/** A wrong key or address concerns every row: the others are not asked for. */
		const untried = what === '401' || what === 'a redirect';
		beforeEach(() => {
			chatbot.answer('A', reply, asked);
			if (reply === 'silence') mockTimeout.current = mockTimeout.inSilence;
		});

		it('stops the node: the row, what happened, what to do, what was not tried', async () => {
			const { error } = await run();
			expect(error?.message).toMatch(/^Row 1: /);
			expect(error?.message).toMatch(says);
			expect(error?.message.includes(unknownWords)).toBe(unknown);
			expect(error?.description).toMatch(THE_NEXT_STEP);
			expect(error?.description).toContain(
				`0 ${done}, 1 ${unknown ? unknownWords.toLowerCase() : 'failed'} (row 1), 2 not tried.`,
			);
			expect(server.requests).toHaveLength(asked);
		});

		it('goes on in the main output with the same keys in place of the row', async () => {
			const { outputs } = await run({ onError: 'continueRegularOutput' });
			const [first, ...others] = outputs[0];
			expect(first.json).toMatchObject({ caseID: 'A', error: expect.stringMatching(says) as string });
			expect(first.json.message).toMatch(THE_NEXT_STEP);
			const details = first.json.details as IDataObject;
			expect(details.outcome).toBe(unknown ? 'unknown' : undefined);
			expect(others.map(({ json }) => json.caseID)).toEqual(['B', 'C']);
			for (const { json } of others)
				expect(json).toMatchObject(
					untried ? { error: expect.stringMatching(/^Not tried: /) as string } : { success: true },
				);
		});

		it('leaves by the error output with the row’s own fields', async () => {
			const { outputs } = await run({ onError: 'continueErrorOutput' });
			expect(outputs[0].map(({ json }) => json.caseID)).toEqual(untried ? [] : ['B', 'C']);
			expect(outputs[1].map(({ json }) => json.caseID)).toEqual(untried ? ['A', 'B', 'C'] : ['A']);
			expect(outputs[1][0]).toMatchObject({
				json: { caseID: 'A', error: expect.stringMatching(says) as string },
				pairedItem: { item: 0 },
			});
		});

		it.each(onErrors)(
			'with Retry On Fail and %s asks again only for what was provably not taken',
			async (onError) => {
				await run({ onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
				expect(chatbot.requestsOf('A')).toHaveLength(unknown ? 1 : asked + 1);
				// The next try goes on behind a row that may have been done: only a new failure ends it.
				expect(['B', 'C'].map((caseID) => chatbot.requestsOf(caseID).length)).toEqual([1, 1]);
			},
		);

		it.each(onErrors)('with Retry On Fail and %s asks once where it may have been done', async (onError) => {
			chatbot.answer('A', reply, 1_000);
			await run({ onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
			expect(chatbot.requestsOf('A')).toHaveLength(unknown ? 1 : 3 * asked);
		});
	});
});

const update = {
	resource: 'chatbot',
	operation: 'updateCase',
	caseId: 'A',
	updateFields: { agentRemark: 'Paid' },
};

it('an update is repeated after a server fault, since twice is the same as once', async () => {
	chatbot.answer('A', { status: 503 }, 2);
	const { outputs } = await runNode(UNUSED, { credentials: chatbot.credentials(), parameters: update });
	expect(outputs[0][0].json).toMatchObject({ success: true, caseID: 'A' });
	expect(server.requests).toHaveLength(3);
});

it('never shows the key, even where the server echoes it', async () => {
	chatbot.answer('A', { status: 401, text: `secret key ${SECRET_KEY} is invalid` });
	const { error, run } = await runNode(UNUSED, { credentials: chatbot.credentials(), parameters: update });
	expect(error?.message).toBe('OneTalk answered "secret key *** is invalid" (HTTP 401)');
	expect(JSON.stringify(run.data)).not.toContain(SECRET_KEY);
});

it('a cancelled execution starts no further row', async () => {
	chatbot.answer('A', 'silence');
	await runNode(UNUSED, {
		credentials: chatbot.credentials(),
		parameters: {
			resource: 'chatbot',
			operation: 'sendMessage',
			caseId: '={{ $json.caseID }}',
			text: 'Hello',
			options,
		},
		rows,
		onStart: (execution) => (server.onRequest = () => execution.cancel()),
	});
	expect(server.requests).toHaveLength(1);
});

describe('a URL that cannot be right', () => {
	const settings: Array<[what: string, settings: RunOptions['settings'], options: IDataObject]> = [
		...onErrors.map((onError): [string, RunOptions['settings'], IDataObject] => [onError, { onError }, {}]),
		['Failures as Rows', {}, { failureRows: true }],
	];

	it.each(settings)('fails the run before the first request: %s', async (_what, setting, own) => {
		const { error } = await runNode(UNUSED, {
			credentials: chatbot.credentials({ url: 'https://example.com/hook' }),
			parameters: { ...update, options: own as INodeParameters },
			settings: setting,
		});
		expect(error?.message).toBe(
			'The URL in the credential "oneTalkChatbotApi" must end in /api/visitor/v1/webhook/chatbot/custom/ and two IDs',
		);
		expect(error?.description).toMatch(/^Copy the whole URL/);
		expect(server.requests).toEqual([]);
	});
});
