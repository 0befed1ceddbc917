/** The chatbot endpoint: the key, the case, the kind of event, and the answers that settings change. */

import type { Settings } from '../../../../simulator/server.cts';
import { useSimulator } from '../../harness.cts';
import { OK, postChatbot, refusal } from './requests.cts';

const api = useSimulator();
const text = (caseID: string) => ({
	caseID,
	eventType: 'messages',
	messages: [{ type: 'text', text: { body: 'Hi' } }],
});
const newCase = () => api.sim.customerWrites('6281212345678', 'Hello').caseID;

test('a text is queued and answered with the plain text ok', async () => {
	const caseID = newCase();
	const response = await fetch(api.sim.chatbotUrl, {
		method: 'POST',
		headers: { 'Secret-Key': api.sim.chatbotSecretKey },
		body: JSON.stringify(text(caseID)),
	});
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
	expect(await response.text()).toBe('ok');
	expect(api.sim.chatbotMessages(caseID)).toEqual([{ type: 'text', text: { body: 'Hi' } }]);
});

test.each(['wrong-secret-key', ''])('the key "%s" is not valid', async (key) => {
	const answer = await postChatbot(api.sim, text(newCase()), { key });
	expect(answer).toEqual(refusal('secret key is invalid', 401));
	expect(api.sim.chatbotMessages()).toEqual([]);
});

const refused: Array<[body: unknown, text: string]> = [
	['', 'case id is required'],
	[{}, 'case id is required'],
	[{ caseID: '' }, 'case id is required'],
	[{ caseID: null }, 'case id is required'],
	[{ caseID: 5 }, 'case id is invalid'],
	[{ caseID: '0000000000', eventType: 'messages' }, 'case id is invalid'],
	['[]', 'request body is invalid'],
	['{"caseID"', 'request body is invalid'],
];
test.each(refused)('refuses the body %j', async (body, answer) => {
	expect(await postChatbot(api.sim, body)).toEqual(refusal(answer));
});

test('refuses an event without a type or of an unknown type', async () => {
	const caseID = newCase();
	expect(await postChatbot(api.sim, { caseID })).toEqual(refusal('event type is required'));
	expect(await postChatbot(api.sim, { caseID, eventType: 'message' })).toEqual(
		refusal('event type is invalid'),
	);
});

test('an unknown chatbot is not found', async () => {
	const url = api.sim.chatbotUrl.replace(/[^/]+$/, '99');
	expect(await postChatbot(api.sim, text(newCase()), { url })).toEqual(refusal('chatbot is not found', 404));
});

test('chatbotCheckFirst case: a wrong key is not noticed until the case is right', async () => {
	api.sim.configure({ chatbotCheckFirst: 'case' });
	const key = 'wrong-secret-key';
	expect(await postChatbot(api.sim, {}, { key })).toEqual(refusal('case id is required'));
	expect(await postChatbot(api.sim, text(newCase()), { key })).toEqual(refusal('secret key is invalid', 401));
});

test('chatbotUnknownCase notFound: an unknown case is HTTP 404', async () => {
	api.sim.configure({ chatbotUnknownCase: 'notFound' });
	expect(await postChatbot(api.sim, text('0000000000'))).toEqual(refusal('case is not found', 404));
});

const closed: Array<[setting: Settings['chatbotClosedCase'], answer: object, messages: number]> = [
	['refused', refusal('case is already closed'), 0],
	['ignored', OK, 0],
	['accepted', OK, 1],
];
test.each(closed)('chatbotClosedCase %s', async (chatbotClosedCase, answer, messages) => {
	api.sim.configure({ chatbotClosedCase });
	const caseID = newCase();
	api.sim.updateCase(caseID, { isClosed: true });
	expect(await postChatbot(api.sim, text(caseID))).toEqual(answer);
	expect(api.sim.chatbotMessages()).toHaveLength(messages);
});

const handedOver: Array<[setting: Settings['chatbotAfterHandover'], answer: object, messages: number]> = [
	['refused', refusal('case is not assigned to the chatbot'), 0],
	['ignored', OK, 0],
	['accepted', OK, 1],
];
test.each(handedOver)('chatbotAfterHandover %s', async (chatbotAfterHandover, answer, messages) => {
	api.sim.configure({ chatbotAfterHandover });
	const caseID = newCase();
	expect(await postChatbot(api.sim, { caseID, eventType: 'handover_case' })).toEqual(OK);
	expect(await postChatbot(api.sim, text(caseID))).toEqual(answer);
	expect(api.sim.chatbotMessages()).toHaveLength(messages);
});

test('the log contains each request with its answer, without the secret key', async () => {
	const key = 'another-secret';
	await postChatbot(api.sim, { ...text('0000000000'), extra: key }, { key });
	expect(api.sim.requests).toMatchObject([
		{ httpStatus: 401, answer: 'secret key is invalid', bodyStatus: null },
	]);
	await postChatbot(api.sim, { caseID: api.sim.chatbotSecretKey });
	const all = JSON.stringify(api.sim.requests) + JSON.stringify(await api.controlJson('GET', '/state'));
	expect(all).not.toContain(key);
	expect(all).not.toContain(api.sim.chatbotSecretKey);
});
