'use strict';

const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch: watchFiles } = require('gulp');

const TYPESCRIPT = ['credentials/**/*.ts', 'nodes/**/*.{ts,json}'];
const ASSETS = '{credentials,icons,nodes}/**/*.{png,svg}';

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function compile(done) {
	const tsc = spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });
	tsc.on('error', done);
	tsc.on('exit', (code) => done(code === 0 ? undefined : new Error(`tsc ended with code ${code}`)));
}

/** Without `encoding: false` gulp reads pictures as text and spoils them. */
function assets() {
	return src(ASSETS, { encoding: false }).pipe(dest('dist'));
}

const build = series(clean, parallel(compile, assets));

function watch() {
	watchFiles([...TYPESCRIPT, ASSETS], { ignoreInitial: false }, build);
}

module.exports = { assets, build, clean, compile, default: build, watch };
