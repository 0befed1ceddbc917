import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Advice } from '../../tools/ensure';
import { FOLDER } from './lab.cts';
import { OLDER_TEST_IDS } from './olderN8n.cts';

const PICTURES = path.join(FOLDER, 'pictures');

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * @returns {string} path of a Chromium or Chrome on this machine
 * @throws {Advice} when there is none
 */
function findChromium() {
	const named = process.env.CHROMIUM_PATH;
	const found = named ? [named].find(fs.existsSync) : PLACES.find(fs.existsSync);
	if (found) return found;
	throw new Advice(
		(named ? `CHROMIUM_PATH names ${named}, which is not there. ` : 'Chromium was not found. ') +
			'Install it (Debian, Ubuntu: sudo apt-get install chromium) or put the path of a Chromium or Chrome into CHROMIUM_PATH.',
	);
}

/** Opens a headless browser that asks the internet for nothing. */
async function openBrowser() {
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
	await page.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.abort());
	fs.mkdirSync(PICTURES, { recursive: true });
	return {
		page,
		/** @param {string} id what n8n's editor calls this part of the page */
		part: (id) => page.locator(`[data-test-id="${OLDER_TEST_IDS[id] ?? id}"]`),
		/**
		 * @param {string} name
		 * @param {import('playwright-core').Locator} [part] of the page; all that is in sight if left out
		 */
		picture: async (name, part) => {
			// menus and panels slide in
			await page.waitForTimeout(500);
			await (part ?? page).screenshot({ path: path.join(PICTURES, `${name}.png`) });
		},
		close: async () => await browser.close(),
	};
}

export { openBrowser };
