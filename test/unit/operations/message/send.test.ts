/** Message: Send. */

import { send } from '../../../../nodes/OneTalk/operations/message/send';
import { refusal } from '../../../support/refusal';

const TEXT = {
	channelId: '2101081881',
	phone: '6281212345678',
	messageType: 'text',
	text: 'Hi, this is a message.',
	withCase: true,
	options: { topicId: 1 },
};
const IMAGE = {
	...TEXT,
	messageType: 'image',
	mediaUrl: 'http://www.example.com/chat/file/image/008dce72-06c0?token=802714',
	fileName: 'my-photo.jpg',
	caption: 'This is the photo.',
};
const FILE = {
	...TEXT,
	messageType: 'file',
	mediaUrl: 'http://www.example.com/chat/file/008dce72-06c0.pdf',
	fileName: 'Test.pdf',
	withCase: false,
};

const bodyOf = (parameters: Record<string, unknown>) =>
	send.request(parameters, { timezone: 'UTC', row: {} }).body;

describe('the requests that the API page shows', () => {
	it('is sent to the documented path and needs proof of success', () => {
		expect(send.request(TEXT, { timezone: 'UTC', row: {} })).toMatchObject({
			method: 'POST',
			path: '/inbox/send_message_whatsapp',
			expects: 'success',
		});
	});

	it.each<[string, Record<string, unknown>, object]>([
		[
			'text',
			TEXT,
			{
				channelID: '2101081881',
				phone: '6281212345678',
				messageType: 'text',
				body: 'Hi, this is a message.',
				withCase: true,
				topicID: 1,
			},
		],
		[
			'image',
			IMAGE,
			{
				channelID: '2101081881',
				phone: '6281212345678',
				messageType: 'image',
				body: 'http://www.example.com/chat/file/image/008dce72-06c0?token=802714',
				filename: 'my-photo.jpg',
				caption: 'This is the photo.',
				withCase: true,
				topicID: 1,
			},
		],
		[
			'file, without the empty caption, which is for images only',
			FILE,
			{
				channelID: '2101081881',
				phone: '6281212345678',
				messageType: 'file',
				body: 'http://www.example.com/chat/file/008dce72-06c0.pdf',
				filename: 'Test.pdf',
				withCase: false,
				topicID: 1,
			},
		],
	])('%s', (_sentence, parameters, body) => {
		expect(bodyOf(parameters)).toStrictEqual(body);
	});
});

describe('what the body contains', () => {
	it.each<[string, Record<string, unknown>, object]>([
		['the phone is normalized', { ...TEXT, phone: '+62 812-1234-5678' }, { phone: '6281212345678' }],
		[
			'a national phone gets the code of the options',
			{ ...TEXT, phone: '0123456789', options: { defaultCountryCode: '60' } },
			{ phone: '60123456789' },
		],
		[
			'a channel ID from a number cell is text',
			{ ...TEXT, channelId: 2101081881 },
			{ channelID: '2101081881' },
		],
		[
			'text keeps its spaces and line breaks',
			{ ...TEXT, text: '  Hi,\n\n*Budi* 👋 ' },
			{ body: '  Hi,\n\n*Budi* 👋 ' },
		],
		['text from a number is text', { ...TEXT, text: 1234 }, { body: '1234' }],
		['withCase as text is a boolean', { ...TEXT, withCase: 'false' }, { withCase: false }],
		['withCase that is missing is true', { ...TEXT, withCase: undefined }, { withCase: true }],
		['a topic ID as text is a number', { ...TEXT, options: { topicId: '7' } }, { topicID: 7 }],
		['a caption keeps its line breaks', { ...IMAGE, caption: 'a\nb' }, { caption: 'a\nb' }],
		[
			'the URL of a file is not changed, its token included',
			{ ...FILE, mediaUrl: 'https://example.com/a.pdf?token=a%20b' },
			{ body: 'https://example.com/a.pdf?token=a%20b' },
		],
	])('%s', (_sentence, parameters, part) => {
		expect(bodyOf(parameters)).toMatchObject(part);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['no topic if none is set', { ...TEXT, options: {} }, 'topicID'],
		['no topic if it was cleared', { ...TEXT, options: { topicId: '' } }, 'topicID'],
		['no topic for a 0 from a sheet', { ...TEXT, options: { topicId: '0' } }, 'topicID'],
		['no file name for text', { ...TEXT, fileName: 'a.pdf' }, 'filename'],
		['no caption for text', { ...TEXT, caption: 'left over' }, 'caption'],
		['no caption for files', { ...FILE, caption: 'left over' }, 'caption'],
		['no caption if it is empty', { ...IMAGE, caption: '' }, 'caption'],
	])('%s', (_sentence, parameters, key) => {
		expect(bodyOf(parameters)).not.toHaveProperty(key);
	});
});

