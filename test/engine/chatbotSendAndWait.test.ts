/** Chatbot: Send and Wait on n8n's engine: one question goes out, and the execution waits. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { signedPathIn } from '../../nodes/OneTalk/api/resume/path';
import { runNode, type RunOptions } from '../support/runNode';
import { CHATBOT_PATH, SECRET_KEY, UNUSED, useChatbotServer } from '../support/useChatbotServer.cts';

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
		'execution/OneTalk?approved=true&signature=',
		'execution/OneTalk?approved=false&signature=',
	]);
});

it('a free text is asked for with a link', async () => {
	const { run } = await ask({ responseType: 'freeText' });
	expect(run.status).toBe('waiting');
	expect(server.requests[0].body.messages).toEqual([
		{
			type: 'text',
			text: {
				body: expect.stringContaining('http://localhost/webhook-waiting/execution/OneTalk?text=') as string,
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

it('what OneTalk refuses does not wait', async () => {
	chatbot.answer('00C49D438C', { status: 400, text: 'case is not handled by chatbot' });
	const { run, error } = await ask();
	expect(run.status).toBe('error');
	expect(error?.message).toContain('case is not handled by chatbot');
});

it('where nobody knows whether it was sent, it fails; a second try sends nothing', async () => {
	chatbot.answer('00C49D438C', 'reset');
	const { run, error } = await ask({}, { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } });
	expect(run.status).toBe('error');
	expect(error?.message).toContain('May have been sent');
	expect(server.requests).toHaveLength(1);
});
