import { SEND, TEMPLATE, TEMPLATED, TEXT, UPDATE, LIST, useSimulator } from '../../harness.cts';

const api = useSimulator();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_ERROR = { code: '', message: '', field: '' };

/** @param {number} status @param {string} code @param {string} message @param {string} [field] */
const refusal = (status, code, message, field = '') => ({ status, error: { code, message, field }, data: {} });
/** @param {string} message @param {string} field */
const invalid = (message, field) => refusal(400, '40002', message, field);

describe('API key', () => {
	/** @type {[name: string, key: () => string | undefined, answer: object][]} */
	const keys = [
		['missing', () => undefined, refusal(400, '40001', 'Request headers are required (API-Key)')],
		['empty', () => '', refusal(400, '40001', 'Request headers are required (API-Key)')],
		['without a tier', () => api.sim.noTierKey, refusal(499, '49900', 'Please select a tier')],
		['unknown', () => 'not-the-key', refusal(491, '49103', 'API key is not found')],
		['malformed', () => 'not a key!', refusal(491, '49102', 'API key is invalid')],
	];
	for (const [name, key, answer] of keys) {
		for (const path of [SEND, TEMPLATE, UPDATE]) {
			test(`${name}: ${path}`, async () => {
				const value = key();
				const response = await api.post(path, TEXT, value === undefined ? {} : { 'API-Key': value });
				expect(response.status).toBe(200);
				expect(await response.json()).toEqual(answer);
				expect(api.sim.messages).toHaveLength(0);
			});
		}
		test(`${name}: ${LIST}`, async () => {
			const value = key();
			const response = await fetch(`${api.sim.baseUrl}${LIST}?since_timestamp=0`, {
				headers: value === undefined ? {} : { 'API-Key': value },
			});
			expect(response.status).toBe(200);
			expect(await response.json()).toEqual(answer);
		});
	}
});

