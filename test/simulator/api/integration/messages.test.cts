/** The endpoints that send messages: which parameters they refuse, and what they queue. */

import { SEND, TEMPLATE, TEMPLATED, TEXT, useSimulator } from '../../harness.cts';
import { NO_ERROR, UUID, invalid } from './expected.cts';

const api = useSimulator();

describe('send_message_whatsapp', () => {
	const refused: Array<[change: object, message: string, field: string]> = [
		[{ channelID: undefined }, 'Channel ID is required', 'channelID'],
		[{ channelID: '' }, 'Channel ID is required', 'channelID'],
		[{ channelID: null }, 'Channel ID is required', 'channelID'],
		[{ channelID: 2101081881 }, 'Channel ID is invalid', 'channelID'],
		[{ phone: undefined }, 'Phone is required', 'phone'],
		[{ phone: 6281212345678 }, 'Phone is invalid', 'phone'],
		[{ phone: '+6281212345678' }, 'Phone is invalid', 'phone'],
		[{ phone: '081212345678' }, 'Phone is invalid', 'phone'],
		[{ phone: '62 812 1234' }, 'Phone is invalid', 'phone'],
		[{ phone: '6'.repeat(21) }, 'Phone is invalid', 'phone'],
		[{ messageType: undefined }, 'Message type is required', 'messageType'],
		[{ messageType: 'video' }, 'Message type is invalid', 'messageType'],
		[{ messageType: 1 }, 'Message type is invalid', 'messageType'],
		[{ body: undefined }, 'Body is required', 'body'],
		[{ body: 5 }, 'Body is invalid', 'body'],
		[{ messageType: 'image' }, 'Filename is required', 'filename'],
		[{ messageType: 'file', filename: '' }, 'Filename is required', 'filename'],
		[{ messageType: 'image', filename: 7 }, 'Filename is invalid', 'filename'],
		[{ messageType: 'image', filename: 'a.jpg', caption: 1 }, 'Caption is invalid', 'caption'],
		[{ withCase: 'true' }, 'With case is invalid', 'withCase'],
		[{ topicID: '1' }, 'Topic ID is invalid', 'topicID'],
		[{ topicID: 1.5 }, 'Topic ID is invalid', 'topicID'],
	];
	test.each(refused)('refuses %p', async (change, message, field) => {
		expect(await api.postJson(SEND, { ...TEXT, withCase: true, ...change })).toEqual(invalid(message, field));
		expect(api.sim.messages).toHaveLength(0);
		expect(api.sim.cases).toHaveLength(0);
	});

	test.each([['[]'], ['"text"'], ['{"channelID"'], ['null']])('refuses the body %s', async (body) => {
		expect(await (await api.post(SEND, body)).json()).toEqual(invalid('Request body is invalid', ''));
	});

	test('an empty body lacks its first parameter, whatever its content type', async () => {
		expect(
			await (await api.post(SEND, '', { 'API-Key': api.sim.apiKey, 'Content-Type': 'text/plain' })).json(),
		).toEqual(invalid('Channel ID is required', 'channelID'));
	});

	test.each([
		['text', { body: 'Hi' }],
		['image', { body: 'https://example.com/a.jpg', filename: 'a.jpg', caption: 'A photo' }],
		['file', { body: 'https://example.com/a.pdf', filename: 'a.pdf', caption: '' }],
	])('queues a message of type %s', async (messageType, content) => {
		const message = { ...TEXT, messageType, ...content, withCase: false, topicID: 3 };
		expect(await api.postJson(SEND, message)).toEqual({
			status: 200,
			error: NO_ERROR,
			data: {
				success: true,
				message: 'The message has been added to queue',
				caseID: '',
				trxID: expect.stringMatching(UUID),
			},
		});
		expect(api.sim.messages).toEqual([
			{
				trxID: expect.stringMatching(UUID),
				caseID: '',
				channelID: TEXT.channelID,
				phone: TEXT.phone,
				kind: messageType,
				...content,
				withCase: false,
				topicID: 3,
				at: expect.any(Number),
			},
		]);
	});

	test('accepts a phone of 20 digits', async () => {
		expect((await api.postJson(SEND, { ...TEXT, phone: '6'.repeat(20) })).status).toBe(200);
	});

	test('withCase creates a case, and uses it until it is closed', async () => {
		const send = async () => String((await api.postJson(SEND, { ...TEXT, withCase: true })).data.caseID);
		const first = await send();
		expect(first).toMatch(/^[0-9A-F]{10}$/);
		expect(await send()).toBe(first);
		expect(api.sim.cases).toEqual([
			expect.objectContaining({
				id: first,
				isClosed: false,
				contact: expect.objectContaining({ phone: TEXT.phone }),
			}),
		]);
		api.sim.updateCase(first, { isClosed: true });
		const second = await send();
		expect(second).not.toBe(first);
		expect(api.sim.cases[1].contact.id).toBe(api.sim.cases[0].contact.id);
		api.sim.updateCase(second, { isClosed: true });
		api.sim.updateCase(first, { isClosed: false });
		expect(await send()).toBe(first);
	});

	test('without withCase, no case is created', async () => {
		expect((await api.postJson(SEND, TEXT)).data.caseID).toBe('');
		expect(api.sim.cases).toHaveLength(0);
	});

	test('a message changes its case only with messageUpdatesCase', async () => {
		const { id } = api.sim.createCase({ contact: { phone: TEXT.phone } });
		await api.postJson(SEND, { ...TEXT, withCase: true });
		expect(api.sim.versions).toHaveLength(1);
		api.sim.configure({ messageUpdatesCase: true });
		expect((await api.postJson(SEND, { ...TEXT, withCase: true })).data.caseID).toBe(id);
		expect(api.sim.versions).toHaveLength(2);
	});
});

