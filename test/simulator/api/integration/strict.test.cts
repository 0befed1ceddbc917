/** Strict mode of the Integration API: unknown channels and templates, and parameters that do not fit. */

import { SEND, TEMPLATE, TEMPLATED, TEXT, useSimulator } from '../../harness.cts';
import { invalid } from './expected.cts';

const GREETING = { templateName: 'greetings_v1', languageCode: 'en', body: 'Hi {{name}}' };
const ORDER = {
	templateName: 'order',
	languageCode: 'en',
	header: 'Order {{1}}',
	body: 'Hi [[name]], {{ total }}',
	footer: 'Bye',
	buttons: ['Stop', 'https://example.com/{{1}}'],
};
const PICTURE = { templateName: 'picture', languageCode: 'en', body: 'Look', headerType: 'image' as const };

const api = useSimulator({ settings: { strict: true }, templates: [GREETING, ORDER, PICTURE] });

const refusedSends: Array<[change: object, message: string, field: string]> = [
	[{ channelID: '999' }, 'Channel ID is invalid', 'channelID'],
	[{ channelID: TEMPLATED.channelID }, 'Channel ID is invalid', 'channelID'],
	[{ messageType: 'image', body: 'a.jpg', filename: 'a.jpg' }, 'Body is invalid', 'body'],
	[{ topicID: 99 }, 'Topic ID is invalid', 'topicID'],
];
test.each(refusedSends)('refuses a message with %j', async (change, message, field) => {
	expect(await api.postJson(SEND, { ...TEXT, ...change })).toEqual(invalid(message, field));
	expect(api.sim.messages).toEqual([]);
});

const refusedTemplates: Array<[change: object, message: string, field: string]> = [
	[{ channelID: TEXT.channelID }, 'Channel ID is invalid', 'channelID'],
	[{ phoneNumberID: undefined }, 'Phone number ID is required', 'phoneNumberID'],
	[{ phoneNumberID: '1' }, 'Phone number ID is invalid', 'phoneNumberID'],
	[{ templateName: 'unknown' }, 'Template name is invalid', 'templateName'],
	[{ languageCode: 'id' }, 'Language code is invalid', 'languageCode'],
];
test.each(refusedTemplates)('refuses a template with %j', async (change, message, field) => {
	expect(await api.postJson(TEMPLATE, { ...TEMPLATED, ...change })).toEqual(invalid(message, field));
});

const value = (name: string, text = 'x') => ({ name, value: text });
const FITTING = {
	header: [value('1')],
	body: [value('name'), value('total')],
	footer: [],
	buttons: [value('url_1', 'abc')],
};
const order = (change: object) => ({
	...TEMPLATED,
	templateName: 'order',
	parameters: { ...FITTING, ...change },
});

test('accepts what fits', async () => {
	expect((await api.postJson(SEND, { ...TEXT, topicID: 2, withCase: true })).status).toBe(200);
	expect((await api.postJson(TEMPLATE, TEMPLATED)).status).toBe(200);
	expect((await api.postJson(TEMPLATE, order({}))).status).toBe(200);
});

test.each([
	['header', []],
	['header', [value('2')]],
	['header', [value('image', 'https://example.com/a.jpg')]],
	['body', [value('name')]],
	['body', [value('name'), value('total'), value('more')]],
	['body', [value('name'), value('name'), value('total')]],
	['body', [value('name', ''), value('total')]],
	['footer', [value('name')]],
	['buttons', []],
	['buttons', [value('url_0', 'abc')]],
])('refuses parameters.%s %j', async (group, list) => {
	expect(await api.postJson(TEMPLATE, order({ [group]: list }))).toEqual(
		invalid(`Parameters ${group} is invalid`, `parameters.${group}`),
	);
});

test('a template with the header type image takes the URL of an image', async () => {
	const send = (header: object[]) =>
		api.postJson(TEMPLATE, { ...TEMPLATED, templateName: 'picture', parameters: { header } });
	const refusal = invalid('Parameters header is invalid', 'parameters.header');
	expect(await send([value('image', 'https://example.com/a.jpg')])).toMatchObject({ status: 200 });
	expect(await send([value('image', 'a.jpg')])).toEqual(refusal);
	expect(await send([value('video', 'https://example.com/a.mp4')])).toEqual(refusal);
	expect(await send([])).toEqual(refusal);
});

test('a template without a header may have a file as header', async () => {
	const header = [value('document', 'https://example.com/a.pdf')];
	const parameters = { ...TEMPLATED.parameters, header };
	expect(await api.postJson(TEMPLATE, { ...TEMPLATED, parameters })).toMatchObject({ status: 200 });
});

test('a contact has one open case per channel', async () => {
	const first = await api.postJson(SEND, { ...TEXT, withCase: true });
	const second = await api.postJson(SEND, { ...TEXT, withCase: true });
	const other = await api.postJson(TEMPLATE, { ...TEMPLATED, withCase: true });
	expect(second.data.caseID).toBe(first.data.caseID);
	expect(other.data.caseID).not.toBe(first.data.caseID);
	const written = api.sim.createCase({
		contact: { phone: TEXT.phone },
		channelID: TEXT.channelID,
		firstMessage: 'Hi',
	});
	expect(written.id).toBe(first.data.caseID);
	expect(api.sim.cases).toHaveLength(2);
	api.sim.updateCase(written.id, { isClosed: true });
	expect((await api.postJson(SEND, { ...TEXT, withCase: true })).data.caseID).not.toBe(written.id);
});

test('a case that is created without a channel gets the one on which the customer writes', async () => {
	const contact = { phone: TEXT.phone };
	const first = api.sim.createCase({ contact, firstMessage: 'Hi' });
	expect(await api.controlJson('GET', `/case-details/${first.id}`)).toMatchObject({
		channelID: TEMPLATED.channelID,
	});
	expect(api.sim.createCase({ contact, firstMessage: 'Hi again' }).id).toBe(first.id);
	api.sim.updateCase(first.id, { isClosed: true });
	await api.post(SEND, TEXT);
	const next = api.sim.createCase({ contact, firstMessage: 'Hello' });
	expect(await api.controlJson('GET', `/case-details/${next.id}`)).toMatchObject({
		channelID: TEXT.channelID,
		topicID: 1,
	});
});
