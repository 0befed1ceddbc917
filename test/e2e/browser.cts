/** A headless browser for the tests in n8n's editor. */

import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { Advice } from '../../tools/ensure.js';
import { FOLDER, type Lab } from './lab.cts';
import { OLDER_TEST_IDS } from './olderN8n.cts';

const PICTURES = path.join(FOLDER, 'pictures');

const USUAL_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export interface Browser {
	page: Page;
	/** the part of the page that has this test ID in n8n's editor */
	part(testId: string): Locator;
	/** stores a picture of a part, or of the visible page, in .e2e/pictures/ */
	picture(name: string, part?: Locator): Promise<void>;
	/** signs in to n8n */
	signIn(n8n: Pick<Lab, 'url' | 'owner'>): Promise<void>;
	close(): Promise<void>;
}

/**
 * Opens a browser that sends no request to the internet.
 * @throws {Advice} when there is no Chromium or Chrome on this machine
 */
export async function openBrowser(): Promise<Browser> {
	const browser = await chromium.launch({
		executablePath: findChromium(),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.setDefaultTimeout(15_000);
	await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, async (route) => await route.abort());
	fs.mkdirSync(PICTURES, { recursive: true });
	const part = (testId: string) => page.locator(`[data-test-id="${OLDER_TEST_IDS[testId] ?? testId}"]`);
	return {
		page,
		part,
		picture: async (name, shown) => {
			// menus and panels slide in
			await page.waitForTimeout(500);
			await (shown ?? page).screenshot({ path: path.join(PICTURES, `${name}.png`) });
		},
		signIn: async ({ url, owner }) => {
			await page.goto(`${url}/signin`);
			await page.locator('input[name=emailOrLdapLoginId], input[type=email]').first().fill(owner.email);
			await page.locator('input[type=password]').fill(owner.password);
			await part('form-submit-button').click();
			await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
		},
		close: async () => await browser.close(),
	};
}

/** The path of a Chromium or Chrome on this machine. */
function findChromium(): string {
	const named = process.env.CHROMIUM_PATH;
	const found = (named ? [named] : USUAL_PATHS).find((file) => fs.existsSync(file));
	if (found) return found;
	throw new Advice(
		(named ? `CHROMIUM_PATH names ${named}, which does not exist. ` : 'Chromium was not found. ') +
			'Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH to the path of a Chromium or Chrome.',
	);
}
