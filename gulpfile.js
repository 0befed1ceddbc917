'use strict';

/*
 * Builds the package into dist/: all code in one file, a short file for each node and credential where n8n looks for it, and
 * the files that are shipped as they are.
 */

const { spawn } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src, watch: watchFiles } = require('gulp');
const { n8n } = require('./package.json');

const TYPESCRIPT = ['credentials/**/*.ts', 'nodes/**/*.ts'];
const ASSETS = '{credentials,icons,nodes}/**/*.{json,png,svg}';

/** The files that n8n loads, without their ending, e.g. `nodes/OneTalk/OneTalk.node`. */
const ENTRIES = [...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\/|\.js$/g, ''));

const BUNDLE = 'dist/onetalk.js';

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function checkTypes(done) {
	const tsc = spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], {
		stdio: 'inherit',
	});
	tsc.on('error', done);
	tsc.on('exit', (code) => done(code === 0 ? undefined : new Error(`tsc ended with code ${code}`)));
}

/** Names stay as in the source and lines stay short, so that a stack trace can be read. */
async function bundle() {
	await esbuild.build({
		stdin: {
			contents: ENTRIES.map((file) => `export * from './${file}';`).join('\n'),
			resolveDir: __dirname,
		},
		outfile: BUNDLE,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		charset: 'utf8',
		legalComments: 'none',
		minifyWhitespace: true,
		minifySyntax: true,
		lineLimit: 120,
		logLevel: 'warning',
	});
}

/** n8n takes the class by the name of the file, and looks for icons and texts beside it. */
async function entries() {
	for (const entry of ENTRIES) {
		const file = path.join('dist', `${entry}.js`);
		const name = path.basename(entry).replace(/\.(node|credentials)$/, '');
		const code = path.posix.relative(path.posix.dirname(`dist/${entry}`), BUNDLE);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, `exports.${name} = require('${code}').${name};\n`);
	}
}

/** Without `encoding: false` gulp reads pictures as text and damages them. */
function assets() {
	return src(ASSETS, { encoding: false }).pipe(dest('dist'));
}

const build = series(clean, parallel(checkTypes, bundle, entries, assets));

function watch() {
	watchFiles([...TYPESCRIPT, ASSETS], { ignoreInitial: false }, build);
}

module.exports = { build, default: build, watch };
