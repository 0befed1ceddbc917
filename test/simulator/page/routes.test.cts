/** The files of the page. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { useSimulator } from '../harness.cts';

const api = useSimulator();

const folder = join(__dirname, '..', '..', '..', 'simulator', 'page');
const browserFiles = readdirSync(folder).filter((name) => name !== 'index.html' && name !== 'routes.cts');
const paths = ['/', ...browserFiles.map((name) => `/page/${name}`)];

test.each(paths)('%s loads nothing from other servers and contains no API key', async (path) => {
	const response = await fetch(api.sim.url + path);
	expect(response.status).toBe(200);
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	const text = await response.text();
	expect(text).not.toMatch(/(src|href)="https?:|url\(|@import|innerHTML|outerHTML|insertAdjacentHTML/);
	expect(text).not.toContain(api.sim.apiKey);
});

test('says that it is a simulator', async () => {
	expect(await (await fetch(api.sim.url)).text()).toContain('This is a simulator. Nothing is really sent.');
});
