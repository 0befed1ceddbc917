/** Shipped code keeps the rules of sources.cts, and the rules find what they are for. */

import fs from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../tools/ensure';
import { findViolations, shippedSources } from './sources.cts';

describe('shipped code', () => {
	test('is found', () => {
		expect(shippedSources()).toEqual(
			expect.arrayContaining([
				'credentials/OneTalkApi.credentials.ts',
				'nodes/OneTalk/OneTalk.node.ts',
				'nodes/OneTalk/operations/message/send.ts',
			]),
		);
	});

	test.each(shippedSources())('%s keeps the rules', (file) => {
		expect(findViolations(file, fs.readFileSync(path.join(PROJECT, file), 'utf8'))).toEqual([]);
	});
});

describe('the rules', () => {
	const action = 'nodes/OneTalk/operations/planted.ts';
	const batch = 'nodes/OneTalk/batch/planted.ts';
	const input = 'nodes/OneTalk/input/planted.ts';
	const api = 'nodes/OneTalk/api/planted.ts';
	const trigger = 'nodes/OneTalk/triggers/cases/planted.ts';
	const webhook = 'nodes/OneTalk/triggers/webhook/planted.ts';
	const chatbot = 'nodes/OneTalk/triggers/chatbot/planted.ts';

	test.each([
		['a development package', action, "import { WorkflowExecute } from 'n8n-core';"],
		['its types', action, "import type { WorkflowExecute } from 'n8n-core';"],
		['a package that n8n also has', action, "import { DateTime } from 'luxon';"],
		['a deep import of an allowed package', action, "import x from 'n8n-workflow/dist/cjs/expression';"],
		["Node's file system", action, "import fs from 'node:fs';"],
		['a bare built-in', action, "import { createHash } from 'crypto';"],
		['a re-export', action, "export { chunk } from 'lodash';"],
		['an import for its side effects', action, "import 'zod';"],
		['import = require()', action, "import core = require('n8n-core');"],
		['require()', action, "const core = require('n8n-core');"],
		['module.require()', action, "const core = module.require('n8n-core');"],
		['a dynamic import', action, "const core = await import('n8n-core');"],
		['a dynamic import in backticks', action, 'const core = await import(`n8n-core`);'],
		['a computed import', action, "const core = await import('n8n-' + name);"],
		['a type by import()', action, "type X = import('n8n-core').WorkflowExecute;"],
		['a test file', action, "import { rows } from '../../../test/support/engine';"],
		['package.json', action, "import { version } from '../../../package.json';"],
		['a detour through the project', action, "import x from '../../../nodes/../tools/ensure';"],
		['api → input', api, "import { requiredText } from '../input/values';"],
		['api → operations', api, "import { operations } from '../operations';"],
		['api → batch', api, "import { executeBatch } from '../batch/execute';"],
		['api → triggers', api, "import { pollCases } from '../triggers/cases/poll';"],
		['input → operations', input, "import { operations } from '../operations';"],
		['input → batch', input, "import { planItem } from '../batch/plan';"],
		['input → triggers', input, "import { pollCases } from '../triggers/cases/poll';"],
		['operations → batch', action, "import { planItem } from '../batch/plan';"],
		['operations → batch, deeper', 'nodes/OneTalk/operations/case/x.ts', "import '../../batch/plan';"],
		['operations → triggers', action, "import { pollCases } from '../triggers/cases/poll';"],
		['batch → triggers', batch, "import { pollCases } from '../triggers/cases/poll';"],
		['triggers → operations', trigger, "import { operations } from '../../operations';"],
		['triggers → batch', trigger, "import { planItem } from '../../batch/plan';"],
		['one trigger → another', trigger, "import { x } from '../organization/webhook';"],
		['webhook → a kind of delivery', webhook, "import { chatbotWebhook } from '../chatbot/kind';"],
		[
			'one kind of delivery → another',
			chatbot,
			"import { organizationWebhook } from '../organization/kind';",
		],
		['batch → a node', batch, "import { OneTalk } from '../OneTalk.node';"],
		['api → a credential', api, "import { OneTalkApi } from '../../../credentials/OneTalkApi.credentials';"],
		['a folder that is not listed', 'nodes/OneTalk/helpers/x.ts', "import { isRecord } from '../api/mask';"],
		['a request in an operation', action, "await context.helpers.httpRequest({ url: '' });"],
		['a request by destructured helpers', action, 'const { helpers } = this;\nhelpers.request({});'],
		['a request by renamed helpers', action, 'const { helpers: h } = this;\nh.request({});'],
		['a request through helpers that are passed on', action, 'send(context.helpers);'],
		['a request by a quoted name', api, "await context['helpers'].request({});"],
		['fetch', trigger, "await fetch('https://example.com');"],
		['let', action, 'let count = 0;'],
		['exported let', action, 'export let count = 0;'],
		['var', action, 'var count = 0;'],
		['a map', action, 'const seen = new Map<string, number>();'],
		['a weak map', action, 'const seen = new WeakMap();'],
		['an empty set', action, 'const seen = new Set<string>();'],
		[
			'a map that is changed',
			action,
			'const seen = new Map([[1, 2]]);\nexport const f = () => seen.set(2, 3);',
		],
		['a set that others can change', action, "export const seen = new Set(['a']);"],
		['a list that is changed', action, 'const seen = [1];\nexport const f = () => seen.push(2);'],
		[
			'an object that is changed',
			action,
			"const seen = { a: 1 };\nexport const f = () => { seen['a'] = 2; };",
		],
	])('find %s', (_, file, text) => {
		expect(findViolations(file, text)).toHaveLength(1);
	});

	test.each([
		['n8n-workflow', action, "import { sleep, type INode } from 'n8n-workflow';"],
		['node:crypto', action, "import { createHash } from 'node:crypto';"],
		['a file in the same folder', action, "import { input } from './input';"],
		['operations → api', action, "import { isRecord } from '../api/mask';"],
		['operations → input', action, "import { requiredText } from '../input/values';"],
		['batch → operations', batch, "import { operations } from '../operations';"],
		['a kind of delivery → webhook', chatbot, "import { receive } from '../webhook/receive';"],
		['a node → batch', 'nodes/OneTalk/OneTalk.node.ts', "import { executeBatch } from './batch/execute';"],
		['triggers → api', trigger, "import { isRecord } from '../../api/mask';"],
		['a constant set', action, "const CODES = new Set(['ETIMEDOUT', 'ECONNRESET']);"],
		['a constant map', action, "const TEXTS = new Map([[1, 'one']]);\nexport const f = () => TEXTS.get(1);"],
		['a constant', action, 'const LIMIT = 100;'],
		['state inside a function', action, 'function f() { let n = 0; return new Map([[n, n]]); }'],
		["n8n's own store", action, "await context.helpers.checkProcessedAndRecord([], 'node', {});"],
		["n8n's own store, destructured", action, 'f(({ helpers }) => helpers.removeProcessed([]));'],
		['the request of the client', 'nodes/OneTalk/api/client.ts', 'await context.helpers.httpRequest({});'],
		['the polls of this process', 'nodes/OneTalk/triggers/cases/pollTurns.ts', 'const polls = new Map();'],
	])('allow %s', (_, file, text) => {
		expect(findViolations(file, text)).toEqual([]);
	});
});
