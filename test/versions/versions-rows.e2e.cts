/** How n8n runs rows, where releases may differ: the values of a template, failed rows, canceling. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startLab, type Fault, type Lab } from '../e2e/lab.cts';
import { recipients, sendOneByOne, sendTemplateToRow, sendToRow, type Recipient } from '../e2e/sending.cts';
import { pause, until } from '../e2e/wait.cts';
import { oneTalkWorkflow, runNode } from '../e2e/workflows.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('versions-rows');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('Send Template, each way to give the values', () => {
	const modes = {
		templateText: {
			templateBody: 'Hi {{name}}, your order {{order_id}} is ready.',
			templateValues: {
				mappingMode: 'defineBelow',
				value: { name: '={{ $json.name }}', order_id: 'A-1' },
			},
		},
		fields: {
			templateParameters: {
				body: [
					{ name: 'name', value: '={{ $json.name }}' },
					{ name: 'order_id', value: 'A-1' },
				],
			},
		},
		json: { templateParametersJson: '={{ { body: { name: $json.name, order_id: "A-1" } } }}' },
	};
	for (const [parameterMode, values] of Object.entries(modes)) {
		test(`${parameterMode}: the message has its values`, async () => {
			const { status, error } = await runNode(lab, {
				parameters: { ...sendTemplateToRow, parameterMode, ...values },
				rows: recipients(2),
			});
			assert.equal(status, 'success', error?.message);
			assert.deepEqual(
				lab.simulator.messages.map(({ parameters }) => parameters?.body).sort(byFirstValue),
				recipients(2).map(({ name }) => [
					{ name: 'name', value: name },
					{ name: 'order_id', value: 'A-1' },
				]),
			);
		});
	}

	test('templateText, mapped automatically from the columns', async () => {
		const { status, error } = await runNode(lab, {
			parameters: {
				...sendTemplateToRow,
				parameterMode: 'templateText',
				templateBody: 'Hi {{name}}',
				templateValues: { mappingMode: 'autoMapInputData', value: null },
			},
			rows: recipients(1),
		});
		assert.equal(status, 'success', error?.message);
		assert.deepEqual(lab.simulator.messages[0].parameters?.body, [{ name: 'name', value: 'Customer 1' }]);
	});

	function byFirstValue(a: Array<{ value: string }> = [], b: Array<{ value: string }> = []): number {
		return a[0].value < b[0].value ? -1 : 1;
	}
});

describe('Failed rows with Continue (using error output)', () => {
	const rows = recipients(5);
	const faults: Record<string, Fault> = {
		'refused by OneTalk': { kind: 'successFalse', reason: 'insufficient_balance' },
		'refused with HTTP 400': { kind: 'http', httpStatus: 400 },
		'refused with HTTP 500': { kind: 'http', httpStatus: 500 },
		'a closed connection': { kind: 'resetAfterTaken' },
		'a web page as the answer': { kind: 'html' },
		'an empty answer': { kind: 'empty' },
	};
	for (const [what, fault] of Object.entries(faults)) {
		test(`${what}: the row is in the error output only`, async () => {
			lab.simulator.fault(fault);
			await assertOneFailed(rows);
		});
	}

	const phones = { 'no phone': '', 'a phone that a spreadsheet changed': '8.12E+11', 'a short phone': '12' };
	for (const [what, phone] of Object.entries(phones)) {
		test(`${what}: the row is in the error output only`, async () => {
			await assertOneFailed(rows.map((row, i) => (i === 2 ? { ...row, phone } : row)));
		});
	}

	test('the row is in the error output only, also when it has columns named error, message and details', async () => {
		const columns = { error: '', message: 'Hello', details: 'none' };
		await assertOneFailed(
			rows.map((row, i) => (i === 2 ? { ...row, ...columns, phone: '12' } : { ...row, ...columns })),
		);
	});

	async function assertOneFailed(given: Recipient[]): Promise<void> {
		const result = await runNode(lab, {
			parameters: sendOneByOne,
			rows: given,
			settings: { onError: 'continueErrorOutput' },
		});
		assert.equal(result.status, 'success');
		assert.deepEqual(
			result.rows.map(({ success }) => success),
			[true, true, true, true],
		);
		assert.equal(result.failedRows.length, 1);
		assert.equal(typeof result.failedRows[0].error, 'string');
	}
});

describe('Failures as Rows', () => {
	test('each input row has one output row with the same columns, sent or not', async () => {
		const given = recipients(3).map((row, i) => (i === 1 ? { ...row, phone: '12' } : row));
		const parameters = { ...sendToRow, options: { failureRows: true } };
		const { status, rows } = await runNode(lab, { parameters, rows: given });
		assert.equal(status, 'success');
		assert.deepEqual(
			rows.map(({ sent }) => sent),
			[true, false, true],
		);
		const [columns, ...others] = rows.map((row: object) => Object.keys(row).join());
		assert.deepEqual(others, [columns, columns]);
	});
});

describe('Canceling an execution', () => {
	test('no more messages are sent, and n8n reports the execution as canceled', async () => {
		const parameters = {
			...sendToRow,
			options: { batching: { batch: { batchSize: 1, batchInterval: 3_000 } } },
		};
		const { id } = await lab.api.createWorkflow(
			await oneTalkWorkflow(lab, { parameters, rows: recipients(5) }),
		);
		const execution = lab.api.execute(id, 'Start');
		await until('a message is sent', () => lab.simulator.messages.length > 0);
		const [{ id: executionId }] = await lab.api.executions(id);
		await lab.api.call('POST', `/rest/executions/${executionId}/stop`);
		const sent = lab.simulator.messages.length;
		assert.equal((await execution).status, 'canceled');
		await pause(7_000);
		assert.ok(lab.simulator.messages.length <= sent + 1, `${sent}, then ${lab.simulator.messages.length}`);
	});

	test('afterwards n8n runs the node as before', async () => {
		const { status } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
		assert.equal(status, 'success');
	});
});
