/** What a customer's message becomes. */

import type { IDataObject } from 'n8n-workflow';

import { parseChatbotDelivery } from '../../../../nodes/OneTalk/triggers/chatbot/delivery';
import { CHAT_MESSAGE, chatMessage } from '../../../support/deliveries';

const parse = (body: object) => parseChatbotDelivery(body as IDataObject);
const outputOf = (message: object) => parse(chatMessage(message))?.output;
const tap = (whatsappba: object, body = 'Yes') => ({ type: 'text', text: { body }, whatsappba });
const interactive = (reply: object) => tap({ type: 'interactive', interactive: reply });

const TEXT_OUTPUT = {
	chatInput: 'Where is my order?',
	sessionId: '00C49D438C',
	caseID: '00C49D438C',
	channelType: 'whatsappba',
	channelID: '2101081881',
	channelName: 'Customer Care',
	customerUserID: 'customer-1',
	phone: '6281212345678',
	contactName: 'Sari',
	messageID: 'wamid.HBgNNjI4MTIxMjM0NTY3OA==',
	messageType: 'text',
	text: 'Where is my order?',
	url: '',
	fileName: '',
	caption: '',
	location: null,
	reply: null,
	flow: null,
	timestamp: 1748000000000,
};

it('a text message, as documented', () => {
	expect(parse(CHAT_MESSAGE)).toEqual({
		output: TEXT_OUTPUT,
		key: ['00C49D438C', 'wamid.HBgNNjI4MTIxMjM0NTY3OA=='],
	});
});

describe('every kind of message', () => {
	const url = 'https://www.example.com/file';
	it.each<[string, object, object]>([
		[
			'a document',
			{ type: 'document', document: { url, filename: 'invoice.pdf', caption: 'My invoice' } },
			{
				messageType: 'document',
				url,
				fileName: 'invoice.pdf',
				caption: 'My invoice',
				chatInput: 'My invoice',
			},
		],
		[
			'an image without a caption',
			{ type: 'image', image: { url, caption: '' } },
			{ messageType: 'image', url, caption: '', chatInput: '[image]' },
		],
		[
			'an image whose caption is blank',
			{ type: 'image', image: { url, caption: ' \n' } },
			{ caption: ' \n', chatInput: '[image]' },
		],
		['a video', { type: 'video', video: { url, caption: 'See' } }, { url, chatInput: 'See' }],
		[
			'a video under image, as in OneTalk’s example',
			{ type: 'video', image: { url, caption: '' } },
			{ messageType: 'video', url, chatInput: '[video]' },
		],
		['a video under both', { type: 'video', video: {}, image: { url } }, { url }],
		['a video with a wrong type', { type: 'video', video: 'x', image: { url } }, { url }],
		[
			'an undocumented type',
			{ type: 'audio', audio: { url } },
			{ messageType: 'audio', url, chatInput: '[audio]' },
		],
		[
			'a location',
			{
				type: 'location',
				location: { latitude: -6.2, longitude: 106.8, address: 'Jl. Example 1', name: 'Office' },
			},
			{
				location: { latitude: -6.2, longitude: 106.8, address: 'Jl. Example 1', name: 'Office' },
				chatInput: '[location] Office, -6.2, 106.8',
			},
		],
		[
			'a location without a name',
			{ type: 'location', location: { latitude: 0, longitude: '106.8', address: 'Jl. Example 1' } },
			{
				location: { latitude: 0, longitude: 106.8, address: 'Jl. Example 1', name: '' },
				chatInput: '[location] Jl. Example 1, 0, 106.8',
			},
		],
		[
			'an empty location',
			{ type: 'location', location: {} },
			{
				location: { latitude: null, longitude: null, address: '', name: '' },
				chatInput: '[location]',
			},
		],
		[
			'a location that is none',
			{ type: 'location', location: [] },
			{ location: null, chatInput: '[location]' },
		],
		['no type', {}, { messageType: '', chatInput: '[message]' }],
		['a type that is no text', { type: { a: 1 } }, { messageType: '', chatInput: '[message]' }],
		['a type that is a name of objects', { type: 'constructor' }, { url: '', chatInput: '[constructor]' }],
		['an empty text', { type: 'text', text: { body: '' } }, { text: '', chatInput: '[text]' }],
		['a text that is no object', { type: 'text', text: ['Hi'] }, { text: '', chatInput: '[text]' }],
		['a text as a number', { type: 'text', text: { body: 5 } }, { text: '5', chatInput: '5' }],
		['a message ID as a number', { id: 7 }, { messageID: 7 }],
		['a time as text', { timestamp: '1748000000000' }, { timestamp: 1748000000000 }],
		['no time (before May 2025)', { timestamp: undefined }, { timestamp: null }],
	])('%s', (_what, message, expected) => {
		const output = outputOf(message);
		expect(output).toMatchObject(expected);
		expect(Object.keys(output ?? {})).toEqual(Object.keys(TEXT_OUTPUT));
	});
});

