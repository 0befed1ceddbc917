/** The chatbot and contact operations on n8n's engine against the simulator, in its strict mode. */

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialTestFunctions, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { testChatbotCredential } from '../../nodes/OneTalk/api/chatbot/credentialTest';
import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

let onetalk: Simulator;
useSimulator((simulator) => (onetalk = simulator), { settings: { strict: true } });

const WHATSAPP_BUSINESS = '2100480937';
const context = { id: '1', name: 'My chatbot', type: 'oneTalkChatbotApi' };

const chatbotData = () => ({ url: onetalk.chatbotUrl, secretKey: onetalk.chatbotSecretKey });
const run = async (resource: string, operation: string, parameters: INodeParameters) =>
	await runNode(onetalk, {
		credentials: { oneTalkChatbotApi: chatbotData() },
		parameters: { resource, operation, ...parameters },
	});

const operations: Array<[operation: string, INodeParameters]> = [
	['sendMessage', { text: 'Hello' }],
	['sendMessage', { text: 'word '.repeat(2_000) }],
	['sendMessage', { messageType: 'image', mediaUrl: 'https://example.com/a.png' }],
	['sendMessage', { messageType: 'video', mediaUrl: 'https://example.com/a.mp4', caption: 'A' }],
	['sendMessage', { messageType: 'document', mediaUrl: 'https://example.com/a.pdf' }],
	[
		'sendButtons',
		{
			text: 'Hello',
			headerType: 'video',
			headerUrl: 'https://example.com/a.mp4',
			footer: 'Bye',
			buttons: { button: [{ title: 'Yes' }, { id: 'no', title: 'No' }] },
		},
	],
	[
		'sendList',
		{
			text: 'Hello',
			headerType: 'text',
			headerText: 'Hi',
			listButton: 'Open',
			rows: { row: [{ title: 'A' }] },
		},
	],
	['sendFlow', { text: 'Hello', flowId: '123', flowCta: 'Open', flowData: '{ "a": 1 }' }],
	['requestContactInfo', { text: 'Hello' }],
	['updateCase', { updateFields: { agentRemark: 'Paid', isJunk: false } }],
	[
		'updateContact',
		{
			updateFields: { fullName: 'Sari', alias: '' },
			customFields: {
				field: [
					{ code: 'birthday', type: 'date', value: '2000-12-31' },
					{ code: 'products', type: 'multipleChoice', value: 'OneTalk\nSendTalk' },
					{ code: 'membership_id', value: '0042' },
				],
			},
		},
	],
	['handOver', { summary: 'Wants a human.', topicId: 1, agentEmail: 'agent@example.com' }],
	['closeCase', { sendClosingMessage: true }],
];

it.each(operations)('%s %j is accepted', async (operation, parameters) => {
	const { id } = onetalk.createCase({ channelID: WHATSAPP_BUSINESS });
	const { outputs, error } = await run('chatbot', operation, { caseId: id, ...parameters });
	expect(error).toBeUndefined();
	expect(outputs[0][0].json).toMatchObject({ success: true, caseID: id });
	expect(onetalk.requests).toHaveLength(1);
});

it.each<[string, string, RegExp]>([
	['an unknown case', 'FFFFFFFFFF', /^Take the case ID from the item of the OneTalk Chatbot Trigger/],
	['a closed case', 'closed', /^The case is closed/],
])('says what to do about %s', async (_what, given, hint) => {
	onetalk.configure({ chatbotClosedCase: 'refused' });
	const { id } = onetalk.createCase({ channelID: WHATSAPP_BUSINESS, isClosed: true });
	const caseId = given === 'closed' ? id : given;
	const { error } = await run('chatbot', 'sendMessage', { caseId, text: 'Hello' });
	expect(error?.message).toMatch(/HTTP 40/);
	expect(error?.description).toMatch(hint);
});

it('says that buttons are for WhatsApp Business API channels', async () => {
	const { id } = onetalk.createCase({ channelID: '2101230001' });
	const buttons = { button: [{ title: 'Yes' }] };
	const { error } = await run('chatbot', 'sendButtons', { caseId: id, text: 'Hello', buttons });
	expect(error?.description).toMatch(/WhatsApp Business API channel/);
});

it.each<[string, object, string]>([
	['the right key', {}, 'OK'],
	['a wrong key', { secretKey: 'wrong' }, 'Error'],
])('the credential test tells %s', async (_what, data, expected) => {
	const functions = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	const { status } = await testChatbotCredential.call(functions as unknown as ICredentialTestFunctions, {
		...context,
		data: { ...chatbotData(), ...data },
	});
	expect(status).toBe(expected);
});

describe('contacts', () => {
	const sync = async (customerUserId: string, phone = '') =>
		await run('contact', 'upsert', { customerUserId, fullName: 'Sari', additionalFields: { phone } });

	it('are created, then updated', async () => {
		const [first, second] = [await sync('c-1', '081212345678'), await sync('c-1')];
		expect(first.outputs[0][0].json).toMatchObject({ customerUserID: 'c-1', phone: '6281212345678' });
		expect(second.outputs[0][0].json.userID).toBe(first.outputs[0][0].json.userID);
	});

	it.each(['error', 'successFalse'] as const)(
		'say which rule a rejection (%s) is about',
		async (contactRejection) => {
			onetalk.configure({ contactRejection });
			await sync('c-1', '081212345678');
			await sync('c-2');
			const two = await sync('c-2', '081212345678');
			expect(two.error?.description).toMatch(/^OneTalk found two different contacts/);
			const other = await sync('c-3', '081212345678');
			expect(other.error?.description).toMatch(/^The contact with this phone has another customer user ID/);
		},
	);

	it('get a ticket', async () => {
		const { outputs } = await run('contact', 'createAuthTicket', { customerUserId: 'c-1', fullName: 'Sari' });
		expect(outputs[0][0].json).toMatchObject({
			success: true,
			customerUserID: 'c-1',
			ticket: expect.any(String) as string,
		});
	});
});
