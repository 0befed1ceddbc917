/** The events of a chatbot that change a case or its contact. */

import { useSimulator } from '../../harness.cts';
import { OK, postChatbot, refusal } from './requests.cts';

const PHONE = '6281212345678';
const api = useSimulator();
let caseID = '';
beforeEach(() => {
	caseID = api.sim.customerWrites(PHONE, 'Hello').caseID;
});

const post = (eventType: string, details: object = {}) =>
	postChatbot(api.sim, { caseID, eventType, ...details });
const notes = () => api.sim.chat(caseID).flatMap((entry) => (entry.from === 'note' ? [entry.note] : []));
const details = () => api.controlJson('GET', `/case-details/${caseID}`);

test('a hand-over without details goes to the only topic of the channel', async () => {
	expect(await post('handover_case', { handoverCase: {} })).toEqual(OK);
	expect(await details()).toMatchObject({ isHandedOver: true, topicID: 1 });
	expect(notes()).toEqual([{ kind: 'handedOver', text: 'Handed over to topic Support' }]);
});

test('a hand-over with a topic, an agent and a summary', async () => {
	const handoverCase = {
		topicID: 2,
		agentEmail: 'sales@example.com',
		chatbotHandoverSummary: 'Wants a quote',
	};
	expect(await post('handover_case', { handoverCase })).toEqual(OK);
	expect(await details()).toMatchObject({ topicID: 2, handoverSummary: 'Wants a quote' });
	expect(api.sim.cases[0].agent).toEqual({ email: 'sales@example.com', fullName: 'Sales' });
	expect(notes()[0].text).toBe('Handed over to topic Sales, sales@example.com: Wants a quote');
});

test('a hand-over without a topic on a channel with several topics sends the customer a choice', async () => {
	caseID = api.sim.customerWrites('6281212345679', 'Hello', { channelID: '2101230001' }).caseID;
	expect(await post('handover_case')).toEqual(OK);
	expect(api.sim.chat(caseID).at(-1)).toMatchObject({
		from: 'onetalk',
		message: { text: { body: 'Please choose a topic:\n1. Support\n2. Sales' } },
	});
});

test('strict mode refuses an unknown topic, and an agent who is not in the topic', async () => {
	api.sim.configure({ strict: true });
	expect(await post('handover_case', { handoverCase: { topicID: 9 } })).toEqual(
		refusal('topic id is invalid'),
	);
	const handoverCase = { topicID: 1, agentEmail: 'sales@example.com' };
	expect(await post('handover_case', { handoverCase })).toEqual(
		refusal('agent email is not assigned to the topic of the case'),
	);
	expect(await details()).toMatchObject({ isHandedOver: false });
});

test('closes the case, with a closing message only if it is asked for', async () => {
	expect(await post('close_case', { closeCase: { sendClosingMessage: true } })).toEqual(OK);
	expect(api.sim.cases).toMatchObject([{ id: caseID, isClosed: true }]);
	expect(api.sim.chat(caseID).map(({ from }) => from)).toEqual(['customer', 'onetalk', 'note']);
	caseID = api.sim.customerWrites(PHONE, 'Hello again').caseID;
	expect(await post('close_case')).toEqual(OK);
	expect(api.sim.chat(caseID).map(({ from }) => from)).toEqual(['customer', 'note']);
});

test('updates only the fields of the case that are given', async () => {
	expect(await post('update_case', { updateCase: { agentRemark: 'VIP' } })).toEqual(OK);
	expect(await post('update_case', { updateCase: { isJunk: true } })).toEqual(OK);
	expect(api.sim.cases).toMatchObject([{ agentRemark: 'VIP', isJunk: true }]);
	expect(await post('update_case', { updateCase: { agentRemark: '' } })).toEqual(OK);
	expect(api.sim.cases).toMatchObject([{ agentRemark: '', isJunk: true }]);
});

test('updates the contact and its custom fields', async () => {
	const updateContact = {
		fullName: 'Sari',
		companyName: 'Example',
		customFields: { birthday: '2000-12-31', any: '' },
	};
	expect(await post('update_contact', { updateContact })).toEqual(OK);
	expect(
		await post('update_contact', { updateContact: { companyName: '', customFields: { any: 'x' } } }),
	).toEqual(OK);
	expect(api.sim.contacts()).toMatchObject([
		{ fullName: 'Sari', companyName: '', customFields: { birthday: '2000-12-31', any: 'x' } },
	]);
	expect(api.sim.cases).toMatchObject([{ contact: { fullName: 'Sari' } }]);
});

test.each([
	[{ birthday: '31-12-2000' }, 'custom field birthday is invalid'],
	[{ products: 'OneTalk,SendTalk' }, 'custom field products is invalid'],
	[{ visits: 'many' }, 'custom field visits is invalid'],
	[{ shoe_size: '42' }, 'custom field shoe_size is not found'],
])('strict mode refuses the custom fields %j', async (customFields, text) => {
	api.sim.configure({ strict: true });
	expect(await post('update_contact', { updateContact: { customFields } })).toEqual(refusal(text));
	const fitting = { birthday: '2000-12-31', products: '["OneTalk"]', visits: '3', company_city: '' };
	expect(await post('update_contact', { updateContact: { customFields: fitting } })).toEqual(OK);
});

test.each([
	['handover_case', { handoverCase: [] }, 'handoverCase is invalid'],
	['handover_case', { handoverCase: { topicID: '1' } }, 'topic id is invalid'],
	['handover_case', { handoverCase: { agentEmail: 1 } }, 'agent email is invalid'],
	['close_case', { closeCase: { sendClosingMessage: 'yes' } }, 'sendClosingMessage is invalid'],
	['update_case', {}, 'updateCase is required'],
	['update_case', { updateCase: { isJunk: 'no' } }, 'isJunk is invalid'],
	['update_contact', {}, 'updateContact is required'],
	['update_contact', { updateContact: { fullName: '' } }, 'full name is required'],
	['update_contact', { updateContact: { customFields: { a: 1 } } }, 'custom field a is invalid'],
])('%s refuses %j', async (eventType, body, text) => {
	const before = api.sim.versions.length;
	expect(await post(eventType, body)).toEqual(refusal(text));
	expect(api.sim.versions).toHaveLength(before);
});
