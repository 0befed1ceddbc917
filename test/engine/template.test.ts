/** A template from its text, on n8n’s engine. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

describe('A template from its text, on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	const sent = () => onetalk.requests.map(({ body }) => (body as IDataObject).parameters);

	const template = {
		resource: 'message',
		operation: 'sendTemplate',
		channelId: '2100480937',
		phone: '={{ $json.phone }}',
		templateName: 'order_ready',
		languageCode: 'en_US',
		parameterMode: 'templateText',
		templateHeaderType: 'document',
		templateBody: 'Hi {{name}},\nyour order {{order_id}} is ready on [[day]].',
		templateFooter: 'Toko Contoh',
		templateButtons: 'https://www.example.com/orders/{{1}}',
	};
	const values = {
		header_document: 'https://www.example.com/invoice.pdf',
		name: '={{ $json.name }}',
		order_id: '={{ $json.order }}',
		day: '={{ DateTime.fromISO("2026-01-31T00:00", { zone: "Asia/Jakarta" }) }}',
		url_0: '={{ $json.order }}',
	};
	const byHand = { ...template, templateValues: { mappingMode: 'defineBelow', value: values } };
	const rows = [
		{ phone: '6281212345678', name: 'Sari', order: 1001 },
		{ phone: '6281212345679', name: 'Budi\nSantoso', order: 1002 },
	];
	const run = async (parameters: object, input: IDataObject[] = rows) =>
		await runNode(onetalk, {
			parameters: parameters as INodeParameters,
			rows: input,
			timezone: 'Asia/Jakarta',
		});
	const parts = (name: string, order: string) => ({
		header: [{ name: 'document', value: 'https://www.example.com/invoice.pdf' }],
		body: [
			{ name: 'name', value: name },
			{ name: 'order_id', value: order },
			{ name: 'day', value: '2026-01-31' },
		],
		footer: [],
		buttons: [{ name: 'url_0', value: order }],
	});
	const PREVIEW =
		'[Document] https://www.example.com/invoice.pdf\n\nHi Sari,\nyour order 1001 is ready on 2026-01-31.\n\nToko Contoh\n\n[Button] https://www.example.com/orders/1001';

	it.each([template.templateBody, `=${template.templateBody}`])(
		'values by expression, text as it stands: %j',
		async (templateBody) => {
			const { error, outputs } = await run({ ...byHand, templateBody });
			expect(error).toBeUndefined();
			expect(sent()).toEqual([parts('Sari', '1001'), parts('Budi Santoso', '1002')]);
			expect(outputs[0][0].json).not.toHaveProperty('preview');
		},
	);

	it('braces belong to the template, although n8n could resolve them as an expression', async () => {
		const templateBody = '={{ 1 + 1 }} {{ name }}';
		const value = { ...values, '1 + 1': 'x', order_id: null, day: null };
		const { outputs, error } = await run({
			...template,
			templateBody,
			templateValues: { mappingMode: 'defineBelow', value },
			options: { dryRun: true },
		});
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.preview).toContain('\n\nx Sari\n\n');
	});

	it('takes values from columns of the same name', async () => {
		const columns = rows.map(({ phone, name, order }) => ({
			phone,
			name,
			order_id: order,
			day: '2026-01-31T00:00:00.000+07:00',
			url_0: order,
			header_document: values.header_document,
			more: 'is not looked at',
		}));
		const auto = {
			...template,
			templateValues: { mappingMode: 'autoMapInputData', value: null, schema: [] },
		};
		expect((await run(auto, columns)).error).toBeUndefined();
		expect(sent()).toEqual([parts('Sari', '1001'), parts('Budi Santoso', '1002')]);
		const { error } = await run(auto, [{ phone: '6281212345678', name: 'Sari' }]);
		expect(error?.message).toContain(
			'"Values" has no value for the header variable "document": the input has no column "header_document", only "phone", "name"',
		);
	});

	it('takes all values from one expression', async () => {
		const { day, ...rest } = values;
		const templateValues = '={{ Object.assign({ day: "2026-01-31", name: $json.name }, $json.values) }}';
		const input = [{ ...rows[0], values: { ...rest, name: 'Sari', order_id: 1001, url_0: '1001' } }];
		expect((await run({ ...template, templateValues }, input)).error).toBeUndefined();
		expect(sent()).toEqual([parts('Sari', '1001')]);
		expect(day).toBeDefined();
	});

	it('outputs the finished message in a dry run, and in a send with the option for it', async () => {
		const dry = await run({ ...byHand, options: { dryRun: true } });
		expect(dry.outputs[0][0].json).toMatchObject({ dryRun: true, preview: PREVIEW });
		expect(onetalk.requests).toEqual([]);
		const real = await run({ ...byHand, options: { preview: true } });
		expect(real.outputs[0][0].json).toMatchObject({ success: true, preview: PREVIEW });
		const report = await run({ ...byHand, options: { preview: true, failureRows: true } });
		expect(report.outputs[0][0].json).toMatchObject({ sent: true, preview: PREVIEW });
	});

	it.each<[string, object, string]>([
		[
			'a variable without value',
			{ value: { ...values, order_id: null } },
			'has no value for the body variable "order_id"',
		],
		[
			'a value that an expression does not find',
			{ value: { ...values, name: '={{ $json.nome }}' } },
			'has no value for the body variable "name": the input has no column "nome", only "phone", "name", "order". Did you mean "name"?',
		],
		[
			'a value in no variable',
			{ value: { ...values, city: 'Bandung' } },
			'has a value for "city", which is no variable of the texts',
		],
	])('%s is refused by name before anything is sent', async (_what, change, words) => {
		const { error } = await run({ ...template, templateValues: { mappingMode: 'defineBelow', ...change } });
		expect(error?.message).toBe(`Row 1: "Values" ${words}`);
		expect(error?.description).toContain('Nothing was sent.');
		expect(onetalk.requests).toEqual([]);
	});

	it('refuses line breaks in all modes if the option says so', async () => {
		const options = { lineBreaks: 'refuse' };
		const fields = { body: [{ name: 'a', value: '={{ $json.name }}' }] };
		for (const mode of [
			byHand,
			{ ...template, parameterMode: 'fields', templateParameters: fields },
			{ ...template, parameterMode: 'json', templateParametersJson: '={{ { body: { a: $json.name } } }}' },
		]) {
			const { error } = await run({ ...mode, options });
			expect(error?.message).toMatch(/^Row 2: .* has a line break, a tab or more than four spaces/);
		}
		expect(onetalk.requests).toEqual([]);
	});

	it('sends a language code that is not in the list unchanged', async () => {
		await run({ ...byHand, languageCode: 'tlh' }, [rows[0]]);
		await run({ ...byHand, languageCode: '={{ "qu_" + "PE" }}' }, [rows[0]]);
		expect(onetalk.requests.map(({ body }) => (body as IDataObject).languageCode)).toEqual(['tlh', 'qu_PE']);
	});

	it('line breaks and spaces of plain text messages are kept', async () => {
		const text = 'a\n\tb      c';
		await run({ resource: 'message', operation: 'send', channelId: '1', phone: '6281212345678', text });
		expect(onetalk.messages.map(({ body }) => body)).toEqual([text, text]);
	});
});
