/** Send Only Once per Key on n8n’s engine: equal keys in one run, and a key store that fails. */

import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode } from '../support/runNode';
import { useSimulator, type Simulator } from '../support/useSimulator';

jest.mock('../../nodes/OneTalk/api/limits', () => ({
	...jest.requireActual<object>('../../nodes/OneTalk/api/limits'),
	FIRST_WAIT_MS: 1,
}));

/** n8n's store of seen keys, as far as an execution can see it; n8n itself keeps it in its database. */
const keys = new Set<string>();
/** What the store does before its work: fail, or note what it sees. */
let onRecord: () => void;
let onRemove: () => void;
let afterRecord: () => void;
beforeAll(async () => {
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (items) => {
			onRecord();
			const processed = items.filter((item) => keys.has(String(item)));
			items.forEach((item) => keys.add(String(item)));
			afterRecord();
			return { new: items.filter((item) => !processed.includes(item)), processed };
		},
		removeProcessed: async (items) => {
			onRemove();
			items.forEach((item) => keys.delete(String(item)));
		},
		clearAllProcessedItems: async () => keys.clear(),
		getProcessedDataCount: async () => keys.size,
	});
});

const phoneOf = (index: number) => `62812${String(index).padStart(7, '0')}`;

function send(batchSize: number): INodeParameters {
	return {
		resource: 'message',
		operation: 'send',
		channelId: '2101081881',
		phone: '={{ $json.phone }}',
		messageType: 'text',
		text: '=Number {{ $json.n }}',
		options: { sendOnceKey: '={{ $json.key }}', batching: { batch: { batchSize } } },
	};
}

const rowsWith = (...rowKeys: string[]) => rowKeys.map((key, n) => ({ phone: phoneOf(n), n, key }));
const distinct = (count: number) => rowsWith(...Array.from({ length: count }, (_, n) => `key-${n}`));
const locked = () => {
	throw new Error('database is locked');
};

