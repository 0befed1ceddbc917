/** Chatbot: Send and Wait on n8n's engine: one question goes out, and the execution waits. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { signedPathIn } from '../../nodes/OneTalk/api/resume/path';
import { runNode, type RunOptions } from '../support/runNode';
import {
	CHATBOT_PATH,
	SECRET_KEY,
	UNUSED,
	useChatbotServer,
	type Reply,
} from '../support/useChatbotServer.cts';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	REQUEST_TIMEOUT_MS: 1_000,
	FIRST_WAIT_MS: 1,
}));

const chatbot = useChatbotServer();
const { server } = chatbot;

const ask = async (
	parameters: INodeParameters = {},
	options: Partial<RunOptions> = {},
	data: { url?: string; secretKey?: string } = {},
) =>
	await runNode(UNUSED, {
		credentials: chatbot.credentials(data),
		parameters: {
			resource: 'chatbot',
			operation: 'sendAndWait',
			caseId: '00C49D438C',
			message: 'Shall we book it?',
			responseType: 'approval',
			...parameters,
		},
		...options,
	});
const buttonsOf = ({ messages }: IDataObject): Array<{ id: string; title: string }> => {
	const [{ whatsappba }] = messages as Array<{
		whatsappba: {
			interactive: { buttonAction: { buttons: Array<{ reply: { id: string; title: string } }> } };
		};
	}>;
	return whatsappba.interactive.buttonAction.buttons.map(({ reply }) => reply);
};

it('sends buttons that n8n has signed, with the secret key, and waits', async () => {
	const { run } = await ask();
	expect(run.status).toBe('waiting');
	expect(run.waitTill?.getFullYear()).toBe(3000);
	const [{ path, headers, body }] = server.requests;
	expect([path, headers['secret-key'], server.requests.length]).toEqual([CHATBOT_PATH, SECRET_KEY, 1]);
	const buttons = buttonsOf(body);
	expect(buttons.map(({ title }) => title)).toEqual(['Approve', 'Decline']);
	expect(buttons.map(({ id }) => signedPathIn(id)?.replace(/[0-9a-f]{64}$/, ''))).toEqual([
		'execution/OneTalk?run=0&approved=true&signature=',
		'execution/OneTalk?run=0&approved=false&signature=',
	]);
});

it('a free text is asked for with a link', async () => {
	const { run } = await ask({ responseType: 'freeText' });
	expect(run.status).toBe('waiting');
	expect(server.requests[0].body.messages).toEqual([
		{
			type: 'text',
			text: {
				body: expect.stringContaining('http://localhost/webhook-waiting/execution/OneTalk?run=0') as string,
			},
		},
	]);
});

it('more than one item: nothing is sent', async () => {
	const { error } = await ask({}, { rows: [{}, {}] });
	expect(error?.message).toBe('This operation takes one item, and got 2: nothing was sent');
	expect(server.requests).toEqual([]);
});

it('a label that is too long: nothing is sent, and the error names it', async () => {
	const values = { approveLabel: 'Yes, please book it now' };
	const { error } = await ask({ approvalOptions: { values } });
	expect(error?.message).toContain(
		'"Approval Options" has 23 characters in Approve Button Label: at most 20 are allowed',
	);
	expect(server.requests).toEqual([]);
});

describe('an answer other than ok: nothing waits, and Retry On Fail sends again only what was not taken', () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	it.each<[string, Reply, RegExp, number]>([
		['400', { status: 400, text: 'case is not with the chatbot' }, /"case is not with the chatbot"/, 2],
		['401', { status: 401, text: 'secret key is invalid' }, /"secret key is invalid" \(HTTP 401\)/, 2],
		['429, each time', { status: 429, text: 'too many requests' }, /HTTP 429/, 8],
		['500', { status: 500 }, /^May have been sent.*HTTP 500/, 1],
		['200 with a web page', { status: 200, text: '<html></html>' }, /^May have been sent/, 1],
		['a closed connection', 'reset', /^May have been sent/, 1],
		['no answer', 'silence', /^May have been sent/, 1],
	])('%s', async (_what, reply, says, requests) => {
		chatbot.answer('00C49D438C', reply, 8);
		const { run, error } = await ask({}, { settings });
		expect(run.status).toBe('error');
		expect(run.waitTill).toBeUndefined();
		expect(error?.message).toMatch(says);
		expect(server.requests).toHaveLength(requests);
	});

	it('429 once: it is sent again, and waits', async () => {
		chatbot.answer('00C49D438C', { status: 429 });
		expect((await ask()).run.status).toBe('waiting');
		expect(server.requests).toHaveLength(2);
	});
});
