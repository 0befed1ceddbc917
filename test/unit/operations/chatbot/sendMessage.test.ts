/** Chatbot: Send Message: the messages of a request, and what is refused. */

import type { IDataObject } from 'n8n-workflow';

import { sendMessage } from '../../../../nodes/OneTalk/operations/chatbot/sendMessage';
import { refusal } from '../../../support/refusal';

const requestFor = (parameters: object) =>
	sendMessage.request(
		{ caseId: '00C49D438C', messageType: 'text', text: 'Hello', options: {}, ...parameters },
		{ timezone: 'UTC', row: {} },
	);
const messagesFor = (parameters: object) => requestFor(parameters).body.messages as IDataObject[];

describe('a text', () => {
	it('goes out exactly as written', () => {
		expect(messagesFor({ text: ' a\n\n b ' })).toEqual([{ type: 'text', text: { body: ' a\n\n b ' } }]);
	});

	it('of 4,096 characters is one message, emoji counted once', () => {
		expect(messagesFor({ text: '🎉'.repeat(4_096) })).toHaveLength(1);
		expect(messagesFor({ text: '🎉'.repeat(4_097) })).toHaveLength(2);
	});

	it('is split into as many messages of one request as it needs, in order', () => {
		expect(messagesFor({ text: 'One. Two. Three.', options: { maxLength: 9 } })).toEqual([
			{ type: 'text', text: { body: 'One. Two.' } },
			{ type: 'text', text: { body: 'Three.' } },
		]);
	});
});

describe('a file', () => {
	it.each<[object, object]>([
		[
			{ messageType: 'image', mediaUrl: ' https://example.com/a.png ', caption: 'A' },
			{ type: 'image', image: { url: 'https://example.com/a.png', caption: 'A' } },
		],
		[
			{ messageType: 'video', mediaUrl: 'https://example.com/a.mp4' },
			{ type: 'video', video: { url: 'https://example.com/a.mp4', caption: '' } },
		],
		[
			{ messageType: 'document', mediaUrl: 'https://example.com/x/a%20b.pdf?c=1' },
			{
				type: 'document',
				document: { url: 'https://example.com/x/a%20b.pdf?c=1', filename: 'a b.pdf', caption: '' },
			},
		],
		[
			{ messageType: 'document', mediaUrl: 'https://example.com/a', fileName: 'b.pdf' },
			{ type: 'document', document: { url: 'https://example.com/a', filename: 'b.pdf', caption: '' } },
		],
	])('%j', (parameters, message) => {
		expect(messagesFor(parameters)).toEqual([message]);
	});
});

describe('what is refused, and why', () => {
	it.each<[object, string, RegExp]>([
		[{ caseId: ' ' }, 'caseId', /^is empty$/],
		[{ caseId: '1.2E+9' }, 'caseId', /lost digits/],
		[{ text: ' \n' }, 'text', /^is empty$/],
		[{ text: ['a'] }, 'text', /must be text/],
		[
			{ text: 'a'.repeat(50), options: { longText: 'refuse', maxLength: 49 } },
			'text',
			/^has 50 characters: at most 49 are allowed$/,
		],
		[
			{ text: 'a'.repeat(40_961) },
			'text',
			/^has 40961 characters: one request carries at most 10 messages of 4096 characters$/,
		],
		[
			{ text: 'see https://example.com/abcdef', options: { maxLength: 20 } },
			'text',
			/^has a link of 26 characters, which cannot be split: a message takes at most 20$/,
		],
		[{ text: 'Hello [object Object]' }, 'text', /^has "\[object Object\]"/],
		[{ text: 'Hello {{ $json.name }}' }, 'text', /^has an expression that n8n did not evaluate/],
		[
			{ messageType: 'image', mediaUrl: 'https://drive.google.com/file/d/1/view' },
			'mediaUrl',
			/is a page of Google Drive/,
		],
		[{ options: { maxLength: 0 } }, 'maxLength', /must be a whole number of 1 or more/],
		[{ options: { maxLength: 'ten' } }, 'maxLength', /must be a whole number of 1 or more/],
		[{ options: { longText: 'cut' } }, 'longText', /^\(cut\) must be split or refuse$/],
		[{ messageType: 'file' }, 'messageType', /^\(file\) must be text, image, video, document$/],
		[{ messageType: 'image', mediaUrl: '' }, 'mediaUrl', /^is empty$/],
		[{ messageType: 'image', mediaUrl: 'a.png' }, 'mediaUrl', /must be a web address/],
		[{ messageType: 'document', mediaUrl: 'https://example.com/' }, 'fileName', /ends without a file name/],
		[
			{ messageType: 'image', mediaUrl: 'https://example.com/a.png', caption: '🎉'.repeat(1_025) },
			'caption',
			/^has 1025 characters: at most 1024 are allowed$/,
		],
	])('%j', (parameters, parameter, reason) => {
		const found = refusal(() => requestFor(parameters));
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});

it('is never repeated, and words what nobody knows', () => {
	expect(sendMessage).toMatchObject({
		repeatable: false,
		effect: { done: 'sent', unknown: 'May have been sent' },
	});
});