describe('Send Only Once per Key on n8n’s engine', () => {
	let onetalk: Simulator;
	useSimulator((simulator) => (onetalk = simulator));
	beforeEach(() => {
		keys.clear();
		onRecord = onRemove = afterRecord = () => {};
	});

	const sentTo = () => onetalk.messages.map(({ phone }) => phone);

	describe('two rows with the same key', () => {
		it.each([1, 5])('send the second where the first is refused, with %i in flight', async (batchSize) => {
			onetalk.configure({ latencyMs: 20 });
			onetalk.fault({ kind: 'status', status: 403 });
			const { outputs } = await runNode(onetalk, {
				parameters: send(batchSize),
				rows: rowsWith('same', 'same', 'same', 'other'),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(outputs[0].map(({ json }) => [json.success, json.skipped])).toEqual([
				[undefined, undefined],
				[true, undefined],
				[undefined, true],
				[true, undefined],
			]);
			expect(sentTo().sort()).toEqual([phoneOf(1), phoneOf(3)]);
			expect([...keys].sort()).toEqual(['other', 'same']);
		});

		it('keep their order: the second waits until the first is answered', async () => {
			onetalk.configure({ latencyMs: 50 });
			onetalk.fault({ kind: 'status', status: 403 });
			await runNode(onetalk, {
				parameters: send(5),
				rows: rowsWith('same', 'same'),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(onetalk.requests.map(({ body }) => (body as IDataObject).phone)).toEqual([
				phoneOf(0),
				phoneOf(1),
			]);
			expect(onetalk.maxInFlight).toBe(1);
		});

		it('skip the second where nobody knows whether the first was sent', async () => {
			onetalk.fault({ kind: 'resetAfterTaken' });
			const { outputs } = await runNode(onetalk, {
				parameters: send(5),
				rows: rowsWith('same', 'same'),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(outputs[0][1].json).toMatchObject({ skipped: true });
			expect(onetalk.requests).toHaveLength(1);
		});

		it('let the batch end where the first is never tried', async () => {
			onetalk.configure({ latencyMs: 20 });
			onetalk.fault({ kind: 'status', status: 403 });
			// Row 2 waits for row 1 by its recipient, row 3 for row 2 by its key.
			const rows = [
				{ phone: phoneOf(0), n: 0, key: 'a' },
				{ phone: phoneOf(0), n: 1, key: 'same' },
				{ phone: phoneOf(2), n: 2, key: 'same' },
			];
			const { error } = await runNode(onetalk, { parameters: send(5), rows });
			expect(error?.description).toContain('1 failed (row 1), 2 not tried');
			expect([...keys]).toEqual([]);
		});
	});

	describe('where n8n’s key store fails', () => {
		it('reports the rows as they are, and says whose keys stay taken', async () => {
			onetalk.fault({ kind: 'status', status: 403 });
			onRemove = locked;
			const { outputs, error } = await runNode(onetalk, {
				parameters: send(1),
				rows: distinct(3),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(error).toBeUndefined();
			expect(sentTo()).toEqual([phoneOf(1), phoneOf(2)]);
			expect(outputs[0].map(({ json }) => json.success)).toEqual([undefined, true, true]);
			expect(outputs[0][0].json.error).toContain('40301');
			expect(outputs[0][0].json.message).toContain(
				'Its key stays taken, since n8n could not free it (database is locked): to send this row later, give it another key.',
			);
		});

		it('says with Stop whose keys stay taken', async () => {
			onetalk.fault({ kind: 'status', status: 403 });
			onRemove = locked;
			const { error } = await runNode(onetalk, { parameters: send(1), rows: distinct(3) });
			expect(error?.message).toContain('40301');
			expect(error?.description).toContain('0 sent, 1 failed (row 1), 2 not tried.');
			expect(error?.description).toContain(
				'The keys of rows 1, 2, 3 stay taken, since n8n could not free them (database is locked): to send these rows later, give them other keys.',
			);
		});

		it('says nothing where the keys could be freed at the next try', async () => {
			onetalk.fault({ kind: 'status', status: 403 });
			let tries = 0;
			onRemove = () => {
				if (tries++ === 0) locked();
			};
			const { outputs } = await runNode(onetalk, {
				parameters: send(1),
				rows: distinct(60),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(tries).toBe(2);
			expect(keys.size).toBe(59);
			expect(outputs[0][0].json.message).not.toContain('stays taken');
		});

		it('does not send a row whose key could not be recorded, and says so', async () => {
			let tries = 0;
			onRecord = () => {
				if (tries++ === 0) locked();
			};
			const { outputs } = await runNode(onetalk, {
				parameters: send(1),
				rows: distinct(3),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(outputs[0].map(({ json }) => json.success)).toEqual([undefined, true, true]);
			expect(outputs[0][0].json).toMatchObject({
				error: 'Not tried: n8n could not record the key of this row (database is locked)',
				message: expect.stringMatching(/^Nothing was sent for this row\./) as string,
			});
			expect(sentTo()).toEqual([phoneOf(1), phoneOf(2)]);
		});

		it('does not call a key used that it may have recorded itself in a try that failed', async () => {
			let tries = 0;
			afterRecord = () => {
				if (tries++ === 0) locked();
			};
			const { outputs } = await runNode(onetalk, {
				parameters: send(1),
				rows: distinct(2),
				settings: { onError: 'continueRegularOutput' },
			});
			expect(onetalk.requests).toEqual([]);
			expect(outputs[0].map(({ json }) => json.skipped)).toEqual([undefined, undefined]);
			expect(outputs[0][1].json.error).toContain('it is not known whether a message was sent for this key');
		});

		it('stops the node with Stop before the row is sent', async () => {
			onRecord = locked;
			const { error } = await runNode(onetalk, { parameters: send(1), rows: distinct(3) });
			expect(error?.message).toContain('Row 1: Not tried: n8n could not record the key of this row');
			expect(onetalk.requests).toEqual([]);
		});
	});
});
