/** Serves the page and its files. */

import { readFileSync, readdirSync } from 'node:fs';
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

const TYPES: Record<string, string> = { css: CSS, js: JAVASCRIPT, svg: SVG };

/** The page itself, and its files under their own names. */
const FILES = [
	{ path: '/', file: 'index.html', type: HTML },
	...readdirSync(__dirname).flatMap((file) => {
		const type = TYPES[file.split('.').at(-1) ?? ''];
		return type ? [{ path: `/page/${file}`, file, type }] : [];
	}),
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
