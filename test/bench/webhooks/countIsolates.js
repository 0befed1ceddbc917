'use strict';

/**
 * Loaded with --require into n8n: appends one byte to the file in BENCH_ISOLATES for each isolate that n8n creates for
 * expressions. Plain JavaScript, since n8n loads it without tsx.
 */

const fs = require('node:fs');
const Module = require('node:module');

const { BENCH_ISOLATES } = process.env;
const load = Module._load;
let counting;

Module._load = function (request, ...rest) {
	const loaded = load.call(this, request, ...rest);
	if (request !== 'isolated-vm') return loaded;
	const construct = (target, args) => {
		fs.appendFileSync(BENCH_ISOLATES, '.');
		return Reflect.construct(target, args);
	};
	counting ??= Object.create(loaded, { Isolate: { value: new Proxy(loaded.Isolate, { construct }) } });
	return counting;
};
