/** Serves the page and its files. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const HTML = 'text/html';
const CSS = 'text/css';
const JAVASCRIPT = 'text/javascript';
const SVG = 'image/svg+xml';

/** What the page may load: its own files, and pictures that messages link to. */
const CONTENT_SECURITY_POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FILES = [
	{ path: '/', file: 'index.html', type: HTML },
	{ path: '/page/base.css', file: 'base.css', type: CSS },
	{ path: '/page/layout.css', file: 'layout.css', type: CSS },
	{ path: '/page/phones.css', file: 'phones.css', type: CSS },
	{ path: '/page/cases.css', file: 'cases.css', type: CSS },
	{ path: '/page/server.css', file: 'server.css', type: CSS },
	{ path: '/page/main.js', file: 'main.js', type: JAVASCRIPT },
	{ path: '/page/dom.js', file: 'dom.js', type: JAVASCRIPT },
	{ path: '/page/bubbles.js', file: 'bubbles.js', type: JAVASCRIPT },
	{ path: '/page/phones.js', file: 'phones.js', type: JAVASCRIPT },
	{ path: '/page/cases.js', file: 'cases.js', type: JAVASCRIPT },
	{ path: '/page/templates.js', file: 'templates.js', type: JAVASCRIPT },
	{ path: '/page/controls.js', file: 'controls.js', type: JAVASCRIPT },
	{ path: '/page/icon.svg', file: 'icon.svg', type: SVG },
];

export function pageRoutes(app: FastifyInstance): void {
	for (const { path, file, type } of FILES) {
		app.get(path, async (_, reply) =>
			reply
				.type(`${type}; charset=utf-8`)
				.headers({
					'content-security-policy': CONTENT_SECURITY_POLICY,
					'referrer-policy': 'no-referrer',
					'x-content-type-options': 'nosniff',
					'cache-control': 'no-cache',
				})
				.send(readFileSync(join(__dirname, file))),
		);
	}
}
