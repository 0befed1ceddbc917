/** What the panels of the webhook triggers show, and the names that saved workflows depend on. */

import type { INodeProperties } from 'n8n-workflow';

import { OneTalkApi } from '../../credentials/OneTalkApi.credentials';
import { OneTalkChatbotTrigger } from '../../nodes/OneTalk/OneTalkChatbotTrigger.node';
import { OneTalkWebhookTrigger } from '../../nodes/OneTalk/OneTalkWebhookTrigger.node';

const organization = new OneTalkWebhookTrigger().description;
const chatbot = new OneTalkChatbotTrigger().description;

const property = ({ properties }: { properties: INodeProperties[] }, name: string) =>
	properties.find((one) => one.name === name);
const namesIn = ({ options = [] }: INodeProperties) => options.map(({ name }) => name).sort();
const valuesIn = ({ options = [] }: INodeProperties) =>
	options.map((option) => ('value' in option ? option.value : option.name)).sort();

describe.each([
	['oneTalkWebhookTrigger', organization],
	['oneTalkChatbotTrigger', chatbot],
])('%s', (name, description) => {
	it('has its name, and version 1, which the raw body needs', () => {
		expect(description).toMatchObject({ name, version: 1, group: ['trigger'], inputs: [] });
	});

	it('has one webhook with a random path, which answers 200 without a body', () => {
		expect(description.webhooks).toEqual([
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'noData',
			},
		]);
	});

	it('keeps n8n from parsing the body', () => {
		expect(property(description, 'options')).toMatchObject({ type: 'hidden', default: { binaryData: true } });
	});

	it('says in three steps how to set it up', () => {
		const steps = [1, 2, 3].map((step) => property(description, `setupNotice${step}`)?.displayName);
		expect(steps).toEqual([
			expect.stringMatching(/^1\. Publish/),
			expect.stringMatching(/^2\. .*Production URL/),
			expect.stringMatching(/^3\. .*OneTalk/),
		]);
		// n8n removes every other tag from a notice
		expect(steps.join()).not.toMatch(/<(?!\/?a[ >])/);
	});
});

it('oneTalkWebhookTrigger: credential, parameters, events, statuses and filters', () => {
	expect(organization.credentials).toMatchObject([{ name: 'oneTalkApi', required: false }]);
	expect(organization.properties.map(({ name }) => name)).toEqual([
		'setupNotice1',
		'setupNotice2',
		'setupNotice3',
		'events',
		'statuses',
		'filters',
		'options',
	]);
	const [events, statuses, filters] = ['events', 'statuses', 'filters'].map(
		(name) => property(organization, name) as INodeProperties,
	);
	expect(valuesIn(events)).toEqual(['caseResolved', 'messageStatus', 'other']);
	expect(events.default).toEqual(['messageStatus', 'caseResolved']);
	expect(valuesIn(statuses)).toEqual(['acknowledge', 'delivered', 'failed', 'read']);
	expect(statuses.default).toEqual(['acknowledge', 'delivered', 'read', 'failed']);
	expect(namesIn(filters)).toEqual(['channelId', 'channelType', 'organizationId']);
});

it('oneTalkWebhookTrigger: says that without a token the URL is the only protection', () => {
	expect(property(organization, 'setupNotice2')?.displayName).toContain(
		'Without a token, whoever knows the URL can start the workflow.',
	);
});

it('oneTalkChatbotTrigger: credential, parameters and filters', () => {
	expect(chatbot.credentials).toMatchObject([{ name: 'oneTalkChatbotApi', required: true }]);
	expect(chatbot.properties.map(({ name }) => name)).toEqual([
		'setupNotice1',
		'setupNotice2',
		'setupNotice3',
		'filters',
		'options',
	]);
	expect(namesIn(property(chatbot, 'filters') as INodeProperties)).toEqual(['channelType', 'messageType']);
});

it('oneTalkApi: the webhook token is optional and hidden', () => {
	const token = new OneTalkApi().properties.find(({ name }) => name === 'webhookToken');
	expect(token).toMatchObject({ typeOptions: { password: true }, default: '' });
	expect(token?.required).not.toBe(true);
});
