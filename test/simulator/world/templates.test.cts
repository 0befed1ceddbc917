/** The approved templates: adding, replacing and refusing them. */

import { TEMPLATE, TEMPLATED, useSimulator } from '../harness.cts';

const GREETING = { templateName: 'greetings_v1', languageCode: 'en', body: 'Hi {{name}}' };
const FULL = { header: '', footer: '', buttons: [], ...GREETING };

const api = useSimulator({ templates: [GREETING] });

test('has the initial templates, also after a reset', async () => {
	expect(await api.controlJson('GET', '/templates')).toEqual({ templates: [FULL] });
	api.sim.addTemplate({ ...GREETING, languageCode: 'en_US' });
	api.sim.reset();
	expect(await api.controlJson('GET', '/state')).toMatchObject({ templates: [FULL] });
});

test('adds a template, and replaces the one with the same name and language', async () => {
	const other = {
		...FULL,
		languageCode: 'id',
		header: 'Halo',
		footer: 'Toko',
		buttons: ['https://example.com/{{1}}', 'Stop'],
	};
	expect(await api.controlJson('POST', '/templates', other)).toEqual(other);
	await api.control('POST', '/templates', { ...GREETING, body: 'Good morning {{name}}' });
	expect(await api.controlJson('GET', '/templates')).toEqual({
		templates: [{ ...FULL, body: 'Good morning {{name}}' }, other],
	});
});

test.each([
	[{ body: 'Hi' }, 'templateName must not be empty'],
	[{ ...GREETING, body: ' ' }, 'body must not be empty'],
	[{ ...GREETING, footer: 7 }, 'footer must be text'],
	[{ ...GREETING, buttons: 'Stop' }, 'buttons must be a list of up to 10 texts'],
	[{ ...GREETING, button: [] }, 'A template has no field "button"'],
	[{ ...GREETING, headerType: 'audio' }, 'headerType must be one of image, video, document'],
	[{ ...GREETING, headerType: 'image', header: 'Hi' }, 'A template with a headerType has no header text'],
	[[], 'A template must be an object'],
])('refuses %j', async (template, message) => {
	const response = await api.control('POST', '/templates', template);
	expect(response.status).toBe(400);
	expect(await response.json()).toEqual({ error: expect.stringContaining(message) });
});

test('queues a template that was not added', async () => {
	const response = await api.postJson(TEMPLATE, { ...TEMPLATED, templateName: 'unknown' });
	expect(response.data.success).toBe(true);
});
