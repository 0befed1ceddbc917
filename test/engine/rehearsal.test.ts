/** Send All to This Number: a run whose messages go to one phone, and that does not count for the real run. */

import { DataDeduplicationService } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

const MINE = '6281299999999';
const rows = [
	{ phone: '081211111111', name: 'Sari' },
	{ phone: '081222222222', name: 'Budi' },
];
const own = ['6281211111111', '6281222222222'];

const send: INodeParameters = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	text: '=Hi {{ $json.name }}',
};

/** n8n's store of keys that a node has seen; n8n itself keeps it in its database. */
const keys = new Set<string>();
beforeAll(async () => {
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items) => {
			const processed = items.filter((item) => keys.has(String(item)));
			items.forEach((item) => keys.add(String(item)));
			return { new: items.filter((item) => !processed.includes(item)), processed };
		},
		removeProcessed: async (items) => items.forEach((item) => keys.delete(String(item))),
		clearAllProcessedItems: async () => keys.clear(),
		getProcessedDataCount: async () => keys.size,
	});
});

let onetalk: Simulator;
useSimulator((simulator) => (onetalk = simulator));
beforeEach(() => keys.clear());

const run = async (options: INodeParameters, parameters: INodeParameters = send) =>
	await runNode(onetalk, { parameters: { ...parameters, options }, rows });

it('sends every message in full to the one number, in the order of the rows, and says whom it was for', async () => {
	const { outputs } = await run({ redirectTo: '+62 812-9999-9999' });
	expect(onetalk.messages.map(({ phone, body }) => [phone, body])).toEqual([
		[MINE, 'Hi Sari'],
		[MINE, 'Hi Budi'],
	]);
	expect(outputs[0].map(({ json }) => [json.phone, json.redirectedFrom])).toEqual([
		[MINE, own[0]],
		[MINE, own[1]],
	]);
});

it('works for templates', async () => {
	const { outputs } = await run(
		{ redirectTo: MINE },
		{
			...send,
			operation: 'sendTemplate',
			templateName: 't',
			languageCode: 'id',
			templateBody: 'Hi {{name}}',
			templateValues: { mappingMode: 'autoMapInputData', value: null } as unknown as INodeParameters,
		},
	);
	expect(onetalk.messages.map(({ phone }) => phone)).toEqual([MINE, MINE]);
	expect(outputs[0][1].json).toMatchObject({ phone: MINE, redirectedFrom: own[1] });
});

it('is shown by a dry run and in a report', async () => {
	const dry = await run({ redirectTo: MINE, dryRun: true });
	expect(dry.outputs[0][0].json).toMatchObject({
		preview: 'Hi Sari',
		phone: MINE,
		redirectedFrom: own[0],
		request: { body: { phone: MINE } },
	});
	expect(Object.keys(dry.outputs[0][0].json)[0]).toBe('preview');
	expect(onetalk.requests).toEqual([]);
	const report = await run({ redirectTo: MINE, failureRows: true });
	expect(report.outputs[0][0].json).toMatchObject({ sent: true, phone: MINE, redirectedFrom: own[0] });
});

it('uses up no key of Send Only Once per Key', async () => {
	const sendOnceKey = '=invoice-{{ $json.name }}';
	await run({ redirectTo: MINE, sendOnceKey });
	expect([...keys]).toEqual([]);
	await run({ redirectTo: MINE, sendOnceKey });
	const real = await run({ sendOnceKey });
	expect(real.outputs[0].map(({ json }) => json.skipped === true)).toEqual([false, false]);
	expect(onetalk.messages.map(({ phone }) => phone)).toEqual([MINE, MINE, MINE, MINE, ...own]);
});

it.each(['', ' ', '={{ $json.nobody }}'])('sends nothing while the number is %j', async (redirectTo) => {
	const { error } = await run({ redirectTo });
	expect(error?.message).toContain('Row 1: "Send All to This Number" is empty');
	expect(error?.description).toContain('Fill in your own number, or remove the option.');
	expect(onetalk.requests).toEqual([]);
});

it('still checks the number of each recipient', async () => {
	const { error } = await runNode(onetalk, {
		parameters: { ...send, options: { redirectTo: MINE } },
		rows: [rows[0], { phone: 'Budi', name: 'Budi' }],
	});
	expect(error?.message).toContain('Row 2: "Recipient\'s Phone Number" (Budi)');
	expect(onetalk.requests).toEqual([]);
});
