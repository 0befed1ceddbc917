/** The pictures of docs/. A run writes them only when it is asked to (`npm run pictures`). */

import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { PROJECT } from '../../tools/ensure.js';

/** Whether this run writes the pictures of docs/. */
export const WRITES_DOCS_PICTURES = process.env.WRITE_DOCS_PICTURES === '1';

/** What lies over n8n's canvas, and the notes, whose text docs/ has as well. */
const OVER_THE_CANVAS = [
	'.el-notification',
	'.vue-flow__background',
	'.vue-flow__panel',
	'.vue-flow__node:not(:has([data-test-id="canvas-node"]))',
	'[data-test-id="canvas-controls"]',
	'[data-test-id="canvas-handle-plus-wrapper"]',
	'[class*="_executionButtons_"]',
	'[class*="_actions_"]',
];

/** Space around the nodes, in pixels; their names are below them. */
const MARGIN = { x: 56, top: 16, bottom: 72 };

/** Writes a picture of a part, or of the visible page, to docs/ if this run writes them. */
export async function docsPicture(name: string, shown: Locator | Page): Promise<void> {
	if (!WRITES_DOCS_PICTURES) return;
	const page = 'page' in shown ? shown.page() : shown;
	// as text, since it runs in the browser, whose types these files do not have
	await page.evaluate("document.querySelectorAll('.el-notification').forEach((it) => it.remove())");
	await page.waitForTimeout(500);
	await shown.screenshot({ path: fileOf(name) });
}

/** Writes a picture of the nodes on n8n's canvas to docs/, without the notes. */
export async function docsPictureOfCanvas(name: string, page: Page): Promise<void> {
	await page.addStyleTag({ content: `${OVER_THE_CANVAS.join()} { visibility: hidden !important }` });
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(500);
	const nodes = await page.locator('[data-test-id="canvas-node"]').all();
	const boxes = (await Promise.all(nodes.map(async (it) => await it.boundingBox()))).filter(
		(it) => it !== null,
	);
	const x = Math.min(...boxes.map((it) => it.x)) - MARGIN.x;
	const y = Math.min(...boxes.map((it) => it.y)) - MARGIN.top;
	const right = Math.max(...boxes.map((it) => it.x + it.width)) + MARGIN.x;
	const bottom = Math.max(...boxes.map((it) => it.y + it.height)) + MARGIN.bottom;
	await page.screenshot({ path: fileOf(name), clip: { x, y, width: right - x, height: bottom - y } });
}

function fileOf(name: string): string {
	return path.join(PROJECT, 'docs', `${name}.png`);
}
