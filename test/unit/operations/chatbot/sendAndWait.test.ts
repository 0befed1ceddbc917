/** A question in the chat: buttons whose taps continue the execution, or a link to a page. */

import { SEND_AND_WAIT_OPERATION, type IDataObject } from 'n8n-workflow';

import { properties } from '../../../../nodes/OneTalk/operations';
import { sendAndWait } from '../../../../nodes/OneTalk/operations/chatbot/sendAndWait';
import { refusal } from '../../../support/refusal';

const SIGNATURE = '0123456789abcdef'.repeat(4);
const NOW = Date.UTC(2026, 0, 31, 12);
const waitingIn = (node: string) => ({
	linkFor: (parameters: Record<string, string> = {}) =>
		`https://n8n.example.com/webhook-waiting/4711/${node}?${new URLSearchParams({ run: '0', ...parameters, signature: SIGNATURE })}`,
	readable: (message: unknown) => message,
	now: NOW,
});
const context = { timezone: 'UTC', row: {}, waiting: waitingIn('node-1') };
const base = { caseId: '00C49D438C', message: 'Shall we book it?', responseType: 'approval', options: {} };

const requestFor = (parameters: object, itemContext = context) =>
	sendAndWait.request({ ...base, ...parameters }, itemContext);
const refused = (parameters: object, itemContext = context) =>
	refusal(() => requestFor(parameters, itemContext));
const labels = (values: object) => ({ approvalOptions: { values } });
const buttonsIn = (parameters: object): IDataObject[] => {
	const [message] = requestFor(parameters).body.messages as IDataObject[];
	const { interactive } = message.whatsappba as { interactive: IDataObject };
	const { buttons } = interactive.buttonAction as { buttons: Array<{ reply: IDataObject }> };
	return buttons.map(({ reply }) => reply);
};
const idOf = (approved: boolean) => `n8n1|4711/node-1?run=0&approved=${approved}&signature=${SIGNATURE}`;

it('sends two buttons that carry the answers', () => {
	expect(requestFor({})).toMatchObject({
		method: 'POST',
		path: '',
		body: {
			caseID: '00C49D438C',
			eventType: 'messages',
			messages: [
				{
					type: 'whatsappba',
					whatsappba: {
						type: 'interactive',
						interactive: {
							type: 'button',
							body: { text: 'Shall we book it?' },
							buttonAction: {
								buttons: [
									{ type: 'reply', reply: { id: idOf(true), title: 'Approve' } },
									{ type: 'reply', reply: { id: idOf(false), title: 'Decline' } },
								],
							},
						},
					},
				},
			],
		},
	});
});

it.each<[string, object, IDataObject[]]>([
	['one button', labels({ approvalType: 'single' }), [{ id: idOf(true), title: 'Approve' }]],
	[
		'other words',
		labels({ approveLabel: 'Book it', disapproveLabel: 'No, thanks' }),
		[
			{ id: idOf(true), title: 'Book it' },
			{ id: idOf(false), title: 'No, thanks' },
		],
	],
	[
		'the words of the language',
		{ options: { pageLanguage: 'id' } },
		[
			{ id: idOf(true), title: 'Setujui' },
			{ id: idOf(false), title: 'Tolak' },
		],
	],
])('%s', (_what, parameters, buttons) => {
	expect(buttonsIn(parameters)).toEqual(buttons);
});

it('a free text is asked for with a link, in a text that every channel can show', () => {
	const [message] = requestFor({ responseType: 'freeText' }).body.messages as IDataObject[];
	expect(message).toEqual({
		type: 'text',
		text: {
			body: expect.stringMatching(
				/^Shall we book it\?\n\nAnswer here:\nhttps:\/\/n8n\.example\.com\/webhook-waiting\/4711\/node-1\?run=0&signature=[0-9a-f]{64}$/,
			) as string,
		},
	});
});

it('waits without a limit, or until one', () => {
	expect(requestFor({}).waiting?.till).toBeUndefined();
	const limit = { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' };
	const { waiting } = requestFor({ options: { limitWaitTime: { values: limit } } });
	expect(waiting?.till).toBe(NOW + 45 * 60_000);
});

it('the same question to the same case is the same request, whatever the link', () => {
	const other = requestFor({}, { ...context, waiting: waitingIn('node-2') });
	expect(other.identity).toEqual(requestFor({}).identity);
	expect(requestFor({ caseId: 'B' }).identity).not.toEqual(requestFor({}).identity);
	expect(requestFor({ message: 'Else?' }).identity).not.toEqual(requestFor({}).identity);
});

it.each<[string, object, string, string]>([
	['no case', { caseId: '' }, 'caseId', 'is empty'],
	['no question', { message: ' ' }, 'message', 'is empty'],
	['an expression that was not evaluated', { message: 'For {{ $json.name }}' }, 'message', 'expression'],
	[
		'a question that is too long for buttons',
		{ message: 'x'.repeat(1025) },
		'message',
		'has 1025 characters: at most 1024 are allowed',
	],
	[
		'a question that is too long for a link',
		{ message: 'x'.repeat(4000), responseType: 'freeText' },
		'message',
		'has 4000 characters: with the link in it, a message takes at most',
	],
	[
		'a label that is too long for a button',
		labels({ approveLabel: 'Yes, please book it now' }),
		'approvalOptions',
		'has 23 characters in Approve Button Label: at most 20 are allowed',
	],
	[
		'a second label that is too long',
		labels({ disapproveLabel: 'x'.repeat(21) }),
		'approvalOptions',
		'has 21 characters in Disapprove Button Label',
	],
	[
		'one label twice',
		labels({ approveLabel: 'Yes', disapproveLabel: 'Yes' }),
		'approvalOptions',
		'has the label "Yes" twice',
	],
	['another way to answer', { responseType: 'form' }, 'responseType', '(form) must be'],
	[
		'a limit in the past',
		{
			options: { limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' } } },
		},
		'limitWaitTime',
		'lies in the past',
	],
])('refuses %s', (_what, parameters, parameter, reason) => {
	const refusal = refused(parameters);
	expect(refusal.parameter).toBe(parameter);
	expect(refusal.reason).toContain(reason);
});

it.each(['n'.repeat(101), 'a%20b', ''])(
	'refuses buttons where the ID of the node does not fit into one, before anything is sent: %s',
	(node) => {
		const { parameter, reason } = refused({}, { ...context, waiting: waitingIn(node) });
		expect(parameter).toBe('responseType');
		expect(reason).toMatch(/^cannot be Approval in this node: the ID .* does not fit into a button/);
	},
);

it('a label of 21 characters is fine on a page', () => {
	expect(() =>
		requestFor({ responseType: 'freeText', ...labels({ approveLabel: 'x'.repeat(21) }) }),
	).not.toThrow();
});

describe('what the panel and an agent are told', () => {
	it('what it needs, and that it cannot be undone', () => {
		for (const words of [
			'WhatsApp Business API',
			'with the chatbot',
			'published OneTalk Chatbot Trigger',
			'reaches a real person and cannot be undone',
		])
			expect(sendAndWait.description).toContain(words);
	});

	it('n8n’s human review tool asks through Message: it takes the first resource that can wait', () => {
		const first = properties.find(
			({ name, options }) =>
				name === 'operation' && options?.some((it) => 'value' in it && it.value === SEND_AND_WAIT_OPERATION),
		);
		expect(first?.displayOptions?.show?.resource).toEqual(['message']);
	});
});
