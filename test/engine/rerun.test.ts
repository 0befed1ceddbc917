/** Retry of an execution that stopped at a message that may have been sent. */

import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

const send = {
	resource: 'message',
	operation: 'send',
	channelId: '2101081881',
	phone: '={{ $json.phone }}',
	messageType: 'text',
	text: 'Hello',
	options: { batching: { batch: { batchSize: 1 } } },
};
const phones = ['6281211111111', '6281222222222', '6281233333333', '6281244444444'];
const rows = phones.map((phone) => ({ phone }));

describe('A run after one that stopped at a message that may have been sent', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));

	const requestsTo = (phone: string) =>
		onetalk.requests.filter(({ body }) => (body as IDataObject | null)?.phone === phone).length;

	it('goes on with the rows that were not tried, and reports the unknown one', async () => {
		onetalk.fault({ kind: 'extraKeys' });
		onetalk.fault({ kind: 'resetAfterTaken' });
		const first = await runNode(onetalk, { parameters: send, rows });
		expect(first.error?.description).toContain('1 sent, 1 may have been sent (row 2), 2 not tried.');

		const second = await runNode(onetalk, { parameters: send, rows, retryOf: first.run });
		expect(second.error?.message).toMatch(/^Row 2: May have been sent/);
		expect(second.error?.description).toContain('3 sent, 1 may have been sent (row 2), 0 not tried.');
		expect(phones.map(requestsTo)).toEqual([1, 1, 1, 1]);
	});

	it('asks nothing more once there is nothing left to try', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		const first = await runNode(onetalk, { parameters: send, rows });
		const second = await runNode(onetalk, { parameters: send, rows, retryOf: first.run });
		const third = await runNode(onetalk, { parameters: send, rows, retryOf: second.run });
		expect(third.error?.description).toContain('3 sent, 1 may have been sent (row 1), 0 not tried.');
		expect(onetalk.requests).toHaveLength(4);
	});

	it('stops again at a new failure', async () => {
		onetalk.fault({ kind: 'resetAfterTaken' });
		const first = await runNode(onetalk, { parameters: send, rows });
		onetalk.fault({ kind: 'status', status: 403 });
		const second = await runNode(onetalk, { parameters: send, rows, retryOf: first.run });
		expect(second.error?.description).toContain(
			'0 sent, 1 failed (row 2), 1 may have been sent (row 1), 2 not tried.',
		);
	});
});
