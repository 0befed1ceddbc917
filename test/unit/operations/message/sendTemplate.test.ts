/** Message: Send Template. */

import { sendTemplate } from '../../../../nodes/OneTalk/operations/message/sendTemplate';
import { refusal } from '../../../support/refusal';

const ITEM_CONTEXT = { timezone: 'UTC', row: {} };

const PARAMETERS = {
	channelId: '2100480937',
	phoneNumberId: '103011859190563',
	phone: '6281212345678',
	templateName: 'greetings_v1',
	languageCode: 'en',
	parameterMode: 'fields',
	templateParameters: {
		header: [{ type: 'text', name: 'variable_name', value: 'Good Morning' }],
		body: [
			{ name: 'name', value: 'John' },
			{ name: 'office_hours', value: '09:00 - 17:00' },
		],
		buttons: [{ name: 'url_0', value: '1d-1' }],
	},
	templateParametersJson: '{}',
	withCase: true,
	options: { topicId: 1 },
};

/** The example of the API page, with the first of its headers. */
const DOCUMENTED = {
	channelID: '2100480937',
	phoneNumberID: '103011859190563',
	phone: '6281212345678',
	templateName: 'greetings_v1',
	languageCode: 'en',
	parameters: {
		header: [{ name: 'variable_name', value: 'Good Morning' }],
		body: [
			{ name: 'name', value: 'John' },
			{ name: 'office_hours', value: '09:00 - 17:00' },
		],
		footer: [],
		buttons: [{ name: 'url_0', value: '1d-1' }],
	},
	withCase: true,
	topicID: 1,
};

const bodyOf = (parameters: Record<string, unknown>) => sendTemplate.request(parameters, ITEM_CONTEXT).body;

it('is sent to the documented path and needs proof of success', () => {
	expect(sendTemplate.request(PARAMETERS, ITEM_CONTEXT)).toMatchObject({
		method: 'POST',
		path: '/inbox/send_templated_message_whatsappba',
		expects: 'success',
	});
});

describe('the request that the API page shows', () => {
	const json = { ...PARAMETERS, parameterMode: 'json', templateParameters: {} };

	it.each<[string, Record<string, unknown>]>([
		['from fields', PARAMETERS],
		['from JSON text', { ...json, templateParametersJson: JSON.stringify(DOCUMENTED.parameters) }],
		['from an object', { ...json, templateParametersJson: DOCUMENTED.parameters }],
		[
			'from the short form',
			{
				...json,
				templateParametersJson: {
					header: { variable_name: 'Good Morning' },
					body: { name: 'John', office_hours: '09:00 - 17:00' },
					buttons: { url_0: '1d-1' },
				},
			},
		],
	])('%s', (_sentence, parameters) => {
		expect(bodyOf(parameters)).toStrictEqual(DOCUMENTED);
	});

	it.each(['document.pdf', 'image.png', 'video.mp4'])('with a header that is a file: %s', (file) => {
		const [type] = file.split('.');
		const value = `https://www.example.com/${file}`;
		const templateParameters = { ...PARAMETERS.templateParameters, header: [{ type, name: '', value }] };
		expect(bodyOf({ ...PARAMETERS, templateParameters })).toStrictEqual({
			...DOCUMENTED,
			parameters: { ...DOCUMENTED.parameters, header: [{ name: type, value }] },
		});
	});
});

describe('what the body contains', () => {
	it('no phone number ID if it is empty, as for older channels', () => {
		expect(bodyOf({ ...PARAMETERS, phoneNumberId: ' ' })).not.toHaveProperty('phoneNumberID');
	});

	it('a phone number ID from a number cell is text', () => {
		expect(bodyOf({ ...PARAMETERS, phoneNumberId: 103011859190563 })).toMatchObject({
			phoneNumberID: '103011859190563',
		});
	});

	it('four empty lists if the template has no variables', () => {
		const parameters = { header: [], body: [], footer: [], buttons: [] };
		expect(bodyOf({ ...PARAMETERS, templateParameters: {} })).toMatchObject({ parameters });
		expect(bodyOf({ ...PARAMETERS, templateParameters: undefined })).toMatchObject({ parameters });
	});

	it('only the variables of the chosen mode', () => {
		const both = { ...PARAMETERS, templateParametersJson: '{"body":{"other":"x"}}' };
		expect(bodyOf(both)).toMatchObject({ parameters: DOCUMENTED.parameters });
		expect(bodyOf({ ...both, parameterMode: 'json' })).toMatchObject({
			parameters: { header: [], body: [{ name: 'other', value: 'x' }] },
		});
	});
});

describe('a refusal names the parameter', () => {
	it.each<[string, Record<string, unknown>, string]>([
		['no channel', { channelId: '' }, 'channelId'],
		['a phone number ID that a spreadsheet has ruined', { phoneNumberId: '1.03012E+14' }, 'phoneNumberId'],
		['no phone', { phone: null }, 'phone'],
		['no template name', { templateName: '' }, 'templateName'],
		['no language code', { languageCode: ' ' }, 'languageCode'],
		['an unknown mode', { parameterMode: 'csv' }, 'parameterMode'],
		[
			'an empty variable among the fields',
			{ templateParameters: { body: [{ name: 'a', value: '' }] } },
			'templateParameters',
		],
		['broken JSON', { parameterMode: 'json', templateParametersJson: '{' }, 'templateParametersJson'],
		['withCase that is neither', { withCase: 'maybe' }, 'withCase'],
		['a topic ID that is none', { options: { topicId: 'Sales' } }, 'topicId'],
	])('%s', (_sentence, change, parameter) => {
		expect(refusal(() => bodyOf({ ...PARAMETERS, ...change })).parameter).toBe(parameter);
	});
});

it('is never repeated, and the messages of one recipient keep their order', () => {
	expect(sendTemplate.repeatable).toBe(false);
	expect(sendTemplate.lane(sendTemplate.request(PARAMETERS, ITEM_CONTEXT))).toBe('6281212345678');
});