describe('an empty file name', () => {
	it.each<[string, string, string]>([
		['is the last segment of the path', 'https://example.com/files/receipt.pdf', 'receipt.pdf'],
		['excludes query and fragment', 'https://example.com/receipt.pdf?token=a/b.jpg#page=2', 'receipt.pdf'],
		['is decoded', 'https://example.com/Faktur%20Juli%20%E2%82%AC.pdf', 'Faktur Juli €.pdf'],
		[
			'is decoded before the path is split, as storage links require',
			'https://example.com/o/invoices%2F42.pdf?alt=media',
			'42.pdf',
		],
		['is not changed if it cannot be decoded', 'https://example.com/100%.pdf', '100%.pdf'],
		['keeps a plus', 'https://example.com/a+b.pdf', 'a+b.pdf'],
		[
			'may have no extension',
			'https://example.com/chat/file/image/008dce72-06c0?token=802714',
			'008dce72-06c0',
		],
	])('%s', (_sentence, mediaUrl, filename) => {
		expect(bodyOf({ ...FILE, mediaUrl, fileName: ' ' })).toMatchObject({ filename });
	});

	it.each([
		'https://example.com',
		'https://example.com/',
		'https://example.com/files/',
		'https://example.com/files%2F',
		'https://example.com/files/%20',
	])('cannot be derived from %s', (mediaUrl) => {
		expect(refusal(() => bodyOf({ ...FILE, mediaUrl, fileName: '' })).parameter).toBe('fileName');
	});

	it('never contains a line break or another control character', () => {
		const mediaUrl = 'https://example.com/receipt%0D%0A%00.pdf';
		let filename = '';
		try {
			filename = String((bodyOf({ ...FILE, mediaUrl, fileName: '' }) as { filename?: string }).filename);
		} catch {
			// Refusing it is correct, too.
		}
		expect(filename).not.toMatch(/\p{Cc}/u);
	});
});

describe('a refusal names the parameter', () => {
	it.each<[string, Record<string, unknown>, string]>([
		['no channel', { ...TEXT, channelId: '' }, 'channelId'],
		['a channel ID that a spreadsheet has changed', { ...TEXT, channelId: '2.10108E+09' }, 'channelId'],
		['no phone', { ...TEXT, phone: '' }, 'phone'],
		['a phone that is none', { ...TEXT, phone: 'Budi' }, 'phone'],
		['a country code that is none', { ...TEXT, options: { defaultCountryCode: 'ID' } }, 'defaultCountryCode'],
		['no text', { ...TEXT, text: ' \n ' }, 'text'],
		['text that is an object', { ...TEXT, text: { body: 'a' } }, 'text'],
		['no media URL', { ...IMAGE, mediaUrl: '' }, 'mediaUrl'],
		['a media URL that is a relative path', { ...FILE, mediaUrl: '/files/a.pdf' }, 'mediaUrl'],
		['an unknown message type', { ...TEXT, messageType: 'video' }, 'messageType'],
		['no message type', { ...TEXT, messageType: '' }, 'messageType'],
		['withCase that is neither', { ...TEXT, withCase: 'maybe' }, 'withCase'],
		['a topic ID below 0', { ...TEXT, options: { topicId: -1 } }, 'topicId'],
		['a topic by its name', { ...TEXT, options: { topicId: 'Sales' } }, 'topicId'],
	])('%s', (_sentence, parameters, parameter) => {
		expect(refusal(() => bodyOf(parameters)).parameter).toBe(parameter);
	});
});

describe('what the batch is told', () => {
	it('a send is never repeated', () => {
		expect(send.repeatable).toBe(false);
	});

	it('the messages of one recipient keep their order, however the number was written', () => {
		const lane = (phone: string) => send.lane(send.request({ ...TEXT, phone }, { timezone: 'UTC', row: {} }));
		expect(lane('081212345678')).toBe(lane('+62 812-1234-5678'));
		expect(lane('081212345678')).not.toBe(lane('081212345679'));
	});

	it('the output is the unchanged answer and the phone as sent', () => {
		const request = send.request({ ...TEXT, phone: '081212345678' }, { timezone: 'UTC', row: {} });
		const data = {
			success: true,
			message: 'The message has been added to queue',
			caseID: '96212160DF',
			trxID: 'x',
		};
		expect(send.rows([data], request)).toEqual([{ ...data, phone: '6281212345678' }]);
	});
});
