/** What the panels show, and the names that saved workflows depend on. */

import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../nodes/OneTalk/operations';
import { OneTalk } from '../../nodes/OneTalk/OneTalk.node';
import { OneTalkTrigger } from '../../nodes/OneTalk/OneTalkTrigger.node';
import manifest from '../../package.json';

const action = new OneTalk().description;
const trigger = new OneTalkTrigger().description;

/** The header of an interactive message. */
const header = { headerType: 'none', headerText: '' };

/** The parameters that n8n shows for one operation, by name. */
function parametersOf(resource: string, operation: string): Record<string, INodeProperties> {
	const shown = action.properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);
	// One name can have several forms, of which n8n shows one at a time.
	const once = shown.filter(({ name }) => !name.startsWith('templateValues'));
	expect(new Set(once.map(({ name }) => name)).size).toBe(once.length);
	return Object.fromEntries(shown.map((property) => [property.name, property]));
}

function defaultsOf(properties: INodeProperties[]): object {
	return Object.fromEntries(properties.map(({ name, default: fallback }) => [name, fallback]));
}

function valuesOf({ options = [] }: INodeProperties): unknown[] {
	return options.map((option) => ('value' in option ? option.value : option.name)).sort();
}

describe('names that saved workflows and other programs depend on', () => {
	it('package, nodes, version and credential', () => {
		expect(manifest.name).toBe('n8n-nodes-onetalk');
		expect([action.name, trigger.name]).toEqual(['oneTalk', 'oneTalkTrigger']);
		expect([action.version, trigger.version]).toEqual([1, 1]);
		expect(trigger.credentials?.map(({ name, required }) => [name, required])).toEqual([
			['oneTalkApi', true],
		]);
	});

	it('the credentials of the action node, each hidden for the resources of other services', () => {
		expect(
			action.credentials?.map(({ name, required, testedBy, displayOptions }) => [
				name,
				required,
				testedBy,
				displayOptions?.hide?.resource,
			]),
		).toEqual([
			['oneTalkApi', true, 'testCredential', ['chatbot']],
			['oneTalkChatbotApi', true, 'testChatbotCredential', ['message', 'case', 'contact']],
		]);
	});

	it('resources and operations', () => {
		const [resource] = action.properties.filter(({ name }) => name === 'resource');
		expect(valuesOf(resource)).toEqual(['case', 'chatbot', 'contact', 'message']);
		const lists = action.properties.filter(({ name }) => name === 'operation');
		expect(
			Object.fromEntries(lists.map((it) => [it.displayOptions?.show?.resource?.[0], valuesOf(it)])),
		).toEqual({
			case: ['getAll', 'update'],
			chatbot: [
				'closeCase',
				'handOver',
				'requestContactInfo',
				'sendAndWait',
				'sendButtons',
				'sendFlow',
				'sendList',
				'sendMessage',
				'updateCase',
				'updateContact',
			],
			contact: ['createAuthTicket', 'upsert'],
			message: ['send', 'sendAndWait', 'sendTemplate'],
		});
	});

	it.each<[string, string, object]>([
		[
			'message',
			'send',
			{
				channelId: '',
				phone: '',
				messageType: 'text',
				text: '',
				mediaUrl: '',
				fileName: '',
				caption: '',
				withCase: true,
				options: {},
			},
		],
		[
			'message',
			'sendTemplate',
			{
				channelId: '',
				phoneNumberId: '',
				phone: '',
				templateName: '',
				languageCode: '',
				parameterMode: 'templateText',
				templateHeaderType: 'none',
				templateHeader: '',
				templateBody: '',
				templateFooter: '',
				templateButtons: '',
				templateValues: { mappingMode: 'defineBelow', value: null },
				templateValuesNotice: '',
				templateParameters: {},
				templateParametersJson: expect.any(String) as string,
				withCase: true,
				options: {},
			},
		],
		[
			'message',
			'sendAndWait',
			{
				publicUrlNotice: '',
				channelId: '',
				phone: '',
				message: '',
				responseType: 'approval',
				approvalOptions: {},
				withCase: true,
				options: {},
			},
		],
		['case', 'getAll', { since: '', filters: {}, returnAll: false, limit: 50, options: {} }],
		['case', 'update', { caseId: '', updateFields: {}, options: {} }],
		...['upsert', 'createAuthTicket'].map((operation): [string, string, object] => [
			'contact',
			operation,
			{ customerUserId: '', fullName: '', additionalFields: {}, options: {} },
		]),
		[
			'chatbot',
			'sendMessage',
			{
				caseId: '',
				messageType: 'text',
				text: '',
				mediaUrl: '',
				fileName: '',
				caption: '',
				options: {},
			},
		],
		[
			'chatbot',
			'sendButtons',
			{
				caseId: '',
				text: '',
				...header,
				headerUrl: '',
				headerFileName: '',
				footer: '',
				buttonsMode: 'fields',
				buttons: {},
				buttonsJson: expect.any(String) as string,
				options: {},
			},
		],
		[
			'chatbot',
			'sendList',
			{
				caseId: '',
				text: '',
				...header,
				footer: '',
				listButton: '',
				rowsMode: 'fields',
				rows: {},
				rowsJson: expect.any(String) as string,
				options: {},
			},
		],
		[
			'chatbot',
			'sendFlow',
			{
				caseId: '',
				text: '',
				...header,
				headerUrl: '',
				headerFileName: '',
				footer: '',
				flowId: '',
				flowCta: '',
				flowMode: 'published',
				flowAction: 'navigate',
				flowScreen: '',
				flowData: '{}',
				options: {},
			},
		],
		['chatbot', 'requestContactInfo', { caseId: '', text: '', options: {} }],
		[
			'chatbot',
			'sendAndWait',
			{
				caseId: '',
				message: '',
				responseType: 'approval',
				approvalOptions: {},
				tapNotice: '',
				publicUrlNotice: '',
				options: {},
			},
		],
		['chatbot', 'handOver', { caseId: '', summary: '', topicId: 0, agentEmail: '', options: {} }],
		['chatbot', 'closeCase', { caseId: '', sendClosingMessage: false, options: {} }],
		['chatbot', 'updateCase', { caseId: '', updateFields: {}, options: {} }],
		['chatbot', 'updateContact', { caseId: '', updateFields: {}, customFields: {}, options: {} }],
	])('%s.%s has exactly these parameters and defaults', (resource, operation, defaults) => {
		expect(defaultsOf(Object.values(parametersOf(resource, operation)))).toEqual(defaults);
	});

	it('every parameter belongs to an existing operation', () => {
		const names = operations.flatMap(({ resource, value }) => Object.keys(parametersOf(resource, value)));
		const own = action.properties.filter(({ name }) => name !== 'resource' && name !== 'operation');
		const known = own.map(({ name }) => name).filter((name, index, all) => all[index - 1] !== name);
		expect(known).toEqual(names);
	});

	it.each<[string, object]>([
		['send', {}],
		['sendTemplate', { lineBreaks: 'collapse' }],
	])('the options of message.%s', (operation, own) => {
		const { options } = parametersOf('message', operation);
		expect(defaultsOf(options.options as INodeProperties[])).toEqual({
			batching: { batch: {} },
			defaultCountryCode: '62',
			dryRun: true,
			failureRows: true,
			preview: true,
			redirectTo: '',
			sendOnceKey: '',
			topicId: 0,
			...own,
		});
		expect(options.type).toBe('collection');
	});

	it('the options of message.sendAndWait', () => {
		const { options, approvalOptions, responseType } = parametersOf('message', 'sendAndWait');
		expect(defaultsOf(options.options as INodeProperties[])).toEqual({
			defaultCountryCode: '62',
			limitWaitTime: {
				values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' },
			},
			messageButtonLabel: '',
			pageLanguage: 'en',
			responseFormButtonLabel: '',
			responseFormTitle: '',
			topicId: 0,
		});
		const [values] = approvalOptions.options as INodePropertyCollection[];
		expect([values.name, defaultsOf(values.values)]).toEqual([
			'values',
			{ approvalType: 'double', approveLabel: 'Approve', disapproveLabel: 'Decline' },
		]);
		expect(valuesOf(responseType)).toEqual(['approval', 'freeText']);
	});

	it.each<[string, object]>([
		['getAll', {}],
		['update', { dryRun: true, failureRows: true }],
	])('the options of case.%s', (operation, own) => {
		const { options } = parametersOf('case', operation);
		expect(defaultsOf(options.options as INodeProperties[])).toEqual({ batching: { batch: {} }, ...own });
	});

	it.each<[string, string, object]>([
		...['upsert', 'createAuthTicket'].map((operation): [string, string, object] => [
			'contact',
			operation,
			{ defaultCountryCode: '62' },
		]),
		['chatbot', 'sendMessage', { longText: 'split', maxLength: 4096, sendOnceKey: '' }],
		...['sendButtons', 'sendList', 'sendFlow', 'requestContactInfo'].map(
			(operation): [string, string, object] => ['chatbot', operation, { sendOnceKey: '' }],
		),
		...['handOver', 'closeCase', 'updateCase', 'updateContact'].map((operation): [string, string, object] => [
			'chatbot',
			operation,
			{},
		]),
	])('the options of %s.%s', (resource, operation, own) => {
		const { options } = parametersOf(resource, operation);
		expect(defaultsOf(options.options as INodeProperties[])).toEqual({
			batching: { batch: {} },
			dryRun: true,
			failureRows: true,
			...own,
		});
	});

	it.each<[string, string, string, object]>([
		['contact', 'upsert', 'additionalFields', { alias: '', email: '', phone: '', photoUrl: '' }],
		['chatbot', 'updateCase', 'updateFields', { agentRemark: '', isJunk: false }],
		['chatbot', 'updateContact', 'updateFields', { alias: '', companyName: '', fullName: '', jobTitle: '' }],
	])('the fields of %s.%s %s', (resource, operation, collection, fields) => {
		const property = parametersOf(resource, operation)[collection];
		expect(defaultsOf(property.options as INodeProperties[])).toEqual(fields);
	});

	it.each<[string, string, string, object]>([
		['sendButtons', 'buttons', 'button', { id: '', title: '' }],
		['sendList', 'rows', 'row', { section: '', id: '', title: '', description: '' }],
		['updateContact', 'customFields', 'field', { code: '', type: 'text', value: '' }],
	])('the entries of chatbot.%s %s', (operation, name, group, fields) => {
		const property = parametersOf('chatbot', operation)[name];
		const [only, ...others] = (property.options ?? []) as INodePropertyCollection[];
		expect(others).toEqual([]);
		expect([property.type, only.name, defaultsOf(only.values)]).toEqual(['fixedCollection', group, fields]);
	});

	it.each<[string, string, string[]]>([
		['sendMessage', 'messageType', ['document', 'image', 'text', 'video']],
		['sendButtons', 'headerType', ['document', 'image', 'none', 'text', 'video']],
		['sendButtons', 'buttonsMode', ['fields', 'json']],
		['sendList', 'headerType', ['none', 'text']],
		['sendList', 'rowsMode', ['fields', 'json']],
		['sendFlow', 'headerType', ['document', 'image', 'none', 'text', 'video']],
		['sendFlow', 'flowMode', ['draft', 'published']],
		['sendFlow', 'flowAction', ['data_exchange', 'navigate']],
	])('the choices of chatbot.%s %s', (operation, name, choices) => {
		expect(valuesOf(parametersOf('chatbot', operation)[name])).toEqual(choices);
	});

	it('the fields that case.update can change', () => {
		const { updateFields } = parametersOf('case', 'update');
		expect(defaultsOf(updateFields.options as INodeProperties[])).toEqual({ agentRemark: '', isJunk: false });
		expect(updateFields.type).toBe('collection');
	});

	it('the message types and the parameter modes', () => {
		expect(valuesOf(parametersOf('message', 'send').messageType)).toEqual(['file', 'image', 'text']);
		expect(valuesOf(parametersOf('message', 'sendTemplate').parameterMode)).toEqual([
			'fields',
			'json',
			'templateText',
		]);
	});

	it('the languages of WhatsApp’s templates, by name and code', () => {
		const { languageCode } = parametersOf('message', 'sendTemplate');
		expect(languageCode.type).toBe('options');
		expect(languageCode.options).toHaveLength(111);
		expect(new Set(valuesOf(languageCode)).size).toBe(111);
		expect(languageCode.options).toEqual(
			expect.arrayContaining([
				{ name: 'English: en', value: 'en' },
				{ name: 'English (US): en_US', value: 'en_US' },
				{ name: 'Indonesian: id', value: 'id' },
				{ name: 'Kyrgyz (Kyrgyzstan): ky_KG', value: 'ky_KG' },
			]),
		);
		for (const { name, value } of (languageCode.options ?? []) as INodePropertyOptions[]) {
			expect(value).toMatch(/^[a-z]{2,3}(_[A-Z]{2})?$/);
			expect(name).toMatch(/^[A-Z][a-z]+( \([A-Za-z]+\))?: [a-z]/);
		}
	});

	it('the parts of a template and their fields', () => {
		const { templateParameters } = parametersOf('message', 'sendTemplate');
		const groups = (templateParameters.options ?? []) as INodePropertyCollection[];
		expect(templateParameters).toMatchObject({
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
		});
		expect(
			Object.fromEntries(groups.map(({ name, values }) => [name, values.map((it) => it.name).sort()])),
		).toEqual({
			header: ['name', 'type', 'value'],
			body: ['name', 'value'],
			footer: ['name', 'value'],
			buttons: ['name', 'value'],
		});
		const type = groups.find(({ name }) => name === 'header')?.values.find(({ name }) => name === 'type');
		expect(type?.default).toBe('text');
		expect(type && valuesOf(type)).toEqual(['document', 'image', 'text', 'video']);
	});

	it('the trigger’s events, filters and options', () => {
		const [events, filters, options] = ['events', 'filters', 'options'].map((wanted) =>
			trigger.properties.find(({ name }) => name === wanted),
		);
		expect(events).toMatchObject({
			displayName: 'Trigger On',
			type: 'multiOptions',
			default: ['caseCreated', 'caseUpdated'],
		});
		expect(events && valuesOf(events)).toEqual([
			'caseAgentChanged',
			'caseClosed',
			'caseContactChanged',
			'caseCreated',
			'caseMarkedAsJunk',
			'caseRemarkChanged',
			'caseReopened',
			'caseUnmarkedAsJunk',
			'caseUpdated',
		]);
		expect(filters).toMatchObject({ type: 'collection', default: {} });
		expect(Object.keys(defaultsOf(filters?.options as INodeProperties[]))).toEqual([
			'agentEmail',
			'createdAfter',
			'junk',
			'phone',
			'status',
		]);
		expect(options).toMatchObject({ type: 'collection', default: {} });
		expect(defaultsOf(options?.options as INodeProperties[])).toEqual({
			defaultCountryCode: '62',
			isoTimes: true,
			lookBackSeconds: 60,
			maxCasesPerPoll: 1000,
			startFrom: { start: {} },
		});
	});

	it('the trigger has no other parameters', () => {
		const fixed = ['events', 'filters', 'options'];
		expect(trigger.properties.map(({ name }) => name).filter((name) => !fixed.includes(name))).toEqual([]);
	});
});

