/** Buttons, lists, flows and requests for contact information: limits, and the two ways to give buttons and rows. */

import type { IDataObject } from 'n8n-workflow';

import { requestContactInfo } from '../../../../nodes/OneTalk/operations/chatbot/requestContactInfo';
import { sendButtons } from '../../../../nodes/OneTalk/operations/chatbot/sendButtons';
import { sendFlow } from '../../../../nodes/OneTalk/operations/chatbot/sendFlow';
import { sendList } from '../../../../nodes/OneTalk/operations/chatbot/sendList';
import { refusal } from '../../../support/refusal';

const base = { caseId: '00C49D438C', text: 'Hello', headerType: 'none', footer: '', options: {} };
const context = { timezone: 'UTC', row: {} };

type Send = typeof sendButtons;
interface Interactive extends IDataObject {
	header?: IDataObject;
	buttonAction: { buttons: IDataObject[] };
	listAction: { sections: IDataObject[] };
	flowAction: IDataObject;
}
const interactiveOf = (send: Send, parameters: object): Interactive => {
	const [message] = send.request({ ...base, ...parameters }, context).body.messages as IDataObject[];
	expect(message.type).toBe('whatsappba');
	return (message.whatsappba as { interactive: Interactive }).interactive;
};
const refused = (send: Send, parameters: object) =>
	refusal(() => send.request({ ...base, ...parameters }, context));

const x = (length: number) => 'x'.repeat(length);
const buttonsOf = (...button: object[]) => ({ buttonsMode: 'fields', buttons: { button } });
const listOf = (...row: object[]) => ({ listButton: 'Choose', rowsMode: 'fields', rows: { row } });
const oneButton = buttonsOf({ title: 'Yes' });
const oneRow = listOf({ title: 'Yes' });
const flow = { flowId: '123', flowCta: 'Open', flowMode: 'published', flowAction: 'navigate' };

