/** Each operation on n8n’s engine: the requests it sends and the rows it outputs. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

describe('The operations on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	const bodies = () => onetalk.requests.map(({ body }) => body);
	const queries = () => onetalk.requests.map(({ query }) => query as IDataObject);

	describe('Message: Send', () => {
		const common = {
			resource: 'message',
			operation: 'send',
			channelId: '2101081881',
			phone: '6281212345678',
		};
		const media = { mediaUrl: 'http://www.example.com/chat/file/image/008dce72-06c0?token=802714' };
		it.each<[string, INodeParameters, IDataObject]>([
			[
				'text',
				{ messageType: 'text', text: 'Hi, this is a message.', options: { topicId: 1 } },
				{ messageType: 'text', body: 'Hi, this is a message.', withCase: true, topicID: 1 },
			],
			[
				'an image with caption and name',
				{ messageType: 'image', ...media, fileName: 'my-photo.jpg', caption: 'This is the photo.' },
				{
					messageType: 'image',
					body: media.mediaUrl,
					filename: 'my-photo.jpg',
					caption: 'This is the photo.',
					withCase: true,
				},
			],
			[
				'a file without case, its name taken from the URL',
				{ messageType: 'file', mediaUrl: 'https://www.example.com/f/Price%20list.pdf?v=2', withCase: false },
				{
					messageType: 'file',
					body: 'https://www.example.com/f/Price%20list.pdf?v=2',
					filename: 'Price list.pdf',
					withCase: false,
				},
			],
		])('sends %s', async (_what, parameters, body) => {
			const { outputs } = await runNode(onetalk, { parameters: { ...common, ...parameters } });
			expect(bodies()).toEqual([{ channelID: '2101081881', phone: '6281212345678', ...body }]);
			expect(outputs[0][0].json).toEqual({
				success: true,
				message: expect.any(String) as string,
				caseID: expect.any(String) as string,
				trxID: expect.any(String) as string,
				phone: '6281212345678',
			});
		});
	});

	describe('Message: Send Template', () => {
		const common = {
			resource: 'message',
			operation: 'sendTemplate',
			channelId: '2100480937',
			phoneNumberId: '103011859190563',
			phone: '6281212345678',
			templateName: 'greetings_v1',
			languageCode: 'en',
		};
		const groups = {
			header: [{ name: 'document', value: 'https://www.example.com/file.pdf' }],
			body: [
				{ name: 'name', value: 'John' },
				{ name: 'office_hours', value: '09:00 - 17:00' },
			],
			footer: [],
			buttons: [{ name: 'url_0', value: '1d-1' }],
		};
		const sent = { ...groups };
		it.each<[string, INodeParameters]>([
			[
				'fields',
				{
					parameterMode: 'fields',
					templateParameters: {
						header: [{ type: 'document', value: groups.header[0].value }],
						body: [groups.body[0], { name: 'office_hours', value: '={{ $json.hours }}' }],
						buttons: groups.buttons,
					},
				},
			],
			[
				'JSON text with lists',
				{ parameterMode: 'json', templateParametersJson: JSON.stringify({ ...groups, footer: undefined }) },
			],
			[
				'JSON text with names and values',
				{
					parameterMode: 'json',
					templateParametersJson:
						'{"header":{"document":"https://www.example.com/file.pdf"},"body":{"name":"John","office_hours":"09:00 - 17:00"},"buttons":{"url_0":"1d-1"}}',
				},
			],
			[
				'an object from an expression',
				{ parameterMode: 'json', templateParametersJson: '={{ $json.parameters }}' },
			],
			[
				'JSON text from an expression',
				{ parameterMode: 'json', templateParametersJson: '={{ JSON.stringify($json.parameters) }}' },
			],
		])('sends the same request from %s', async (_what, parameters) => {
			const { error } = await runNode(onetalk, {
				parameters: { ...common, ...parameters },
				rows: [{ hours: '09:00 - 17:00', parameters: { ...groups } }],
			});
			expect(error).toBeUndefined();
			expect(bodies()).toEqual([
				{
					channelID: '2100480937',
					phoneNumberID: '103011859190563',
					phone: '6281212345678',
					templateName: 'greetings_v1',
					languageCode: 'en',
					parameters: sent,
					withCase: true,
				},
			]);
		});

		it('always sends all four parts and leaves out a phone number ID that is not given', async () => {
			await runNode(onetalk, { parameters: { ...common, parameterMode: 'fields', phoneNumberId: '' } });
			expect(bodies()[0]).toMatchObject({ parameters: { header: [], body: [], footer: [], buttons: [] } });
			expect(bodies()[0]).not.toHaveProperty('phoneNumberID');
		});
	});

	describe('Case: Get Many', () => {
		const parameters = { resource: 'case', operation: 'getAll', since: 1_600_000_000_000 };

		it('returns one row per case, oldest change first, up to the limit', async () => {
			onetalk.bulk(5);
			const { outputs } = await runNode(onetalk, { parameters: { ...parameters, limit: 3 } });
			expect(outputs[0].map(({ json }) => json.id)).toEqual(onetalk.cases.slice(0, 3).map(({ id }) => id));
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
			expect(queries()).toEqual([{ since_timestamp: '1600000000000', limit: '3' }]);
		});

		it.each<[string, Parameters<Simulator['configure']>[0]]>([
			['inclusive, ascending', { inclusive: true, order: 'ascending' }],
			['exclusive, descending', { inclusive: false, order: 'descending' }],
			['inclusive, shuffled, small pages', { inclusive: true, order: 'shuffled', pageLimit: 40 }],
			['exclusive, shuffled, small pages', { inclusive: false, order: 'shuffled', pageLimit: 40 }],
		])('fetches all pages if the API is %s', async (_what, settings) => {
			onetalk.configure(settings);
			onetalk.bulk(120);
			onetalk.bulk(30, { sameMillisecond: true });
			onetalk.bulk(120);
			const { outputs } = await runNode(onetalk, { parameters: { ...parameters, returnAll: true } });
			expect(new Set(outputs[0].map(({ json }) => json.id)).size).toBe(270);
			expect(outputs[0]).toHaveLength(270);
			const limited = await runNode(onetalk, { parameters: { ...parameters, limit: 150 } });
			expect(limited.outputs[0]).toHaveLength(150);
		});

		it('returns no row if there is no case', async () => {
			onetalk.configure({ emptyCases: 'null' });
			const { outputs, error } = await runNode(onetalk, { parameters });
			expect(error).toBeUndefined();
			expect(outputs[0]).toEqual([]);
		});

		it.each([
			['a date without zone is in the workflow’s', '2026-01-31T09:00:00', 1_769_824_800_000],
			['a date with zone keeps it', '2026-01-31T09:00:00Z', 1_769_850_000_000],
			['a date of an expression', '={{ DateTime.fromMillis(1769850000000).toISO() }}', 1_769_850_000_000],
			['text in ms', '1769850000000', 1_769_850_000_000],
		])('reads %s', async (_what, since, expected) => {
			await runNode(onetalk, { parameters: { ...parameters, since }, timezone: 'Asia/Jakarta' });
			expect(queries()[0].since_timestamp).toBe(String(expected));
		});
	});

	describe('Case: Update', () => {
		const update = (updateFields: IDataObject, rows?: IDataObject[]) =>
			runNode(onetalk, {
				parameters: {
					resource: 'case',
					operation: 'update',
					caseId: '={{ $json.id }}',
					updateFields,
				} as INodeParameters,
				rows,
			});
		let id: string;
		beforeEach(() => {
			({ id } = onetalk.createCase({ agentRemark: 'Call back', isJunk: true }));
		});

		it.each<[string, IDataObject, IDataObject]>([
			['an absent field is not changed', { isJunk: false }, { isJunk: false }],
			['an empty remark clears the remark', { agentRemark: '' }, { agentRemark: '' }],
			['sends both', { agentRemark: 'Paid', isJunk: true }, { agentRemark: 'Paid', isJunk: true }],
			[
				'an undefined value counts as absent',
				{ agentRemark: '={{ $json.none }}', isJunk: true },
				{ isJunk: true },
			],
			['reads true and false as text', { isJunk: '={{ "false" }}' }, { isJunk: false }],
		])('%s', async (_what, fields, changes) => {
			const { outputs } = await update(fields, [{ id }]);
			expect(bodies()).toEqual([{ caseID: id, ...changes }]);
			expect(outputs[0][0].json).toEqual({
				success: true,
				message: expect.any(String) as string,
				caseID: id,
			});
		});

		it('refuses an update without changes before any request', async () => {
			const { error } = await update({}, [{ id }]);
			expect(error?.message).toContain('"Update Fields" has nothing to update');
			expect(onetalk.requests).toEqual([]);
		});
	});
});