describe('which message types show a parameter', () => {
	it.each<[string, string[] | undefined]>([
		['text', ['text']],
		['mediaUrl', ['file', 'image']],
		['fileName', ['file', 'image']],
		['caption', ['image']],
		['phone', undefined],
	])('%s: %j', (name, types) => {
		const show = parametersOf('message', 'send')[name].displayOptions?.show?.messageType;
		expect(show && [...show].sort()).toEqual(types);
	});
});

it.each([
	['send', 'Send a WhatsApp message in OneTalk'],
	['sendTemplate', 'Send a WhatsApp template in OneTalk'],
])(
	'an AI agent is told what message.%s does, and its description that it cannot be undone',
	(operation, tool) => {
		const node = { parameters: { resource: 'message', operation } } as unknown as INode;
		expect(NodeHelpers.getToolDescriptionForNode(node, new OneTalk())).toBe(tool);
		const { description } = operations.find(({ value }) => value === operation) ?? {};
		expect(description).toContain('reaches a real person and cannot be undone');
	},
);

it.each<[string, RegExp]>([
	['sendMessage', /^Send a message to the customer of a case in OneTalk$/],
	['sendButtons', /^Send buttons to the customer of a case/],
	['sendList', /^Send a list to the customer of a case/],
	['sendFlow', /^Send a WhatsApp flow to the customer of a case/],
	['requestContactInfo', /^Ask the customer of a case for contact information/],
	['sendAndWait', /^Ask the customer of a case and wait for response/],
	['handOver', /^Hand a case over to a human agent, with a summary/],
	['closeCase', /^Close a case/],
])('an AI agent is told what chatbot.%s does', (operation, says) => {
	const node = { parameters: { resource: 'chatbot', operation } } as unknown as INode;
	expect(NodeHelpers.getToolDescriptionForNode(node, new OneTalk())).toMatch(says);
});

it.each(['sendMessage', 'sendButtons', 'sendList', 'sendFlow', 'requestContactInfo'])(
	'the description of chatbot.%s says that it cannot be undone',
	(value) => {
		const operation = operations.find((one) => one.value === value);
		expect(operation?.description).toContain('reaches a real person and cannot be undone');
	},
);

it.each(['sendButtons', 'sendList', 'sendFlow', 'requestContactInfo'])(
	'chatbot.%s says that it is for WhatsApp Business API channels only',
	(value) => {
		const operation = operations.find((one) => one.value === value);
		expect(operation?.description).toMatch(/Only for cases of a WhatsApp Business API channel\.$/);
	},
);

it('n8n polls the trigger', () => {
	expect(trigger).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
});