describe('text, header and footer', () => {
	it('a blank footer and no header are not sent', () => {
		expect(interactiveOf(sendButtons, { ...oneButton, footer: ' ' })).toEqual({
			type: 'button',
			body: { text: 'Hello' },
			buttonAction: { buttons: [{ type: 'reply', reply: { id: 'Yes', title: 'Yes' } }] },
		});
	});

	it.each<[object, object]>([
		[
			{ headerType: 'text', headerText: 'Hi' },
			{ type: 'text', text: 'Hi' },
		],
		[
			{ headerType: 'image', headerUrl: 'https://example.com/a.png' },
			{ type: 'image', image: { link: 'https://example.com/a.png' } },
		],
		[
			{ headerType: 'video', headerUrl: 'https://example.com/a.mp4' },
			{ type: 'video', video: { link: 'https://example.com/a.mp4' } },
		],
		[
			{ headerType: 'document', headerUrl: 'https://example.com/a.pdf' },
			{ type: 'document', document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' } },
		],
		[
			{ headerType: 'document', headerUrl: 'https://example.com/a', headerFileName: 'b.pdf' },
			{ type: 'document', document: { link: 'https://example.com/a', filename: 'b.pdf' } },
		],
	])('the header %j', (parameters, header) => {
		expect(interactiveOf(sendButtons, { ...oneButton, ...parameters }).header).toEqual(header);
	});

	it('texts may be as long as allowed, in code points', () => {
		const longest = {
			text: '🎉'.repeat(1_024),
			headerType: 'text',
			headerText: '🎉'.repeat(60),
			footer: '🎉'.repeat(60),
		};
		expect(() => interactiveOf(sendButtons, { ...oneButton, ...longest })).not.toThrow();
	});

	it.each<[object, string, RegExp]>([
		[{ text: '' }, 'text', /^is empty$/],
		[{ text: x(1_025) }, 'text', /^has 1025 characters: at most 1024 are allowed$/],
		[{ footer: x(61) }, 'footer', /^has 61 characters: at most 60 are allowed$/],
		[{ headerType: 'text', headerText: x(61) }, 'headerText', /^has 61 characters: at most 60/],
		[{ headerType: 'text' }, 'headerText', /^is empty$/],
		[{ headerType: 'image' }, 'headerUrl', /^is empty$/],
		[{ headerType: 'image', headerUrl: 'a.png' }, 'headerUrl', /must be a web address/],
		[{ headerType: 'document', headerUrl: 'https://example.com' }, 'headerFileName', /fill it in$/],
		[{ headerType: 'audio' }, 'headerType', /^\(audio\) must be one of none, text, image, video, document$/],
	])('%j is refused', (parameters, parameter, reason) => {
		const found = refused(sendButtons, { ...oneButton, ...parameters });
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});

	it('a list takes no file as header', () => {
		const found = refused(sendList, {
			...oneRow,
			headerType: 'image',
			headerUrl: 'https://example.com/a.png',
		});
		expect(found).toEqual({ parameter: 'headerType', reason: '(image) must be one of none, text' });
	});

	it('a request for contact information has a text and nothing else', () => {
		expect(interactiveOf(requestContactInfo, { headerType: 'text', footer: 'x' })).toEqual({
			type: 'request_contact_info',
			body: { text: 'Hello' },
		});
		expect(refused(requestContactInfo, { text: x(1_025) }).reason).toMatch(/^has 1025 characters/);
	});
});

describe('buttons', () => {
	it.each<[string, unknown]>([
		['JSON text', '[{ "id": "a", "title": "A" }, { "title": "B" }]'],
		[
			'a list from an expression',
			[
				{ id: 'a', title: 'A' },
				{ title: 'B', id: '' },
			],
		],
	])('as %s are the same as from fields', (_form, buttonsJson) => {
		const fields = interactiveOf(sendButtons, buttonsOf({ id: 'a', title: 'A' }, { id: '', title: 'B' }));
		expect(interactiveOf(sendButtons, { buttonsMode: 'json', buttonsJson })).toEqual(fields);
		expect(fields.buttonAction.buttons).toEqual([
			{ type: 'reply', reply: { id: 'a', title: 'A' } },
			{ type: 'reply', reply: { id: 'B', title: 'B' } },
		]);
	});

	it('may be as many and as long as allowed', () => {
		const longest = [1, 2, 3].map((n) => ({ id: `${n}${x(255)}`, title: `${n}${'🎉'.repeat(19)}` }));
		expect(() => interactiveOf(sendButtons, buttonsOf(...longest))).not.toThrow();
	});

	it.each<[string, object, string, RegExp]>([
		['none', buttonsOf(), 'buttons', /^has no button: add one to 3$/],
		['an empty collection', { buttonsMode: 'fields', buttons: {} }, 'buttons', /^has no button/],
		[
			'four',
			buttonsOf(...[1, 2, 3, 4].map((title) => ({ title }))),
			'buttons',
			/^has 4 buttons: at most 3 are allowed$/,
		],
		['no title', buttonsOf({ title: 'A' }, { id: 'b' }), 'buttons', /^has no title for button 2$/],
		[
			'a long title',
			buttonsOf({ title: x(21) }),
			'buttons',
			/^has 21 characters in the title of button 1: at most 20 are allowed$/,
		],
		[
			'a long ID',
			buttonsOf({ id: x(257), title: 'A' }),
			'buttons',
			/^has 257 characters in the ID of button 1: at most 256 are allowed$/,
		],
		[
			'a title twice',
			buttonsOf({ id: 'a', title: 'A' }, { id: 'b', title: 'A' }),
			'buttons',
			/^has the button title "A" twice/,
		],
		[
			'an ID twice',
			buttonsOf({ id: 'B', title: 'A' }, { title: 'B' }),
			'buttons',
			/^has the button ID "B" twice/,
		],
		[
			'JSON that is none',
			{ buttonsMode: 'json', buttonsJson: '[{]' },
			'buttonsJson',
			/^is not valid JSON at line 1/,
		],
		['an object', { buttonsMode: 'json', buttonsJson: '{"id":"a"}' }, 'buttonsJson', /^must be a list of/],
		[
			'texts',
			{ buttonsMode: 'json', buttonsJson: '["A"]' },
			'buttonsJson',
			/^has an entry that is not .*: A$/,
		],
		[
			'another key',
			{ buttonsMode: 'json', buttonsJson: '[{"titel":"A"}]' },
			'buttonsJson',
			/^has "titel" in button 1: only id, title can be given$/,
		],
		[
			'a list as title',
			{ buttonsMode: 'json', buttonsJson: [{ title: ['A'] }] },
			'buttonsJson',
			/must be text$/,
		],
		['nothing', { buttonsMode: 'json', buttonsJson: '' }, 'buttonsJson', /^has no button/],
		['another mode', { buttonsMode: 'list' }, 'buttonsMode', /^\(list\) must be fields or json$/],
	])('%s: refused', (_what, parameters, parameter, reason) => {
		const found = refused(sendButtons, parameters);
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});

describe('rows of a list', () => {
	const sections = [
		{
			title: 'One',
			rows: [
				{ id: 'a', title: 'A', description: 'first' },
				{ id: 'C', title: 'C' },
			],
		},
		{ title: 'Two', rows: [{ id: 'B', title: 'B' }] },
	];

	it.each<[string, object]>([
		[
			'fields',
			listOf(
				{ section: 'One', id: 'a', title: 'A', description: 'first' },
				{ section: 'Two', title: 'B' },
				{ section: 'One', title: 'C', description: '' },
			),
		],
		[
			'a JSON list of rows',
			{
				rowsMode: 'json',
				rowsJson:
					'[{"section":"One","id":"a","title":"A","description":"first"},{"section":"Two","title":"B"},{"section":"One","title":"C"}]',
			},
		],
		['a list of sections', { rowsMode: 'json', rowsJson: sections }],
	])('from %s make the same sections', (_form, parameters) => {
		const { listAction } = interactiveOf(sendList, { listButton: 'Choose', ...parameters });
		expect(listAction).toEqual({ button: 'Choose', sections });
	});

	it('of one section need no title, and row titles may be equal', () => {
		const { listAction } = interactiveOf(sendList, listOf({ id: '1', title: 'A' }, { id: '2', title: 'A' }));
		expect(listAction.sections).toEqual([
			{
				rows: [
					{ id: '1', title: 'A' },
					{ id: '2', title: 'A' },
				],
			},
		]);
	});

	it('may be as many and as long as allowed', () => {
		const longest = Array.from({ length: 10 }, (_, n) => ({
			section: `${n}${x(23)}`,
			id: `${n}${x(199)}`,
			title: '🎉'.repeat(24),
			description: '🎉'.repeat(72),
		}));
		expect(() => interactiveOf(sendList, { ...listOf(...longest), listButton: x(20) })).not.toThrow();
	});

	it.each<[string, object, string, RegExp]>([
		['none', listOf(), 'rows', /^has no row: add one to 10$/],
		[
			'eleven',
			listOf(...Array.from({ length: 11 }, (_, n) => ({ title: n }))),
			'rows',
			/^has 11 rows: at most 10 are allowed over all sections$/,
		],
		['no title', listOf({ id: 'a' }), 'rows', /^has no title for row 1$/],
		[
			'a long title',
			listOf({ title: x(25) }),
			'rows',
			/^has 25 characters in the title of row 1: at most 24/,
		],
		[
			'a long ID',
			listOf({ id: x(201), title: 'A' }),
			'rows',
			/^has 201 characters in the ID of row 1: at most 200/,
		],
		[
			'a long description',
			listOf({ title: 'A', description: x(73) }),
			'rows',
			/^has 73 characters in the description of row 1: at most 72/,
		],
		[
			'a long section',
			listOf({ section: x(25), title: 'A' }),
			'rows',
			/^has 25 characters in the section "x+": at most 24/,
		],
		[
			'an ID twice over two sections',
			listOf({ section: 'One', id: 'a', title: 'A' }, { section: 'Two', id: 'a', title: 'B' }),
			'rows',
			/^has the row ID "a" twice/,
		],
		[
			'some with and some without a section',
			listOf({ section: 'One', title: 'A' }, { title: 'B' }),
			'rows',
			/^has rows with and without a section/,
		],
		['no list button', { ...oneRow, listButton: '' }, 'listButton', /^is empty$/],
		['a long list button', { ...oneRow, listButton: x(21) }, 'listButton', /^has 21 characters: at most 20/],
		[
			'a section without rows',
			{ listButton: 'Choose', rowsMode: 'json', rowsJson: [{ title: 'One', rows: 'A' }] },
			'rowsJson',
			/^has a section without a list of rows/,
		],
		[
			'another key',
			{ listButton: 'Choose', rowsMode: 'json', rowsJson: [{ name: 'A' }] },
			'rowsJson',
			/^has "name" in a row: only section, id, title, description can be given$/,
		],
	])('%s: refused', (_what, parameters, parameter, reason) => {
		const found = refused(sendList, parameters);
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});

describe('a flow', () => {
	it.each<[object, object]>([
		[{}, {}],
		[{ flowData: '{}' }, {}],
		[{ flowScreen: 'A' }, { flowActionPayload: { screen: 'A' } }],
		[{ flowData: { a: [1] } }, { flowActionPayload: { data: { a: [1] } } }],
		[{ flowMode: 'draft' }, { flowMode: 'draft' }],
		[
			{ flowAction: 'data_exchange', flowScreen: 'A', flowData: '{"a":1}' },
			{ flowAction: 'data_exchange', flowActionPayload: { screen: 'A', data: { a: 1 } } },
		],
	])('%j', (parameters, expected) => {
		expect(interactiveOf(sendFlow, { ...flow, ...parameters }).flowAction).toEqual({
			flowID: '123',
			flowMode: 'published',
			flowCTA: 'Open',
			flowAction: 'navigate',
			...expected,
		});
	});

	it('may have signs on its button that are no emoji', () => {
		expect(() =>
			interactiveOf(sendFlow, { ...flow, flowCta: '50% off – #1 © ®™ ★ é 你好 *' }),
		).not.toThrow();
	});

	it.each<[object, string, RegExp]>([
		[{ flowId: '' }, 'flowId', /^is empty$/],
		[{ flowCta: '' }, 'flowCta', /^is empty$/],
		[{ flowCta: x(31) }, 'flowCta', /^has 31 characters: at most 30/],
		[{ flowCta: 'Open 🎉' }, 'flowCta', /^has an emoji/],
		[{ flowCta: 'Open 🇮🇩' }, 'flowCta', /^has an emoji/],
		[{ flowCta: 'Press 1️⃣' }, 'flowCta', /^has an emoji/],
		[{ flowCta: '❤ us' }, 'flowCta', /^has an emoji/],
		[{ flowMode: 'live' }, 'flowMode', /^\(live\) must be published or draft$/],
		[{ flowAction: 'open' }, 'flowAction', /^\(open\) must be navigate or data_exchange$/],
		[{ flowAction: 'data_exchange' }, 'flowData', /^is empty, and so is "Flow Screen"/],
		[{ flowData: '[1]' }, 'flowData', /^must be a JSON object/],
		[{ flowData: '{a}' }, 'flowData', /^is not valid JSON/],
		[{ flowData: '{"a":[12345678901234567890]}' }, 'flowData', /12345678901234567890.*put it in quotes/],
	])('%j is refused', (parameters, parameter, reason) => {
		const found = refused(sendFlow, { ...flow, ...parameters });
		expect(found.parameter).toBe(parameter);
		expect(found.reason).toMatch(reason);
	});
});
