import { TEMPLATE, TEMPLATED, useSimulator } from '../harness.cts';

const GREETING = { templateName: 'greetings_v1', languageCode: 'en', body: 'Hi {{name}}' };
const FULL = { header: '', footer: '', buttons: [], ...GREETING };

const api = useSimulator({ templates: [GREETING] });

test('holds those from the start, and gets them back with a reset', async () => {
	expect(await (await api.control('GET', '/templates')).json()).toEqual({ templates: [FULL] });
	api.sim.addTemplate({ ...GREETING, languageCode: 'en_US' });
	api.sim.reset();
	expect((await (await api.control('GET', '/state')).json()).templates).toEqual([FULL]);
});

test('takes a template, and replaces the one of its name and language', async () => {
	const other = { ...FULL, languageCode: 'id', header: 'Halo', footer: 'Toko', buttons: ['https://example.com/{{1}}', 'Stop'] };
	expect(await (await api.control('POST', '/templates', other)).json()).toEqual(other);
	await api.control('POST', '/templates', { ...GREETING, body: 'Good morning {{name}}' });
	expect((await (await api.control('GET', '/templates')).json()).templates).toEqual([
		{ ...FULL, body: 'Good morning {{name}}' },
		other,
	]);
});

test.each([
	[{ body: 'Hi' }, 'templateName must not be empty'],
	[{ ...GREETING, body: ' ' }, 'body must not be empty'],
	[{ ...GREETING, footer: 7 }, 'footer must be text'],
	[{ ...GREETING, buttons: 'Stop' }, 'buttons must be a list of up to 10 texts'],
	[{ ...GREETING, button: [] }, 'A template has no field "button"'],
	[[], 'A template must be an object'],
])('refuses %j', async (template, words) => {
	const answer = await api.control('POST', '/templates', template);
	expect(answer.status).toBe(400);
	expect((await answer.json()).error).toContain(words);
});

test('queues a template that it does not know', async () => {
	const answer = await api.postJson(TEMPLATE, { ...TEMPLATED, templateName: 'unknown' });
	expect(answer.data.success).toBe(true);
});