describe('send_message_whatsapp', () => {
	/** @type {[change: object, message: string, field: string][]} */
	const refused = [
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

	test('an empty body lacks its first field, whatever its content type', async () => {
		expect(await (await api.post(SEND, '', { 'API-Key': api.sim.apiKey, 'Content-Type': 'text/plain' })).json()).toEqual(
			invalid('Channel ID is required', 'channelID'),
		);
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

	test('takes a phone of 20 digits', async () => {
		expect((await api.postJson(SEND, { ...TEXT, phone: '6'.repeat(20) })).status).toBe(200);
	});

	test('with a case, opens one and then goes on in it until it is closed', async () => {
		const send = async () => (await api.postJson(SEND, { ...TEXT, withCase: true })).data.caseID;
		const first = await send();
		expect(first).toMatch(/^[0-9A-F]{10}$/);
		expect(await send()).toBe(first);
		expect(api.sim.cases).toEqual([
			expect.objectContaining({ id: first, isClosed: false, contact: expect.objectContaining({ phone: TEXT.phone }) }),
		]);
		api.sim.updateCase(first, { isClosed: true });
		const second = await send();
		expect(second).not.toBe(first);
		expect(api.sim.cases[1].contact.id).toBe(api.sim.cases[0].contact.id);
		api.sim.updateCase(second, { isClosed: true });
		api.sim.updateCase(first, { isClosed: false });
		expect(await send()).toBe(first);
	});

	test('without withCase no case is opened', async () => {
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
	/** @type {[change: object, message: string, field: string][]} */
	const refused = [
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

	test('queues a template with its parameters in their order', async () => {
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

describe('get_updated_list', () => {
	/** @type {[query: string, message: string, field: string][]} */
	const refused = [
		['', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=yesterday', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=-1', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1.5', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1&since_timestamp=2', 'Since timestamp is invalid', 'since_timestamp'],
		['?since_timestamp=1&limit=0', 'Limit is invalid', 'limit'],
		['?since_timestamp=1&limit=101', 'Limit is invalid', 'limit'],
		['?since_timestamp=1&limit=ten', 'Limit is invalid', 'limit'],
	];
	test.each(refused)('refuses "%s"', async (query, message, field) => {
		const response = await api.get(query);
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual(invalid(message, field));
	});

	test('shows a case in the documented shape', async () => {
		api.sim.setClock(1_700_000_000_000);
		const { id } = api.sim.createCase({ contact: { fullName: 'Sari', phone: '628111222333' }, firstMessage: 'Hi' });
		const answer = await (await api.get('?since_timestamp=0')).json();
		expect(answer).toEqual({
			status: 200,
			error: NO_ERROR,
			data: {
				cases: [
					{
						id,
						contact: {
							id: expect.stringMatching(UUID),
							fullName: 'Sari',
							alias: '',
							email: '',
							phone: '628111222333',
							agentRemark: '',
							createdTime: 1_700_000_000_000,
							updatedTime: 0,
						},
						agent: { email: '', fullName: '' },
						firstMessage: 'Hi',
						isClosed: false,
						isJunk: false,
						agentRemark: '',
						createdTime: 1_700_000_000_000,
						updatedTime: 1_700_000_000_000,
					},
				],
				hasMore: false,
				lastTimestamp: 1_700_000_000_000,
			},
		});
		expect(Object.keys(answer.data.cases[0])).toEqual([
			'id',
			'contact',
			'agent',
			'firstMessage',
			'isClosed',
			'isJunk',
			'agentRemark',
			'createdTime',
			'updatedTime',
		]);
	});

	test('gives 100 cases without a limit', async () => {
		api.sim.bulk(101);
		const data = await api.list(0);
		expect(data.cases).toHaveLength(100);
		expect(data.hasMore).toBe(true);
	});
});

describe('case/update', () => {
	/** @type {[change: object, message: string, field: string][]} */
	const refused = [
		[{ caseID: undefined }, 'Case ID is required', 'caseID'],
		[{ caseID: 5 }, 'Case ID is invalid', 'caseID'],
		[{ caseID: 'FFFFFFFFFF' }, 'Case ID is invalid', 'caseID'],
		[{ agentRemark: 5 }, 'Agent remark is invalid', 'agentRemark'],
		[{ isJunk: 'true' }, 'Is junk is invalid', 'isJunk'],
	];
	test.each(refused)('refuses %p', async (change, message, field) => {
		const { id } = api.sim.createCase();
		expect(await api.postJson(UPDATE, { caseID: id, isJunk: true, ...change })).toEqual(invalid(message, field));
		expect(api.sim.versions).toHaveLength(1);
	});

	test('changes only what is given, and gives a new updatedTime', async () => {
		const { id, updatedTime } = api.sim.createCase({ agentRemark: 'kept' });
		expect(await api.postJson(UPDATE, { caseID: id, isJunk: true })).toEqual({
			status: 200,
			error: NO_ERROR,
			data: { success: true, message: 'Case updated successfully' },
		});
		expect(api.sim.cases[0]).toMatchObject({ agentRemark: 'kept', isJunk: true });
		expect(api.sim.cases[0].updatedTime).toBeGreaterThan(updatedTime);
		await api.postJson(UPDATE, { caseID: id, agentRemark: '', isJunk: false });
		expect(api.sim.cases[0]).toMatchObject({ agentRemark: '', isJunk: false });
	});

	test('without anything to change it succeeds and changes nothing', async () => {
		const { id } = api.sim.createCase();
		expect((await api.postJson(UPDATE, { caseID: id })).data.success).toBe(true);
		expect(api.sim.versions).toHaveLength(1);
	});
});

describe('everything else', () => {
	test.each([
		['POST', '/inbox/case/close'],
		['GET', '/inbox/get_message_status'],
		['POST', '/user/sync_contact'],
		['GET', SEND],
		['POST', LIST],
		['GET', '/'],
	])('%s %s is not found', async (method, path) => {
		const response = await fetch(api.sim.baseUrl + path, { method, headers: { 'API-Key': api.sim.apiKey } });
		expect(response.status).toBe(404);
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(await response.text()).toBe('404 page not found\n');
	});
});
