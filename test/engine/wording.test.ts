/** Errors name rows, columns and the credential as the user knows them. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type RunOptions } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

let onetalk: Simulator;
useSimulator((simulator) => (onetalk = simulator));

const send: INodeParameters = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	text: 'Hi',
};
const template: INodeParameters = {
	...send,
	operation: 'sendTemplate',
	templateName: 't',
	languageCode: 'id',
};
const run = async (parameters: INodeParameters, rows: IDataObject[], settings: RunOptions['settings'] = {}) =>
	await runNode(onetalk, { parameters, rows, settings });

describe('a row', () => {
	const spoiled = [
		{ row_number: 2, phone: '6281211111111' },
		{ row_number: 5, phone: 'Sari' },
		{ row_number: 9, phone: 'Budi' },
	];

	it('has its number in the sheet', async () => {
		const { error } = await run(send, spoiled);
		expect(error?.message).toMatch(/^Row 5: "Recipient's Phone Number" \(Sari\)/);
		expect(error?.description).toContain('Rows to correct: 5, 9.');
		expect(error?.context?.itemIndex).toBeUndefined();
	});

	it('has it in the count of what was sent, too', async () => {
		const rows = [2, 5, 9].map((row_number) => ({ row_number, phone: `628121111000${row_number}` }));
		onetalk.fault({ kind: 'status', status: 400 });
		const { error } = await run({ ...send, options: { batching: { batch: { batchSize: 1 } } } }, rows);
		expect(error?.message).toMatch(/^Row 2: /);
		expect(error?.description).toContain('1 failed (row 2)');
	});

	it.each([{}, { row_number: 'seven' }, { row_number: 0 }])(
		'has its place in the input where its number is %j',
		async (row) => {
			const { error } = await run(send, [{ phone: '6281211111111' }, { ...row, phone: 'Sari' }]);
			expect(error?.message).toMatch(/^Row 2: /);
		},
	);

	it('is not left out where it is the only one', async () => {
		const one = await run(send, [{ phone: 'Sari' }]);
		expect(one.error?.description).toBe('Correct it.');
		const several = await run(send, [{ phone: 'Sari' }, { phone: '6281211111111' }]);
		expect(several.error?.description).toContain('Correct it, or leave this row out.');
	});
});

describe('an expression that gives nothing', () => {
	it.each<[string, INodeParameters, IDataObject, string]>([
		[
			'names the column that is meant',
			{ ...send, phone: '={{ $json.Phone }}' },
			{ name: 'Ani', phone: '1' },
			'"Recipient\'s Phone Number" is empty: the input has no column "Phone", only "name", "phone". Did you mean "phone"?',
		],
		[
			'tells that the column is empty',
			send,
			{ phone: '' },
			'"Recipient\'s Phone Number" is empty: its expression gives nothing for this row, which has "phone"',
		],
		[
			'in an option',
			{ ...send, options: { sendOnceKey: '={{ $json.invoic }}' } },
			{ phone: '6281211111111', invoice: 1 },
			'"Send Only Once per Key" is empty: the input has no column "invoic", only "phone", "invoice". Did you mean "invoice"?',
		],
		[
			'in a variable of a template',
			{
				...template,
				parameterMode: 'fields',
				templateParameters: {
					body: [
						{ name: 'a', value: 'x' },
						{ name: 'b', value: '={{ $json.nmae }}' },
					],
				},
			},
			{ phone: '6281211111111', name: 'Ani' },
			'no value for the body variable "b": the input has no column "nmae", only "phone", "name". Did you mean "name"?',
		],
		[
			'in a time',
			{ resource: 'case', operation: 'getAll', since: '={{ $json.last }}' },
			{ lastRun: 1 },
			'"Since" is empty: the input has no column "last", only "lastRun"',
		],
	])('%s', async (_what, parameters, row, words) => {
		const { error } = await run(parameters, [row]);
		expect(error?.message).toContain(words);
	});
});

describe('guards of Send', () => {
	it.each<[string, INodeParameters, string]>([
		['an object', { text: '=Hi {{ $json.customer }}' }, '"Text" has "[object Object]"'],
		[
			'a fixed text with an expression',
			{ text: 'Hi {{ $json.name }}' },
			'"Text" has an expression that n8n did not evaluate',
		],
		['only a word for nothing', { text: '={{ `${$json.none}` }}' }, '"Text" is nothing but "undefined"'],
		['a gap', { text: '=Hi {{ $json.nmae }}!' }, '"Text" has a gap: the input has no column "nmae"'],
		[
			'a word for nothing inside',
			{ text: '={{ "Hi " + $json.none }}' },
			'"Text" has "undefined" in the place',
		],
		[
			'a text that is too long',
			{ text: `={{ "👋".repeat(4097) }}` },
			'"Text" has 4097 characters: WhatsApp takes at most 4096',
		],
		[
			'a caption that is too long',
			{ messageType: 'image', mediaUrl: 'https://www.example.com/a.jpg', caption: 'x'.repeat(1025) },
			'"Caption" has 1025 characters: WhatsApp takes at most 1024',
		],
		[
			'a sharing page',
			{ messageType: 'file', mediaUrl: 'https://drive.google.com/file/d/1AbC/view', fileName: 'a.pdf' },
			'"Media URL" (https://drive.google.com/file/d/1AbC/view) is a page of Google Drive',
		],
	])('%s is refused', async (_what, parameters, words) => {
		const rows = [{ phone: '6281211111111', name: 'Ani', customer: { name: 'Ani' } }];
		const { error } = await run({ ...send, ...parameters }, rows);
		expect(error?.message).toContain(words);
		expect(onetalk.requests).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['a column that only another row has', { text: '=Hi {{ $json.name }}, {{ $json.note }}' }],
		['4096 characters beyond the basic plane', { text: `={{ "👋".repeat(4096) }}` }],
	])('%s is sent', async (_what, parameters) => {
		const rows = [
			{ phone: '6281211111111', name: 'Ani' },
			{ phone: '6281222222222', name: 'Budi', note: 'PS' },
		];
		expect((await run({ ...send, ...parameters }, rows)).error).toBeUndefined();
		expect(onetalk.messages).toHaveLength(2);
	});
});

describe('Using Fields Below', () => {
	it('refuses an expression in place of a list, and points to Using JSON', async () => {
		const { error } = await run(
			{ ...template, parameterMode: 'fields', templateParameters: { body: '={{ $json.list }}' } },
			[{ phone: '6281211111111', list: [{ name: 'a', value: 'b' }] }],
		);
		expect(error?.message).toBe('"Variables" has nothing but empty variables in body');
		expect(error?.description).toContain('choose “Using JSON” under Template Parameters');
		expect(onetalk.requests).toEqual([]);
	});
});

it('a long number in JSON text keeps its digits', async () => {
	const templateParametersJson = '{ "body": { "total": 12345678901234567890 } }';
	await run({ ...template, parameterMode: 'json', templateParametersJson }, [{ phone: '6281211111111' }]);
	expect(onetalk.requests[0].body).toMatchObject({
		parameters: { body: [{ name: 'total', value: '12345678901234567890' }] },
	});
});

it('the next step names the credential as the user does', async () => {
	onetalk.fault({ kind: 'status', status: 491 });
	const { error } = await run(send, [{ phone: '6281211111111' }]);
	expect(error?.description).toContain('the credential "oneTalkApi"');
});

it('a wrong base URL shows the message of the other server, not the beginning of its JSON', async () => {
	const { baseUrl, apiKey } = onetalk;
	const server = { baseUrl: baseUrl.replace('/integration/', '/unknown/'), apiKey };
	const { error } = await runNode(server, { parameters: send, rows: [{ phone: '6281211111111' }] });
	expect(error?.message).not.toContain('{"');
	expect(error?.description).toContain('Check the base URL in the credential "oneTalkApi"');
});

it('Update says that an expression cannot stand in place of its fields', async () => {
	const parameters = {
		resource: 'case',
		operation: 'update',
		caseId: 'A1',
		updateFields: '={{ $json.fields }}',
	};
	const { error } = await run(parameters, [{ fields: { isJunk: true } }]);
	expect(error?.message).toBe('"Update Fields" has nothing to update: add Agent Remark or Junk');
	expect(error?.description).toContain('n8n does not pass on one in place of Update Fields as a whole');
});
