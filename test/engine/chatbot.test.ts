/** Each chatbot operation on n8n's engine over HTTP: its request, and what comes out. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { CHATBOT_PATH, SECRET_KEY, UNUSED, useChatbotServer } from '../support/useChatbotServer.cts';

const chatbot = useChatbotServer();
const { server } = chatbot;

const CASE = '00C49D438C';

const run = async (operation: string, parameters: INodeParameters, rows: IDataObject[] = [{}]) =>
	await runNode(UNUSED, {
		credentials: chatbot.credentials(),
		parameters: { resource: 'chatbot', operation, caseId: CASE, ...parameters },
		rows,
		timezone: 'Asia/Jakarta',
	});

const interactive = (content: object) => [
	{ type: 'whatsappba', whatsappba: { type: 'interactive', interactive: content } },
];

/** What an operation sends beside the case, and what its output holds beside `success` and the case. */
const operations: Array<[operation: string, INodeParameters, body: IDataObject, output: IDataObject]> = [
	[
		'sendMessage',
		{ text: ' Hello,\nSari ' },
		{ eventType: 'messages', messages: [{ type: 'text', text: { body: ' Hello,\nSari ' } }] },
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: ' Hello,\nSari ', messages: 1 },
	],
	[
		'sendMessage',
		{ text: 'One two.\n\nThree four.', options: { maxLength: 12 } },
		{
			eventType: 'messages',
			messages: [
				{ type: 'text', text: { body: 'One two.' } },
				{ type: 'text', text: { body: 'Three four.' } },
			],
		},
		{
			message: `Sent 2 messages to the customer of case ${CASE}`,
			text: 'One two.\n\nThree four.',
			messages: 2,
		},
	],
	[
		'sendMessage',
		{ messageType: 'document', mediaUrl: 'https://example.com/files/receipt%204711.pdf', caption: 'Receipt' },
		{
			eventType: 'messages',
			messages: [
				{
					type: 'document',
					document: {
						url: 'https://example.com/files/receipt%204711.pdf',
						filename: 'receipt 4711.pdf',
						caption: 'Receipt',
					},
				},
			],
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'Receipt', messages: 1 },
	],
	[
		'sendMessage',
		{ messageType: 'video', mediaUrl: 'https://example.com/a.mp4' },
		{
			eventType: 'messages',
			messages: [{ type: 'video', video: { url: 'https://example.com/a.mp4', caption: '' } }],
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: '', messages: 1 },
	],
	[
		'sendButtons',
		{
			text: 'Keep it?',
			headerType: 'image',
			headerUrl: 'https://example.com/a.png',
			footer: 'Automatic reply',
			buttons: { button: [{ id: 'keep', title: 'Keep' }, { title: 'Return' }] },
		},
		{
			eventType: 'messages',
			messages: interactive({
				type: 'button',
				header: { type: 'image', image: { link: 'https://example.com/a.png' } },
				body: { text: 'Keep it?' },
				footer: { text: 'Automatic reply' },
				buttonAction: {
					buttons: [
						{ type: 'reply', reply: { id: 'keep', title: 'Keep' } },
						{ type: 'reply', reply: { id: 'Return', title: 'Return' } },
					],
				},
			}),
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'Keep it?', messages: 1 },
	],
	[
		'sendButtons',
		{
			text: 'Keep it?',
			headerType: 'text',
			headerText: 'Your order',
			buttonsMode: 'json',
			buttonsJson: '={{ [{ id: "yes", title: "Yes" }] }}',
		},
		{
			eventType: 'messages',
			messages: interactive({
				type: 'button',
				header: { type: 'text', text: 'Your order' },
				body: { text: 'Keep it?' },
				buttonAction: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
			}),
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'Keep it?', messages: 1 },
	],
	[
		'sendList',
		{
			text: 'How can we help?',
			listButton: 'Choose',
			rows: {
				row: [
					{ section: 'Orders', id: 'track', title: 'Track', description: 'Where it is' },
					{ section: 'Other', title: 'Talk' },
					{ section: 'Orders', title: 'Return' },
				],
			},
		},
		{
			eventType: 'messages',
			messages: interactive({
				type: 'list',
				body: { text: 'How can we help?' },
				listAction: {
					button: 'Choose',
					sections: [
						{
							title: 'Orders',
							rows: [
								{ id: 'track', title: 'Track', description: 'Where it is' },
								{ id: 'Return', title: 'Return' },
							],
						},
						{ title: 'Other', rows: [{ id: 'Talk', title: 'Talk' }] },
					],
				},
			}),
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'How can we help?', messages: 1 },
	],
	[
		'sendFlow',
		{
			text: 'Please fill this in',
			headerType: 'document',
			headerUrl: 'https://example.com/terms.pdf',
			flowId: '123',
			flowCta: 'Open',
			flowScreen: 'FIRST',
			flowData: '{ "name": "Sari" }',
		},
		{
			eventType: 'messages',
			messages: interactive({
				type: 'flow',
				header: {
					type: 'document',
					document: { link: 'https://example.com/terms.pdf', filename: 'terms.pdf' },
				},
				body: { text: 'Please fill this in' },
				flowAction: {
					flowID: '123',
					flowMode: 'published',
					flowCTA: 'Open',
					flowAction: 'navigate',
					flowActionPayload: { screen: 'FIRST', data: { name: 'Sari' } },
				},
			}),
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'Please fill this in', messages: 1 },
	],
	[
		'requestContactInfo',
		{ text: 'May we call you?' },
		{
			eventType: 'messages',
			messages: interactive({ type: 'request_contact_info', body: { text: 'May we call you?' } }),
		},
		{ message: `Sent 1 message to the customer of case ${CASE}`, text: 'May we call you?', messages: 1 },
	],
	[
		'handOver',
		{ summary: 'Wants to return order 4711.', topicId: 7, agentEmail: 'agent@example.com' },
		{
			eventType: 'handover_case',
			handoverCase: {
				topicID: 7,
				agentEmail: 'agent@example.com',
				chatbotHandoverSummary: 'Wants to return order 4711.',
			},
		},
		{ message: `Handed case ${CASE} over to agent@example.com` },
	],
	[
		'handOver',
		{},
		{ eventType: 'handover_case', handoverCase: {} },
		{ message: `Handed case ${CASE} over to a human agent` },
	],
	[
		'closeCase',
		{},
		{ eventType: 'close_case', closeCase: { sendClosingMessage: false } },
		{ message: `Closed case ${CASE}` },
	],
	[
		'closeCase',
		{ sendClosingMessage: true },
		{ eventType: 'close_case', closeCase: { sendClosingMessage: true } },
		{ message: `Closed case ${CASE}` },
	],
	[
		'updateCase',
		{ updateFields: { agentRemark: '', isJunk: true } },
		{ eventType: 'update_case', updateCase: { agentRemark: '', isJunk: true } },
		{ message: `Updated case ${CASE}` },
	],
	[
		'updateContact',
		{
			updateFields: { fullName: 'Sari Example', jobTitle: '' },
			customFields: {
				field: [
					{ code: 'birthday', type: 'date', value: '2000-12-31' },
					{ code: 'products', type: 'multipleChoice', value: 'Shoes, red\nHats' },
					{ code: 'membership', value: '0042' },
				],
			},
		},
		{
			eventType: 'update_contact',
			updateContact: {
				fullName: 'Sari Example',
				jobTitle: '',
				customFields: {
					birthday: '2000-12-31',
					products: '["Shoes, red","Hats"]',
					membership: '0042',
				},
			},
		},
		{ message: `Updated the contact of case ${CASE}` },
	],
];

