/** The messages that a chatbot sends: which are accepted, and which are refused. */

import { useSimulator } from '../../harness.cts';
import { OK, interactiveBody, postChatbot, refusal } from './requests.cts';

const URL = 'https://example.com/file';
const api = useSimulator();
let caseID = '';
beforeEach(() => {
	caseID = api.sim.customerWrites('6281212345678', 'Hello').caseID;
});

const send = (...messages: unknown[]) => postChatbot(api.sim, { caseID, eventType: 'messages', messages });
const sendInteractive = (interactive: object) => postChatbot(api.sim, interactiveBody(caseID, interactive));

const accepted: Array<[name: string, message: object]> = [
	['text', { type: 'text', text: { body: '*Hi*' } }],
	['image', { type: 'image', image: { url: URL, caption: 'A photo' } }],
	['document', { type: 'document', document: { url: URL, filename: 'a.pdf', caption: '' } }],
	['video', { type: 'video', video: { url: URL } }],
	['video under the key of an image', { type: 'video', image: { url: URL } }],
];
test.each(accepted)('accepts a message of type %s', async (_, message) => {
	expect(await send(message)).toEqual(OK);
	expect(api.sim.chatbotMessages(caseID)).toEqual([message]);
});

const refused: Array<[message: unknown, text: string]> = [
	[null, 'message is required'],
	[{}, 'message type is required'],
	[{ type: 'audio' }, 'message type is invalid'],
	[{ type: 'text' }, 'message text is required'],
	[{ type: 'text', text: { body: ' ' } }, 'message text body is required'],
	[{ type: 'text', text: { body: 1 } }, 'message text body is invalid'],
	[{ type: 'image', image: {} }, 'message image url is required'],
	[{ type: 'image', image: { url: 'a.jpg' } }, 'message image url is invalid'],
	[{ type: 'document', document: { url: URL } }, 'message document filename is required'],
	[{ type: 'video' }, 'message video is required'],
	[
		{ type: 'text', text: { body: 'Hi' }, customData: 'x' },
		'customData is not available for the channel of this case',
	],
];
test.each(refused)('refuses the message %j, and with it those beside it', async (message, text) => {
	expect(await send({ type: 'text', text: { body: 'Hi' } }, message)).toEqual(refusal(text));
	expect(api.sim.chatbotMessages()).toEqual([]);
});

test('refuses a request without messages', async () => {
	expect(await send()).toEqual(refusal('messages is required'));
	expect(await postChatbot(api.sim, { caseID, eventType: 'messages' })).toEqual(
		refusal('messages is required'),
	);
});

test('chatbotVideoKeys: only one of the two keys counts', async () => {
	api.sim.configure({ chatbotVideoKeys: 'image' });
	expect(await send({ type: 'video', video: { url: URL } })).toEqual(refusal('message video is required'));
	expect(await send({ type: 'video', image: { url: URL } })).toEqual(OK);
});

test('interactive messages are refused on other channels than WhatsApp Business API', async () => {
	caseID = api.sim.customerWrites('6281212345679', 'Hello', { channelID: '2101081881' }).caseID;
	expect(await sendInteractive({ type: 'request_contact_info', body: { text: 'Your phone?' } })).toEqual(
		refusal('message type whatsappba is not available for the channel of this case'),
	);
});

const body = { text: 'Choose' };
const button = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const buttons = (...list: object[]) => ({ type: 'button', body, buttonAction: { buttons: list } });
const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `r${i}`, title: `Row ${i}` }));
const list = (...sections: object[]) => ({ type: 'list', body, listAction: { button: 'Menu', sections } });
const flow = (action: object) => ({
	type: 'flow',
	body,
	flowAction: { flowID: 'f1', flowCTA: 'Open', ...action },
});