describe('what the customer tapped', () => {
	it.each<[string, object, object, string]>([
		[
			'a template’s button',
			tap({ type: 'button', button: { payload: 'order-1', text: 'Yes' } }),
			{ type: 'button', id: '', title: 'Yes', description: '', payload: 'order-1' },
			'Yes',
		],
		[
			'a button',
			interactive({ type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } }),
			{ type: 'button_reply', id: 'yes', title: 'Yes', description: '', payload: '' },
			'Yes',
		],
		[
			'a row',
			interactive({ type: 'list_reply', list_reply: { id: 'r1', title: 'Row', description: 'More' } }),
			{ type: 'list_reply', id: 'r1', title: 'Row', description: 'More', payload: '' },
			'Yes',
		],
		[
			'a button without a text message',
			{ whatsappba: { interactive: { button_reply: { id: 'yes', title: 'Yes, please' } } } },
			{ type: 'button_reply', id: 'yes', title: 'Yes, please', description: '', payload: '' },
			'Yes, please',
		],
		[
			'a button without title and text',
			{ type: 'interactive', whatsappba: { interactive: { button_reply: { id: 'yes' } } } },
			{ type: 'button_reply', id: 'yes', title: '', description: '', payload: '' },
			'[button_reply]',
		],
	])('%s', (_what, message, reply, chatInput) => {
		expect(outputOf(message)).toMatchObject({ reply, chatInput, messageType: 'text', flow: null });
	});

	it.each<[string, unknown, object | null, string]>([
		[
			'JSON text',
			'{"name":"Sari","size":"M"}',
			{ name: 'Sari', size: 'M' },
			'[flow] {"name":"Sari","size":"M"}',
		],
		['an object', { name: 'Sari' }, { name: 'Sari' }, '[flow] {"name":"Sari"}'],
		['text that is no JSON', 'Sari', null, '[flow]'],
		['JSON that is no object', '[1]', null, '[flow]'],
		['nothing', undefined, null, '[flow]'],
		['JSON that is too deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, null, '[flow]'],
		['a dangerous name', '{"__proto__":{"a":1},"b":2}', { b: 2 }, '[flow] {"b":2}'],
	])('a completed Flow whose answers are %s', (_what, answers, flow, chatInput) => {
		const reply = { type: 'nfm_reply', nfm_reply: { response_json: answers, body: 'Sent', name: 'flow' } };
		const output = outputOf({ ...interactive(reply), text: { body: '' } });
		expect(output).toMatchObject({ flow, chatInput, messageType: 'text', reply: null });
		expect(JSON.stringify(output?.flow)).toBe(JSON.stringify(flow));
	});

	it('a Flow beside a text has the text as chat input', () => {
		const reply = { nfm_reply: { response_json: '{"a":1}' } };
		expect(outputOf(interactive(reply))).toMatchObject({ chatInput: 'Yes', text: 'Yes', flow: { a: 1 } });
	});

	it.each([
		['no object', 'x'],
		['an unknown kind', { type: 'interactive', interactive: { type: 'order', order: {} } }],
		['an interactive part that is no object', { type: 'interactive', interactive: 'x' }],
		['a button that is no object', { type: 'button', button: 'x' }],
	])('%s is no tap', (_what, whatsappba) => {
		expect(outputOf({ type: 'text', text: { body: 'Hi' }, whatsappba })).toMatchObject({
			reply: null,
			flow: null,
			chatInput: 'Hi',
		});
	});
});

describe('who sent it', () => {
	it.each<[string, unknown, object]>([
		['nobody', undefined, { phone: '', contactName: '', customerUserID: '' }],
		['no object', 'x', { phone: '', contactName: '', customerUserID: '' }],
		[
			'nobody with a phone (other channels than WhatsApp)',
			{ contactName: 'Sari' },
			{ phone: '', contactName: 'Sari' },
		],
		['an empty phone', { phone: '' }, { phone: '' }],
		['a number for a phone', { phone: 6281212345678 }, { phone: '6281212345678' }],
	])('%s', (_what, sender, expected) => {
		expect(parse({ ...CHAT_MESSAGE, sender })?.output).toMatchObject(expected);
	});
});

it.each<[string, object]>([
	['no case', { ...CHAT_MESSAGE, caseID: undefined }],
	['an empty case', { ...CHAT_MESSAGE, caseID: ' ' }],
	['a case that is a number', { ...CHAT_MESSAGE, caseID: 12 }],
	['a case that is a list', { ...CHAT_MESSAGE, caseID: ['00C49D438C'] }],
	['no message', { ...CHAT_MESSAGE, message: undefined }],
	['a message that is text', { ...CHAT_MESSAGE, message: 'Hi' }],
	['a message that is a list', { ...CHAT_MESSAGE, message: [{}] }],
	['a message that is null', { ...CHAT_MESSAGE, message: null }],
	['nothing', {}],
])('%s is no delivery', (_what, body) => {
	expect(parse(body)).toBeUndefined();
});

it.each([undefined, '', ' ', null, {}])('a message with the ID %j is never a repeat', (id) => {
	expect(parse(chatMessage({ id }))).not.toHaveProperty('key');
});

it('unknown fields are left out', () => {
	const { output } = parse({ ...CHAT_MESSAGE, admin: true, ['__proto__']: { a: 1 } }) ?? {};
	expect(output).toEqual(TEXT_OUTPUT);
});
