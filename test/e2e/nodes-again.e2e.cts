/** A OneTalk node that runs again over the same rows: what was sent is not sent twice. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startLab, type Lab } from './lab.cts';
import { assertKeyIsNowhere } from './secrets.cts';
import { messagesByPhone, oneEach, recipients, sendOneByOne, sendToRow } from './sending.cts';
import { until } from './wait.cts';
import { oneTalkWorkflow, resultOf, runNode } from './workflows.cts';

let lab: Lab;

before(async () => {
	lab = await startLab('nodes-again');
});
after(async () => await lab?.stop());
beforeEach(() => lab.simulator.reset());

describe('the node runs again', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

	test('Retry On Fail: what was sent is not sent again', async () => {
		const rows = recipients(10);
		lab.simulator.configure({ latencyMs: 100 });
		const running = runNode(lab, { parameters: sendOneByOne, rows, settings: retry });
		await until('four messages have been sent', () => lab.simulator.messages.length >= 4);
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

	test('Retry On Fail with Continue: only the refused row is sent again', async () => {
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
		const { id } = await lab.api.createWorkflow(
			await oneTalkWorkflow(lab, { parameters: sendOneByOne, rows }),
		);
		const running = lab.api.execute(id, 'Start');
		await until('two messages have been sent', () => lab.simulator.messages.length >= 2);
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

	test('Dry Run: the request is shown, and nothing is sent', async () => {
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
	await assertKeyIsNowhere(lab, 6);
});
