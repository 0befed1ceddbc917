/** Rows that the OneTalk node cannot send, under each setting of On Error. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Json } from '../../tools/n8n-execution.cts';
import { startLab, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';
import { messagesByPhone, oneEach, recipients, sendToRow } from './sending.cts';
import { runNode } from './workflows.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('nodes-errors');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('On Error', () => {
	const rows = [
		{ name: 'Sari', phone: '6281200000001', order: 17 },
		{ name: 'Budi', phone: '8.12E+11', order: 18 },
		{ name: 'Dewi', phone: '6281200000003', order: 19 },
	];

	test('Stop: one bad row, and nothing is sent', async () => {
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

	test('Continue (using error output): the bad row is in the error branch', async () => {
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
		// n8n before 2.35.2 puts a row with more keys into the main output
		assert.equal(failedRows[0].details, undefined);
	});

	test('Continue (using error output): a row that OneTalk refuses is in the error branch too', async () => {
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
		// the three are sent in parallel, so any of them may reach the server first
		const refused = good.filter(({ phone }) => !output.some((row) => row.phone === phone));
		assert.deepEqual(
			refused.map(({ name }) => name),
			[failedRows[0].name],
		);
	});

	test('a message without an answer is reported as “may have been sent”, and is not sent again', async () => {
		lab.simulator.fault({ kind: 'resetAfterTaken' });
		const { status, error } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
		assert.equal(status, 'error');
		assert.match(String(error?.message), /May have been sent/);
		assert.equal(lab.simulator.messages.length, 1);
	});

	function assertFailedRow(row: Json): void {
		assert.equal(row.name, 'Budi');
		assert.equal(row.order, 18);
		assert.match(row.error, /Phone/);
		assert.equal(typeof row.message, 'string');
	}
});

test('an answer that repeats the API key is shown without it', async () => {
	lab.simulator.fault({ kind: 'echoKey' });
	const { error } = await runNode(lab, { parameters: sendToRow, rows: recipients(1) });
	assert.match(String(error?.message), /API key/);
	assert.ok(!JSON.stringify(error).includes(lab.account.apiKey));
});

test('the API key is in no execution and not in n8n’s log', async () => {
	await assertKeyIsNowhere(lab, 6);
});