describe('each chatbot operation', () => {
	it.each(operations)('%s %j', async (operation, parameters, body, output) => {
		const { outputs, error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(server.requests.map(({ method, path }) => [method, path])).toEqual([['POST', CHATBOT_PATH]]);
		expect(server.requests[0].body).toEqual({ caseID: CASE, ...body });
		expect(outputs[0].map(({ json }) => json)).toEqual([{ success: true, caseID: CASE, ...output }]);
	});

	it('sends the key in the documented header, without spaces, and shows it nowhere', async () => {
		const { run: execution } = await runNode(UNUSED, {
			credentials: chatbot.credentials({ secretKey: ` ${SECRET_KEY}\n` }),
			parameters: { resource: 'chatbot', operation: 'sendMessage', caseId: CASE, text: 'Hello' },
		});
		expect(server.requests[0].headers).toMatchObject({
			'secret-key': SECRET_KEY,
			'content-type': expect.stringContaining('application/json') as string,
		});
		expect(JSON.stringify(execution.data)).not.toContain(SECRET_KEY);
	});
});

describe('all rows', () => {
	const rows = [{ caseID: 'A' }, { caseID: 'A' }, { caseID: 'B' }, { caseID: 'A' }];

	it('are sent in order for one case, each output item paired with its row', async () => {
		const { outputs } = await run(
			'sendMessage',
			{ caseId: '={{ $json.caseID }}', text: '={{ "Message " + $itemIndex }}' },
			rows,
		);
		const texts = chatbot.requestsOf('A').map(({ body }) => (body.messages as IDataObject[])[0].text);
		expect(texts).toEqual([0, 1, 3].map((index) => ({ body: `Message ${index}` })));
		expect(outputs[0].map(({ json, pairedItem }) => [json.caseID, pairedItem])).toEqual(
			rows.map(({ caseID }, item) => [caseID, { item }]),
		);
	});

	it('are checked before the first is sent', async () => {
		const { error } = await run(
			'sendMessage',
			{ caseId: '={{ $json.caseID }}', text: '={{ $itemIndex === 3 ? "" : "Hello" }}' },
			rows,
		);
		expect(error?.message).toMatch(/^Row 4: "Text" is empty: its expression gives nothing/);
		expect(error?.description).toContain('Nothing was sent.');
		expect(server.requests).toEqual([]);
	});

	it('are only shown in a dry run', async () => {
		const { outputs } = await run('handOver', { summary: 'Asks for a human.', options: { dryRun: true } });
		expect(outputs[0][0].json).toMatchObject({
			dryRun: true,
			request: {
				body: {
					caseID: CASE,
					eventType: 'handover_case',
					handoverCase: { chatbotHandoverSummary: 'Asks for a human.' },
				},
			},
		});
		expect(server.requests).toEqual([]);
	});

	it('give one row each with Failures as Rows', async () => {
		chatbot.answer('B', { status: 400, text: 'case is already closed' });
		const { outputs } = await run(
			'closeCase',
			{ caseId: '={{ $json.caseID }}', options: { failureRows: true } },
			[{ caseID: 'A' }, { caseID: 'B' }, { caseID: '' }],
		);
		expect(outputs[0].map(({ json }) => [json.sent, json.caseID, json.errorCode, json.errorMessage])).toEqual(
			[
				[true, 'A', '', ''],
				[false, 'B', 'HTTP 400', 'OneTalk answered "case is already closed" (HTTP 400)'],
				[false, '', '', expect.stringMatching(/^"Case ID" is empty/)],
			],
		);
		expect(outputs[0][1].json.hint).toMatch(/The case is closed/);
	});
});