const acceptedInteractive: object[] = [
	{
		...buttons(button('yes'), button('no')),
		header: { type: 'text', text: 'Title' },
		footer: { text: 'Foot' },
	},
	{ ...buttons(button('yes')), header: { type: 'image', image: { link: URL } } },
	{ ...buttons(button('yes')), header: { type: 'video', image: { link: URL } } },
	list({ rows: rows(10) }),
	list(
		{ title: 'A', rows: [{ id: 'a', title: 'A', description: 'First' }] },
		{ title: 'B', rows: [{ id: 'b', title: 'A' }] },
	),
	flow({}),
	flow({
		flowAction: 'data_exchange',
		flowMode: 'draft',
		flowActionPayload: { screen: 'S', data: { a: 1 } },
	}),
	{ type: 'request_contact_info', body },
];
test.each(acceptedInteractive)('accepts the interactive message %j', async (interactive) => {
	expect(await sendInteractive(interactive)).toEqual(OK);
	expect(api.sim.chatbotMessages()).toMatchObject([{ whatsappba: { interactive } }]);
});

const refusedInteractive: Array<[interactive: object, text: string]> = [
	[{ type: 'carousel' }, 'interactive type is invalid'],
	[{ type: 'button', body: {} }, 'body text is required'],
	[buttons(), 'buttons is required'],
	[buttons(button('1'), button('2'), button('3'), button('4')), 'maximum number of buttons is 3'],
	[buttons(button('x', 'x'.repeat(21))), 'button title must not be longer than 20 characters'],
	[buttons(button('x'.repeat(257), 'x')), 'button id must not be longer than 256 characters'],
	[buttons(button('1', 'A'), button('2', 'A')), 'button title must be unique'],
	[buttons(button('1', 'A'), button('1', 'B')), 'button id must be unique'],
	[{ ...buttons(button('1')), header: { type: 'text', text: { text: 'x' } } }, 'header text is invalid'],
	[
		{ ...buttons(button('1')), header: { type: 'image', image: { url: URL } } },
		'header image link is required',
	],
	[{ ...buttons(button('1')), footer: {} }, 'footer text is required'],
	[list({ rows: rows(11) }), 'maximum number of rows is 10'],
	[list({ title: 'A', rows: rows(1) }, { rows: rows(1) }), 'section title is required'],
	[list({ title: 'A', rows: rows(1) }, { title: 'B', rows: rows(1) }), 'row id must be unique'],
	[
		list(...Array.from({ length: 11 }, () => ({ title: 'A', rows: rows(1) }))),
		'maximum number of sections is 10',
	],
	[list({ rows: [{ id: 'a', title: 'x'.repeat(25) }] }), 'row title must not be longer than 24 characters'],
	[
		list({ rows: [{ id: 'a', title: 'a', description: 'x'.repeat(73) }] }),
		'row description must not be longer than 72 characters',
	],
	[list({ rows: [{ id: 'x'.repeat(201), title: 'a' }] }), 'row id must not be longer than 200 characters'],
	[
		{ type: 'list', body, listAction: { button: 'x'.repeat(21), sections: [] } },
		'list button must not be longer than 20 characters',
	],
	[flow({ flowID: '' }), 'flowID is required'],
	[flow({ flowCTA: 'Open 🎉' }), 'flowCTA must not contain emoji'],
	[flow({ flowCTA: 'x'.repeat(31) }), 'flowCTA must not be longer than 30 characters'],
	[flow({ flowMode: 'test' }), 'flowMode is invalid'],
	[flow({ flowAction: 'data_exchange' }), 'flowActionPayload is required'],
	[flow({ flowActionPayload: { data: {} } }), 'flowActionPayload data must not be empty'],
	[
		{ type: 'request_contact_info', body, footer: { text: 'x' } },
		'header and footer are not available for request_contact_info',
	],
];
test.each(refusedInteractive)('refuses the interactive message %j', async (interactive, text) => {
	expect(await sendInteractive(interactive)).toEqual(refusal(text));
	expect(api.sim.chatbotMessages()).toEqual([]);
});

test('limits that only WhatsApp documents hold in strict mode', async () => {
	const long = { type: 'text', text: { body: 'x'.repeat(4_097) } };
	expect(await send(long)).toEqual(OK);
	api.sim.configure({ strict: true });
	expect(await send(long)).toEqual(refusal('message text body must not be longer than 4096 characters'));
	expect(await sendInteractive({ ...buttons(button('1')), body: { text: 'x'.repeat(1_025) } })).toEqual(
		refusal('body text must not be longer than 1024 characters'),
	);
});
