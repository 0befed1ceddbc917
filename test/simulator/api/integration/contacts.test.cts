/** The endpoints for contacts: which parameters they refuse, and which contact they create or update. */

import { useSimulator } from '../../harness.cts';
import { NO_ERROR, UUID, invalid } from './expected.cts';

const SYNC = '/user/sync_contact';
const TICKET = '/user/request_auth_ticket';
const CONTACT = { customerUserID: 'c-1', fullName: 'Sari', phone: '6281212345678' };

const api = useSimulator();
const sync = (body: object) => api.postJson(SYNC, body);

const refused: Array<[change: object, message: string, field: string]> = [
	[{ customerUserID: undefined }, 'Customer user ID is required', 'customerUserID'],
	[{ customerUserID: '' }, 'Customer user ID is required', 'customerUserID'],
	[{ customerUserID: 7 }, 'Customer user ID is invalid', 'customerUserID'],
	[{ customerUserID: 'x'.repeat(101) }, 'Customer user ID must be 1-100 characters long', 'customerUserID'],
	[{ fullName: '' }, 'Full name is required', 'fullName'],
	[{ fullName: 'x'.repeat(251) }, 'Full name must be 1-250 characters long', 'fullName'],
	[{ alias: 'x'.repeat(101) }, 'Alias must be 1-100 characters long', 'alias'],
	[{ alias: 5 }, 'Alias is invalid', 'alias'],
	[{ email: 'nobody' }, 'Email is invalid', 'email'],
	[{ email: `${'x'.repeat(250)}@example.com` }, 'Email must be 1-250 characters long', 'email'],
	[{ phone: '081212345678' }, 'Phone must start with country code', 'phone'],
	[{ phone: '6'.repeat(21) }, 'Phone must start with country code', 'phone'],
	[{ photoURL: 'photo.jpg' }, 'Photo URL is invalid', 'photoURL'],
];
describe.each([SYNC, TICKET])('%s', (path) => {
	test.each(refused)('refuses %p', async (change, message, field) => {
		expect(await api.postJson(path, { ...CONTACT, ...change })).toEqual(invalid(message, field));
		expect(api.sim.contacts()).toEqual([]);
	});
});

test('creates a contact that is not known, and updates it by its customer user ID', async () => {
	const created = await sync({ ...CONTACT, alias: 'S', email: 'sari@example.com' });
	expect(created).toEqual({
		status: 200,
		error: NO_ERROR,
		data: { success: true, message: 'Contact synced successfully', userID: expect.stringMatching(UUID) },
	});
	const updated = await sync({ customerUserID: 'c-1', fullName: 'Sari Example', alias: '' });
	expect(updated.data.userID).toBe(created.data.userID);
	expect(api.sim.contacts()).toMatchObject([
		{ ...CONTACT, fullName: 'Sari Example', alias: '', email: 'sari@example.com' },
	]);
});

test('emptyContactFields keep: an empty field keeps its value', async () => {
	api.sim.configure({ emptyContactFields: 'keep' });
	await sync({ ...CONTACT, alias: 'S' });
	await sync({ ...CONTACT, alias: '' });
	expect(api.sim.contacts()).toMatchObject([{ alias: 'S' }]);
});

test('attaches the customer user ID to the contact with the phone, and shows the change in its open case', async () => {
	const { contact, id } = api.sim.createCase({ contact: { phone: CONTACT.phone, fullName: 'Unknown' } });
	expect((await sync(CONTACT)).data.userID).toBe(contact.id);
	expect(api.sim.cases).toMatchObject([{ id, contact: { id: contact.id, fullName: 'Sari' } }]);
	expect(api.sim.cases[0].contact).not.toHaveProperty('customerUserID');
	expect(api.sim.versions).toHaveLength(2);
});

test('contactUpdatesCase false: a change of the contact is no change of its case', async () => {
	api.sim.configure({ contactUpdatesCase: false });
	api.sim.createCase({ contact: { phone: CONTACT.phone } });
	await sync(CONTACT);
	expect(api.sim.versions).toHaveLength(1);
});

const CONFLICTS: Array<[name: string, contact: object, message: string]> = [
	[
		'matches two contacts',
		{ customerUserID: 'c-2', fullName: 'Budi', phone: CONTACT.phone },
		'Multiple contacts match the customer user ID and the phone',
	],
	[
		'would change the customer user ID',
		{ customerUserID: 'c-3', fullName: 'Sari', phone: CONTACT.phone },
		'The contact already has another customer user ID',
	],
];
test.each(CONFLICTS)('rejects a contact that %s', async (_, contact, message) => {
	await sync(CONTACT);
	await sync({ customerUserID: 'c-2', fullName: 'Budi' });
	const before = api.sim.contacts();
	expect(await sync(contact)).toEqual(invalid(message, 'customerUserID'));
	api.sim.configure({ contactRejection: 'successFalse' });
	expect(await sync(contact)).toEqual({
		status: 200,
		error: NO_ERROR,
		data: { success: false, message, userID: '' },
	});
	expect(api.sim.contacts()).toEqual(before);
});

test('request_auth_ticket also returns a ticket, a new one for each request', async () => {
	const { data: first } = await api.postJson(TICKET, CONTACT);
	const { data: second } = await api.postJson(TICKET, CONTACT);
	expect(first).toEqual({
		success: true,
		message: 'Contact synced successfully',
		userID: second.userID,
		ticket: expect.stringMatching(/^[0-9a-f]{64}$/),
	});
	expect(second.ticket).not.toBe(first.ticket);
});

test('faults apply', async () => {
	api.sim.fault({ kind: 'http', httpStatus: 429, endpoint: 'sync_contact' });
	expect((await api.post(SYNC, CONTACT)).status).toBe(429);
	expect(api.sim.contacts()).toEqual([]);
});
