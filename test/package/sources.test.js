'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { PROJECT } = require('../../demo/ensure');
const { findViolations, shippedSources } = require('./sources');

describe('shipped code', () => {
	test('is found', () => {
		expect(shippedSources()).toEqual(
			expect.arrayContaining([
				'credentials/OneTalkApi.credentials.ts',
				'nodes/OneTalk/OneTalk.node.ts',
				'nodes/OneTalk/actions/message/send.ts',
			]),
		);
	});

	test.each(shippedSources())('%s keeps to the rules', (file) => {
		expect(findViolations(file, fs.readFileSync(path.join(PROJECT, file), 'utf8'))).toEqual([]);
	});
});

describe('the rules', () => {
	const action = 'nodes/OneTalk/actions/planted.ts';
	const api = 'nodes/OneTalk/api/planted.ts';
	const trigger = 'nodes/OneTalk/trigger/planted.ts';

	test.each([
		['a development package', action, "import { WorkflowExecute } from 'n8n-core';"],
		['its types', action, "import type { WorkflowExecute } from 'n8n-core';"],
		['a package that n8n happens to have', action, "import { DateTime } from 'luxon';"],
		['a part of an allowed package', action, "import x from 'n8n-workflow/dist/cjs/expression';"],
		["Node's file system", action, "import fs from 'node:fs';"],
		['a bare built-in', action, "import { createHash } from 'crypto';"],
		['a re-export', action, "export { chunk } from 'lodash';"],
		['an import for its effect', action, "import 'zod';"],
		['import = require()', action, "import core = require('n8n-core');"],
		['require()', action, "const core = require('n8n-core');"],
		['module.require()', action, "const core = module.require('n8n-core');"],
		['a dynamic import', action, "const core = await import('n8n-core');"],
		['a dynamic import in backticks', action, 'const core = await import(`n8n-core`);'],
		['an import that is put together', action, "const core = await import('n8n-' + name);"],
		['a type by import()', action, "type X = import('n8n-core').WorkflowExecute;"],
		['a file of the tests', action, "import { rows } from '../../../test/support/engine';"],
		['package.json', action, "import { version } from '../../../package.json';"],
		['a way round through the project', action, "import x from '../../../nodes/../demo/ensure';"],
		['api → actions', api, "import { input } from '../actions/input';"],
		['api → trigger', api, "import { poll } from '../trigger/poll';"],
		['actions → trigger', action, "import { poll } from '../trigger/poll';"],
		['actions → trigger, deeper', 'nodes/OneTalk/actions/case/x.ts', "import '../../trigger/poll';"],
		['trigger → actions', trigger, "import { input } from '../actions/input';"],
		['trigger → the list of actions', trigger, "import { operations } from '../actions';"],
		['a request by an action', action, "await context.helpers.httpRequest({ url: '' });"],
		['a request by destructured helpers', action, 'const { helpers } = this;\nhelpers.request({});'],
		['a request by renamed helpers', action, 'const { helpers: h } = this;\nh.request({});'],
		['a request by helpers that are handed on', action, 'send(context.helpers);'],
		['a request by a quoted name', api, "await context['helpers'].request({});"],
		['fetch', trigger, "await fetch('https://example.com');"],
		['let', action, 'let count = 0;'],
		['exported let', action, 'export let count = 0;'],
		['var', action, 'var count = 0;'],
		['a map', action, 'const seen = new Map<string, number>();'],
		['a weak map', action, 'const seen = new WeakMap();'],
		['an empty set', action, 'const seen = new Set<string>();'],
		[
			'a map that is filled',
			action,
			'const seen = new Map([[1, 2]]);\nexport const f = () => seen.set(2, 3);',
		],
		['a set that others can fill', action, "export const seen = new Set(['a']);"],
		['a list that is filled', action, 'const seen = [1];\nexport const f = () => seen.push(2);'],
		[
			'an object that is filled',
			action,
			"const seen = { a: 1 };\nexport const f = () => { seen['a'] = 2; };",
		],
	])('find %s', (_, file, text) => {
		expect(findViolations(file, text)).toHaveLength(1);
	});

	test.each([
		['n8n-workflow', action, "import { sleep, type INode } from 'n8n-workflow';"],
		['node:crypto', action, "import { createHash } from 'node:crypto';"],
		['a neighbour', action, "import { input } from './input';"],
		['actions → api', action, "import { isRecord } from '../api/text';"],
		['trigger → api', trigger, "import { isRecord } from '../api/text';"],
		['a constant set', action, "const CODES = new Set(['ETIMEDOUT', 'ECONNRESET']);"],
		['a constant map', action, "const TEXTS = new Map([[1, 'one']]);\nexport const f = () => TEXTS.get(1);"],
		['a constant', action, 'const LIMIT = 100;'],
		['state inside a function', action, 'function f() { let n = 0; return new Map([[n, n]]); }'],
		["n8n's own store", action, "await context.helpers.checkProcessedAndRecord([], 'node', {});"],
		["n8n's own store, destructured", action, 'f(({ helpers }) => helpers.removeProcessed([]));'],
		['the request of the client', 'nodes/OneTalk/api/client.ts', 'await context.helpers.httpRequest({});'],
		['the polls of this process', 'nodes/OneTalk/trigger/process.ts', 'const polls = new Map();'],
	])('let pass %s', (_, file, text) => {
		expect(findViolations(file, text)).toEqual([]);
	});
});
