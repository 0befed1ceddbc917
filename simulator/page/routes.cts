import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** What the page may load: its own files, and pictures that messages link to. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Path on the server -> file in page/. */
const FILES = {
	'/': 'index.html',
	'/page/style.css': 'style.css',
	'/page/main.js': 'main.js',
	'/page/dom.js': 'dom.js',
	'/page/phones.js': 'phones.js',
	'/page/cases.js': 'cases.js',
	'/page/templates.js': 'templates.js',
	'/page/controls.js': 'controls.js',
	'/page/icon.svg': 'icon.svg',
};

/** @param {import('fastify').FastifyInstance} app */
function pageRoutes(app) {
	for (const [path, file] of Object.entries(FILES)) {
		const type = TYPES[/** @type {keyof TYPES} */ (file.split('.')[1])];
		app.get(path, async (_, reply) =>
			reply
				.type(`${type}; charset=utf-8`)
				.headers({
					'content-security-policy': POLICY,
					'referrer-policy': 'no-referrer',
					'x-content-type-options': 'nosniff',
					'cache-control': 'no-cache',
				})
				.send(readFileSync(join(__dirname, file))),
		);
	}
}

export { pageRoutes };
