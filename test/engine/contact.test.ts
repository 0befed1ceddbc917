/** The contact operations on n8n's engine over HTTP: what is sent, what comes out, and what a rejection says. */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type RunOptions } from '../support/runNode';
import { useHttpServer, type Reply } from '../support/useHttpServer.cts';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	FIRST_WAIT_MS: 1,
}));

const envelope = (
	data: object,
	status = 200,
	error: object = { code: '', message: '', field: '' },
): Reply => ({
	status: 200,
	text: JSON.stringify({ status, error, data }),
	headers: { 'content-type': 'application/json' },
});
const SYNCED = { success: true, message: 'Contact synced', userID: '0b7c5a3e-8a55-4d29-a6a5-37c1e8d1f5a7' };
const TICKET = { ...SYNCED, ticket: 'ticket-for-the-live-chat' };

let replies: Reply[];
const server = useHttpServer(
	({ path }) => replies.shift() ?? envelope(path.endsWith('request_auth_ticket') ? TICKET : SYNCED),
);
beforeEach(() => (replies = []));

const rows = [
	{ id: 'customer-1', name: 'Sari', phone: '0812-1234-5678' },
	{ id: 'customer-2', name: 'Budi', phone: '' },
];

const run = async (
	operation: string,
	{
		settings,
		input = rows,
		...parameters
	}: INodeParameters & { settings?: RunOptions['settings']; input?: IDataObject[] } = {},
) =>
	await runNode(
		{ baseUrl: `${server.origin()}/api/integration/v1`, apiKey: 'key-of-the-test' },
		{
			parameters: {
				resource: 'contact',
				operation,
				customerUserId: '={{ $json.id }}',
				fullName: '={{ $json.name }}',
				additionalFields: { phone: '={{ $json.phone }}' },
				...parameters,
			},
			rows: input,
			settings,
		},
	);

it.each([
	['upsert', '/api/integration/v1/user/sync_contact', SYNCED],
	['createAuthTicket', '/api/integration/v1/user/request_auth_ticket', TICKET],
])(
	'%s sends each row, and outputs the answer, the ID and the phone as sent',
	async (operation, path, data) => {
		const { outputs, error } = await run(operation);
		expect(error).toBeUndefined();
		expect(server.requests.map((request) => [request.method, request.path, request.body])).toEqual([
			['POST', path, { customerUserID: 'customer-1', fullName: 'Sari', phone: '6281212345678' }],
			['POST', path, { customerUserID: 'customer-2', fullName: 'Budi' }],
		]);
		expect(outputs[0].map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toEqual([
			{ ...data, customerUserID: 'customer-1', phone: '6281212345678', pairedItem: { item: 0 } },
			{ ...data, customerUserID: 'customer-2', pairedItem: { item: 1 } },
		]);
	},
);

it('checks all rows before the first request', async () => {
	const { error } = await run('upsert', { input: [...rows, { id: '', name: 'Nobody', phone: '' }] });
	expect(error?.message).toMatch(/^Row 3: "Customer User ID" is empty/);
	expect(error?.description).toContain('Nothing was created or updated.');
	expect(server.requests).toEqual([]);
});

it.each<[string, Reply, string, RegExp]>([
	[
		'code 40002',
		envelope({}, 400, {
			code: '40002',
			message: 'Multiple contacts match the customer user ID and the phone',
			field: 'customerUserID',
		}),
		'Row 1: Multiple contacts match the customer user ID and the phone (code 40002, parameter "Customer User ID")',
		/^OneTalk found two different contacts: one with this customer user ID, another one with this phone\./,
	],
	[
		'success: false',
		envelope({ success: false, message: 'The contact already has another customer user ID', userID: '' }),
		'Row 1: The contact already has another customer user ID',
		/^The contact with this phone has another customer user ID already, and that never changes\. Use the ID it has/,
	],
	[
		'success: false without a word',
		envelope({ success: false }),
		'Row 1: OneTalk did not accept it and gave no explanation',
		/^OneTalk looks for a contact by customer user ID and by phone\./,
	],
])('says which rule a rejection with %s is about, and what to do', async (_what, reply, message, hint) => {
	replies = [reply];
	const { error } = await run('upsert', { options: { batching: { batch: { batchSize: 1 } } } });
	expect(error?.message).toBe(message);
	expect(error?.description).toMatch(hint);
	expect(error?.description).toContain('0 created or updated, 1 failed (row 1), 1 not tried.');
});

it('repeats Create or Update after a server fault, but never Create Auth Ticket', async () => {
	const fault = envelope({}, 500, { code: '50001', message: 'Internal error' });
	replies = [fault];
	expect((await run('upsert', { input: [rows[0]] })).outputs[0][0].json).toMatchObject(SYNCED);
	expect(server.requests).toHaveLength(2);

	server.requests = [];
	replies = [fault];
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { error } = await run('createAuthTicket', { input: [rows[0]], settings: retry });
	expect(error?.message).toBe('May have been created: Internal error (code 50001)');
	expect(error?.description).toMatch(/expires after one hour/);
	expect(server.requests).toHaveLength(1);
});

it('gives one row each with Failures as Rows, with the customer user ID', async () => {
	replies = [envelope({ success: false, message: 'Rejected' })];
	const { outputs } = await run('upsert', {
		input: [...rows, { id: 'customer-3', name: '', phone: '0812-ABC' }],
		options: { failureRows: true, batching: { batch: { batchSize: 1 } } },
	});
	expect(
		outputs[0].map(({ json }) => [json.sent, json.customerUserID, json.phone, json.caseID, json.errorField]),
	).toEqual([
		[false, 'customer-1', '6281212345678', '', ''],
		[true, 'customer-2', '', '', ''],
		[false, 'customer-3', '0812-ABC', '', 'fullName'],
	]);
});
