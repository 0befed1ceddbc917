/** The file in which templates that were added are kept. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Template } from '../../../simulator/server.cts';

const INITIAL = { templateName: 'greetings_v1', languageCode: 'en', body: 'Hi {{name}}' };
const ADDED = { templateName: 'order_ready', languageCode: 'en', body: 'Your order is ready' };

let folder = '';
let templatesFile = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'simulator-'));
	templatesFile = join(folder, 'kept', 'templates.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () => startSimulator({ quiet: true, templates: [INITIAL], templatesFile });
const kept = () => (JSON.parse(readFileSync(templatesFile, 'utf8')) as Template[]).map(({ body }) => body);
const names = async (url: string) => {
	const response = await fetch(`${url}/_simulator/templates`);
	return ((await response.json()) as { templates: Template[] }).templates.map(
		({ templateName }) => templateName,
	);
};

test('a template that was added is there after a restart and after a reset', async () => {
	const first = await start();
	first.addTemplate(ADDED);
	await first.stop();
	expect(kept()).toEqual([ADDED.body]);
	const second = await start();
	expect(await names(second.url)).toEqual(['greetings_v1', 'order_ready']);
	second.reset();
	expect(await names(second.url)).toEqual(['greetings_v1', 'order_ready']);
	await second.stop();
});

test('an initial template that was changed is kept, and one that was removed is not', async () => {
	const simulator = await start();
	simulator.addTemplate({ ...INITIAL, body: 'Good morning {{name}}' });
	simulator.addTemplate(ADDED);
	expect(kept()).toEqual(['Good morning {{name}}', ADDED.body]);
	await fetch(`${simulator.url}/_simulator/templates`, {
		method: 'DELETE',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(ADDED),
	});
	expect(kept()).toEqual(['Good morning {{name}}']);
	expect(() => simulator.removeTemplate('order_ready', 'en')).toThrow('There is no template "order_ready"');
	await simulator.stop();
});

test('a file that is not a list is refused at the start', async () => {
	const file = join(folder, 'templates.json');
	writeFileSync(file, '{}');
	await expect(startSimulator({ quiet: true, templatesFile: file })).rejects.toThrow(
		'must contain a list of templates',
	);
	writeFileSync(file, '[');
	await expect(startSimulator({ quiet: true, templatesFile: file })).rejects.toThrow(
		'must contain a list of templates',
	);
});