describe('send_templated_message_whatsappba', () => {
	const wrong = { name: 'a', value: 1 };
	const refused: Array<[change: object, message: string, field: string]> = [
		[{ channelID: undefined }, 'Channel ID is required', 'channelID'],
		[{ phoneNumberID: 103011859190563 }, 'Phone number ID is invalid', 'phoneNumberID'],
		[{ phone: '' }, 'Phone is required', 'phone'],
		[{ phone: '0812' }, 'Phone is invalid', 'phone'],
		[{ templateName: undefined }, 'Template name is required', 'templateName'],
		[{ languageCode: undefined }, 'Language code is required', 'languageCode'],
		[{ parameters: [] }, 'Parameters is invalid', 'parameters'],
		[{ parameters: 'none' }, 'Parameters is invalid', 'parameters'],
		[{ parameters: null }, 'Parameters is invalid', 'parameters'],
		[{ parameters: { header: {} } }, 'Parameters header is invalid', 'parameters.header'],
		[{ parameters: { body: [wrong] } }, 'Parameters body is invalid', 'parameters.body'],
		[{ parameters: { footer: ['a'] } }, 'Parameters footer is invalid', 'parameters.footer'],
		[{ parameters: { buttons: [{ value: 'a' }] } }, 'Parameters buttons is invalid', 'parameters.buttons'],
		[{ parameters: { body: [null] } }, 'Parameters body is invalid', 'parameters.body'],
		[{ withCase: 1 }, 'With case is invalid', 'withCase'],
		[{ topicID: '1' }, 'Topic ID is invalid', 'topicID'],
	];
	test.each(refused)('refuses %p', async (change, message, field) => {
		expect(await api.postJson(TEMPLATE, { ...TEMPLATED, ...change })).toEqual(invalid(message, field));
		expect(api.sim.messages).toHaveLength(0);
	});

	test('queues a template with its parameters in the given order', async () => {
		const body = Array.from({ length: 12 }, (_, i) => ({ name: `v${i}`, value: String(i) }));
		const answer = await api.postJson(TEMPLATE, { ...TEMPLATED, withCase: true, parameters: { body } });
		expect(answer.data).toEqual({
			success: true,
			message: 'The message has been added to queue',
			caseID: api.sim.cases[0].id,
			trxID: api.sim.messages[0].trxID,
		});
		expect(api.sim.messages[0]).toMatchObject({
			kind: 'template',
			templateName: 'greetings_v1',
			languageCode: 'en',
			phoneNumberID: TEMPLATED.phoneNumberID,
			parameters: { header: [], body, footer: [], buttons: [] },
		});
	});

	test('phoneNumberID and parameters may be absent', async () => {
		const { phoneNumberID, parameters, ...rest } = TEMPLATED;
		expect((await api.postJson(TEMPLATE, rest)).status).toBe(200);
		expect(api.sim.messages[0]).not.toHaveProperty('phoneNumberID');
	});
});
