/* The credential and the OneTalk node in a real n8n, as a workflow meets them. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { freePort } from '../../tools/ports.cts';
import { CREDENTIAL_TYPE } from '../../demo/seed.cts';
import { node, oneTalkWorkflow, resultOf, runNode, startLab, until } from './lab.cts';
import { messagesByPhone, oneEach, recipients, send, sendOneByOne, sendToRow } from './sending.cts';

/** @type {import('./lab.cts').Lab} */
let lab;

before(async () => {
	lab = await startLab('nodes');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

/**
 * @param {any} a
 * @param {any} b
 */
function byPhone(a, b) {
	return Number(a.phone) - Number(b.phone);
}

describe('installed as n8n installs it', () => {
	test('n8n lists the nodes, the tool and the credential', async () => {
		/** @type {{ name: string }[]} */
		const types = await lab.api.call('GET', '/types/nodes.json');
		const names = types.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-onetalk.'));
		assert.deepEqual([...new Set(names)].sort(), [
			'n8n-nodes-onetalk.oneTalk',
			'n8n-nodes-onetalk.oneTalkTool',
			'n8n-nodes-onetalk.oneTalkTrigger',
		]);
		/** @type {{ name: string }[]} */
		const credentials = await lab.api.call('GET', '/types/credentials.json');
		assert.ok(credentials.some(({ name }) => name === CREDENTIAL_TYPE));
	});
});

describe('credential test', () => {
	/** @param {Partial<{ apiKey: string, baseUrl: string }>} changes */
	const testWith = async (changes) => {
		const [{ id, name }] = Object.values(await lab.credentials());
		return await lab.api.testCredential({
			id,
			name,
			type: CREDENTIAL_TYPE,
			data: { ...lab.account, ...changes },
		});
	};

	test('passes with the right key', async () => {
		assert.equal((await testWith({})).status, 'OK');
		assert.equal(lab.simulator.requests.length, 1);
		assert.equal(lab.simulator.requests[0].query.limit, '1');
	});

	const keys = {
		'a missing key': '',
		'an unknown key': 'not-a-known-key',
		'a malformed key': 'x y',
		'a key without tier': 'simulator-key-without-tier',
	};
	for (const [what, apiKey] of Object.entries(keys)) {
		test(`fails with ${what}`, async () => assertTellsWhatToDo(await testWith({ apiKey }), apiKey));
	}

	const answers = {
		'a web page': { kind: 'html' },
		'an empty body': { kind: 'empty' },
		'half an answer': { kind: 'truncated' },
		'no list of cases': { kind: 'dataEmpty' },
		'HTTP 500': { kind: 'http', httpStatus: 500 },
		'HTTP 401': { kind: 'http', httpStatus: 401 },
		'a cut connection': { kind: 'reset' },
		'an error that repeats the key': { kind: 'echoKey' },
	};
	for (const [what, fault] of Object.entries(answers)) {
		test(`fails with ${what}`, async () => {
			lab.simulator.fault({ ...fault, rate: 1 });
			assertTellsWhatToDo(await testWith({}), lab.account.apiKey);
		});
	}

	test('fails where nothing listens', async () => {
		const closed = await freePort(4900);
		assertTellsWhatToDo(
			await testWith({ baseUrl: `http://127.0.0.1:${closed}/api/integration/v1` }),
			lab.account.apiKey,
		);
	});

	/**
	 * @param {{ status: string, message: string }} result
	 * @param {string} key
	 */
	function assertTellsWhatToDo({ status, message }, key) {
		assert.equal(status, 'Error');
		assert.match(message, /\b(check|paste|enter|choose|create|try|ask|enable|put|add|fill)\b/i, message);
		if (key !== '') assert.ok(!message.includes(key), message);
	}
});

describe('the operations', () => {
	test('Send: text, image and file', async () => {
		const { items, rows } = await runNode(lab, {
			parameters: {
				...send,
				messageType: '={{ $json.type }}',
				phone: '={{ $json.phone }}',
				text: '={{ $json.text }}',
				mediaUrl: '={{ $json.url }}',
				caption: '={{ $json.caption }}',
				options: { topicId: 7 },
			},
			rows: [
				{ type: 'text', phone: '0812-1234-5678', text: 'Halo' },
				{
					type: 'image',
					phone: '+62 812 1234 5679',
					url: 'https://www.example.com/p/my%20photo.jpg?x=1',
					caption: 'A photo',
				},
				{ type: 'file', phone: 6281212345680, url: 'https://www.example.com/doc/Invoice.pdf' },
			],
		});
		const common = { channelID: '2101081881', withCase: true, topicID: 7 };
		assert.deepEqual(
			// messages to different people travel side by side
			lab.simulator.requests.map(({ body }) => body).sort(byPhone),
			[
				{ ...common, phone: '6281212345678', messageType: 'text', body: 'Halo' },
				{
					...common,
					phone: '6281212345679',
					messageType: 'image',
					body: 'https://www.example.com/p/my%20photo.jpg?x=1',
					filename: 'my photo.jpg',
					caption: 'A photo',
				},
				{
					...common,
					phone: '6281212345680',
					messageType: 'file',
					body: 'https://www.example.com/doc/Invoice.pdf',
					filename: 'Invoice.pdf',
				},
			],
		);
		assert.deepEqual(
			rows.map(({ success, phone }) => ({ success, phone })),
			[
				{ success: true, phone: '6281212345678' },
				{ success: true, phone: '6281212345679' },
				{ success: true, phone: '6281212345680' },
			],
		);
		assert.deepEqual(
			rows.map(({ phone, caseID }) => [phone, caseID]),
			lab.simulator.cases.map(({ id, contact }) => [contact.phone, id]).sort(),
		);
		assert.deepEqual(
			items.map(({ pairedItem }) => pairedItem.item ?? pairedItem),
			[0, 1, 2],
		);
	});

	test('Send Template: fields and JSON give the same request', async () => {
		const template = {
			resource: 'message',
			operation: 'sendTemplate',
			channelId: '2100480937',
			phoneNumberId: '103011859190563',
			phone: '={{ $json.phone }}',
			templateName: 'greetings_v1',
			languageCode: 'en',
			withCase: true,
			options: {},
		};
		const rows = [{ phone: '6281212345678', name: 'Sari', hours: 9 }];
		const fields = await runNode(lab, {
			rows,
			parameters: {
				...template,
				parameterMode: 'fields',
				templateParameters: {
					header: [{ type: 'image', value: 'https://www.example.com/h.jpg' }],
					body: [
						{ name: 'name', value: '={{ $json.name }}' },
						{ name: 'office_hours', value: '={{ $json.hours }}' },
					],
					buttons: [{ name: 'url_0', value: 'order-1' }],
				},
			},
		});
		const json = await runNode(lab, {
			rows,
			parameters: {
				...template,
				parameterMode: 'json',
				templateParametersJson:
					'={{ { header: { image: "https://www.example.com/h.jpg" }, body: { name: $json.name, office_hours: $json.hours }, buttons: [{ name: "url_0", value: "order-1" }] } }}',
			},
		});
		assert.deepEqual([fields.status, json.status], ['success', 'success']);
		const [first, second] = lab.simulator.requests.map(({ body }) => body);
		assert.deepEqual(first, second);
		assert.deepEqual(first, {
			channelID: '2100480937',
			phoneNumberID: '103011859190563',
			phone: '6281212345678',
			templateName: 'greetings_v1',
			languageCode: 'en',
			parameters: {
				header: [{ name: 'image', value: 'https://www.example.com/h.jpg' }],
				body: [
					{ name: 'name', value: 'Sari' },
					{ name: 'office_hours', value: '9' },
				],
				footer: [],
				buttons: [{ name: 'url_0', value: 'order-1' }],
			},
			withCase: true,
		});
	});

	test('Get Many: all pages, a limit, and a date in the workflow’s time zone', async () => {
		const since = Date.now() - 1;
		lab.simulator.bulk(130);
		const getMany = { resource: 'case', operation: 'getAll', since: '={{ $json.since }}' };
		const all = await runNode(lab, {
			parameters: { ...getMany, returnAll: true },
			rows: [{ since: since - 3_600_000 }],
		});
		assert.equal(all.rows.length, 130);
		assert.deepEqual(all.rows.map(({ id }) => id).sort(), lab.simulator.cases.map(({ id }) => id).sort());
		const some = await runNode(lab, {
			parameters: { ...getMany, returnAll: false, limit: 3 },
			rows: [{ since: '2026-01-31T09:00:00' }],
		});
		assert.equal(some.rows.length, 3);
		assert.equal(
			lab.simulator.requests.at(-1)?.query.since_timestamp,
			String(Date.parse('2026-01-31T09:00:00+07:00')),
		);
		const recent = await runNode(lab, {
			parameters: { ...getMany, since: '={{ $now.minus({ hours: 2 }) }}', returnAll: false, limit: 3 },
			rows: [{}],
		});
		assert.equal(recent.status, 'success');
		const asked = Number(lab.simulator.requests.at(-1)?.query.since_timestamp);
		assert.ok(Math.abs(Date.now() - 7_200_000 - asked) < 60_000, String(asked));
	});

	test('Update: only what is given changes', async () => {
		const { id } = lab.simulator.createCase({ agentRemark: 'old', contact: { phone: '6281212345678' } });
		const { rows } = await runNode(lab, {
			parameters: {
				resource: 'case',
				operation: 'update',
				caseId: '={{ $json.id }}',
				updateFields: { isJunk: true },
			},
			rows: [{ id }],
		});
		assert.deepEqual(lab.simulator.requests[0].body, { caseID: id, isJunk: true });
		assert.equal(rows[0].caseID, id);
		assert.equal(rows[0].success, true);
		const [changed] = lab.simulator.cases;
		assert.deepEqual([changed.isJunk, changed.agentRemark], [true, 'old']);
	});
});

describe('as a tool of an AI agent', () => {
	/**
	 * Lets n8n call the tool with what a model would give it.
	 * @param {string} type of the variables, for the model
	 * @param {unknown} variables
	 */
	async function call(type, variables) {
		const tool = {
			...node('OneTalk', 'n8n-nodes-onetalk.oneTalkTool', 1, {
				resource: 'message',
				operation: 'sendTemplate',
				channelId: '2100480937',
				phone: "={{ $fromAI('phone', 'The number of the customer', 'string') }}",
				templateName: 'order_ready',
				languageCode: 'en',
				parameterMode: 'json',
				templateParametersJson: `={{ $fromAI('variables', 'The values of the template', '${type}') }}`,
			}),
			credentials: await lab.credentials(),
		};
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 2, { promptType: 'define', text: 'Hi', options: {} }),
			tool,
		];
		const { id } = await lab.api.createWorkflow({
			name: 'Agent',
			nodes: nodes.map((step, i) => ({ ...step, position: [i * 220, 0] })),
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				OneTalk: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		});
		const { executionId } = await lab.api.call('POST', `/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: 'Start' },
			destinationNode: { nodeName: 'OneTalk', mode: 'inclusive' },
			agentRequest: { query: { OneTalk: { phone: '0812-1234-5678', variables } }, tool: { name: 'OneTalk' } },
		});
		const { status, data } = await lab.api.finished(executionId);
		return { status, error: String(data.resultData.error?.message) };
	}

	for (const [type, variables] of /** @type {const} */ ([
		['string', '{"body":{"name":"Sari","order_id":7}}'],
		['json', { body: { name: 'Sari', order_id: 7 } }],
	])) {
		test(`all variables as one ${type}`, async () => {
			assert.equal((await call(type, variables)).status, 'success');
			const [{ phone, parameters }] = lab.simulator.messages;
			assert.equal(phone, '6281212345678');
			assert.deepEqual(parameters?.body, [
				{ name: 'name', value: 'Sari' },
				{ name: 'order_id', value: '7' },
			]);
		});
	}

	test('the model is told what is wrong with them, and nothing is sent', async () => {
		assert.match((await call('string', '{"body":{"name":""}}')).error, /empty value for the body variable "name"/);
		assert.match((await call('string', '{"body":')).error, /not valid JSON at line 1, column 9 \(the text ends there\)/);
		assert.equal(lab.simulator.messages.length, 0);
	});
});

describe('On Error', () => {
	const rows = [
		{ name: 'Sari', phone: '6281200000001', order: 17 },
		{ name: 'Budi', phone: '8.12E+11', order: 18 },
		{ name: 'Dewi', phone: '6281200000003', order: 19 },
	];

	test('Stop: one bad row, and nothing went out', async () => {
		const { status, error } = await runNode(lab, { parameters: sendToRow, rows });
		assert.equal(status, 'error');
		assert.match(String(error?.message), /Row 2.*Phone/);
		assert.match(String(error?.description), /Nothing was sent/);
		assert.equal(lab.simulator.requests.length, 0);
	});

	test('Continue: the bad row stays in its place with its own fields', async () => {
		const { status, rows: output } = await runNode(lab, {
			parameters: sendToRow,
			rows,
			settings: { onError: 'continueRegularOutput' },
		});
		assert.equal(status, 'success');
		assert.deepEqual(
			output.map(({ success }) => success),
			[true, undefined, true],
		);
		assertFailedRow(output[1]);
		assert.equal(output[1].details.field, 'phone');
		assert.equal(typeof output[1].details.hint, 'string');
		assert.deepEqual(messagesByPhone(lab), oneEach([rows[0], rows[2]]));
	});

	test('Continue (using error output): the bad row leaves by the error branch', async () => {
		const {
			status,
			rows: output,
			failedRows,
		} = await runNode(lab, {
			parameters: sendToRow,
			rows,
			settings: { onError: 'continueErrorOutput' },
		});
		assert.equal(status, 'success');
		assert.deepEqual(
			output.map(({ phone }) => phone),
			[rows[0].phone, rows[2].phone],
		);
		assert.equal(failedRows.length, 1);
		assertFailedRow(failedRows[0]);
		// n8n before 2.35.2 would let a row with further keys out by the main output
		assert.equal(failedRows[0].details, undefined);
	});

	test('what OneTalk refuses leaves by the error branch too', async () => {
		lab.simulator.fault({
			kind: 'successFalse',
			reason: 'insufficient_balance',
			message: 'Insufficient balance',
		});
		const good = recipients(3);
		const { rows: output, failedRows } = await runNode(lab, {
			parameters: sendToRow,
			rows: good,
			settings: { onError: 'continueErrorOutput' },
		});
		assert.deepEqual([output.length, failedRows.length], [2, 1]);
		assert.match(failedRows[0].error, /Insufficient balance/);
		assert.match(failedRows[0].error, /insufficient_balance/);
		// The three are in flight together: which of them reaches the server first is not ours to say.
		const refused = good.filter(({ phone }) => !output.some((row) => row.phone === phone));
		assert.deepEqual(
			refused.map(({ name }) => name),
			[failedRows[0].name],
		);
	});

	test('an answer that never came is “may have been sent”, and is not sent again', async () => {
		lab.simulator.fault({ kind: 'resetAfterTaken' });
		const { status, error } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
		assert.equal(status, 'error');
		assert.match(String(error?.message), /May have been sent/);
		assert.equal(lab.simulator.messages.length, 1);
	});

	/** @param {any} row */
	function assertFailedRow(row) {
		assert.equal(row.name, 'Budi');
		assert.equal(row.order, 18);
		assert.match(row.error, /Phone/);
		assert.equal(typeof row.message, 'string');
	}
});

describe('run again by n8n', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

	test('Retry On Fail: what was sent is not sent again', async () => {
		const rows = recipients(10);
		lab.simulator.configure({ latencyMs: 100 });
		const running = runNode(lab, { parameters: sendOneByOne, rows, settings: retry });
		await until('four messages have gone out', () => lab.simulator.messages.length >= 4);
		lab.simulator.fault({ kind: 'successFalse', reason: 'invalid_recipient', times: 2 });
		const { status, rows: output } = await running;
		assert.equal(status, 'success');
		assert.deepEqual(
			output.map(({ phone }) => phone),
			rows.map(({ phone }) => phone),
		);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
		assert.equal(lab.simulator.requests.length, 12);
	});

	test('Retry On Fail with Continue: only the refused row is asked again', async () => {
		const rows = recipients(10);
		lab.simulator.fault({ kind: 'successFalse', reason: 'invalid_recipient' });
		const { status, rows: output } = await runNode(lab, {
			parameters: sendOneByOne,
			rows,
			settings: { ...retry, onError: 'continueRegularOutput' },
		});
		assert.equal(status, 'success');
		assert.deepEqual(
			output.map(({ success }) => success),
			rows.map(() => true),
		);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
		assert.equal(lab.simulator.requests.length, 11);
	});

	test('Retry from the list of executions: only what is missing is sent', async () => {
		const rows = recipients(5);
		lab.simulator.configure({ latencyMs: 100 });
		const { id } = await lab.api.createWorkflow(await oneTalkWorkflow(lab, { parameters: sendOneByOne, rows }));
		const running = lab.api.execute(id, 'Start');
		await until('two messages have gone out', () => lab.simulator.messages.length >= 2);
		lab.simulator.fault({ kind: 'successFalse', reason: 'invalid_recipient' });
		const failed = resultOf(await running);
		assert.equal(failed.status, 'error');
		const sentBefore = lab.simulator.messages.length;
		assert.ok(sentBefore >= 2 && sentBefore < 5, String(sentBefore));

		const again = resultOf(await lab.api.retry(failed.id));
		assert.equal(again.status, 'success');
		assert.equal(again.rows.length, 5);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
	});

	test('Send Only Once per Key: a second execution skips what was sent, and sends what was refused', async () => {
		const rows = recipients(4);
		const parameters = {
			...sendOneByOne,
			options: { ...sendOneByOne.options, sendOnceKey: '=reminder-{{ $json.phone }}', failureRows: true },
		};
		const { id } = await lab.api.createWorkflow(await oneTalkWorkflow(lab, { parameters, rows }));
		lab.simulator.fault({ kind: 'successFalse', reason: 'invalid_recipient' });
		const first = resultOf(await lab.api.execute(id, 'Start'));
		assert.deepEqual(
			first.rows.map(({ sent, errorCode }) => [sent, errorCode]),
			[[false, 'invalid_recipient'], ...rows.slice(1).map(() => [true, ''])],
		);
		const second = resultOf(await lab.api.execute(id, 'Start'));
		assert.deepEqual(
			second.rows.map(({ sent, skipped }) => [sent, skipped === true]),
			[[true, false], ...rows.slice(1).map(() => [false, true])],
		);
		assert.deepEqual(messagesByPhone(lab), oneEach(rows));
	});

	test('Dry Run: the request is shown and nothing is sent', async () => {
		const parameters = { ...sendToRow, options: { dryRun: true } };
		const { rows } = await runNode(lab, { parameters, rows: recipients(2) });
		assert.deepEqual(
			rows.map(({ dryRun, phone }) => [dryRun, phone]),
			recipients(2).map(({ phone }) => [true, phone]),
		);
		assert.equal(lab.simulator.requests.length, 0);
	});
});

test('the API key is in no execution and not in n8n’s log', async () => {
	lab.simulator.fault({ kind: 'echoKey' });
	const { error } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
	assert.match(String(error?.message), /API key/);
	const { results } = await lab.api.call('GET', '/rest/executions?limit=100');
	assert.ok(results.length > 10);
	for (const { id } of results) {
		const text = JSON.stringify(await lab.api.call('GET', `/rest/executions/${id}`));
		assert.ok(!text.includes(lab.account.apiKey), `execution ${id}`);
	}
	assert.ok(!lab.log.includes(lab.account.apiKey));
});
