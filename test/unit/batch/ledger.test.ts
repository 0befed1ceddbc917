/** What a second run of the node in the same execution knows of the first. */

import { ledgerIn, type LedgerStore } from '../../../nodes/OneTalk/batch/ledger';
import type { Answer, FailureKind, OneTalkRequest } from '../../../nodes/OneTalk/api/types';

const request = (text = 'Hello'): OneTalkRequest => ({
	method: 'POST',
	path: '/inbox/send_message_whatsapp',
	body: { phone: '6281212345678', body: text },
	expects: 'success',
});
const taken: Answer = { ok: true, data: { success: true, caseID: 'A1' } };
const failing = (kind: FailureKind): Answer => ({ ok: false, failure: { kind, message: 'm', hint: 'h' } });

/** What n8n saves with the execution and passes to the next run, on any machine. */
const saved = (store: LedgerStore) => JSON.parse(JSON.stringify(store)) as LedgerStore;

describe('what a second run of the node finds', () => {
	it.each<[string, Answer, Answer | undefined]>([
		['the answer of a message that was taken', taken, taken],
		['that nobody knows whether it was', failing('broken'), failing('broken')],
		['nothing of one that was refused', failing('refused'), undefined],
		['nothing of one that was asked to slow down', failing('busy'), undefined],
		['nothing of one that never reached OneTalk', failing('unreachable'), undefined],
	])('%s', (_sentence, answer, found) => {
		const store: LedgerStore = {};
		const ledger = ledgerIn(store, '0', 'oneTalkApi');
		ledger.begin(3, request());
		ledger.settle(3, answer);
		expect(ledgerIn(saved(store), '0', 'oneTalkApi').recall(3, request())).toEqual(found);
	});

	it('an unknown outcome, if the first run ended between request and answer', () => {
		const store: LedgerStore = {};
		ledgerIn(store, '0', 'oneTalkApi').begin(3, request());
		expect(ledgerIn(saved(store), '0', 'oneTalkApi').recall(3, request())).toMatchObject({
			failure: { kind: 'broken' },
		});
	});

	it('nothing for another row, a changed row, or another loop iteration', () => {
		const store: LedgerStore = {};
		const ledger = ledgerIn(store, '0', 'oneTalkApi');
		ledger.begin(3, request());
		ledger.settle(3, taken);
		expect(ledger.recall(4, request())).toBeUndefined();
		expect(ledger.recall(3, request('Changed'))).toBeUndefined();
		expect(ledgerIn(store, '1', 'oneTalkApi').recall(3, request())).toBeUndefined();
	});

	it('a message whose link is another one, since what it says is the same', () => {
		const ask = (body: string): OneTalkRequest => ({ ...request(body), identity: { text: 'Fine?' } });
		const store: LedgerStore = {};
		const ledger = ledgerIn(store, '0', 'oneTalkApi');
		ledger.begin(0, ask('Fine? http://localhost/1'));
		ledger.settle(0, taken);
		expect(ledger.recall(0, ask('Fine? http://localhost/2'))).toEqual(taken);
		ledger.forget(0, ask('Fine? http://localhost/2'));
		expect(ledger.recall(0, ask('Fine? http://localhost/1'))).toBeUndefined();
	});

	it('nothing after a run that n8n cannot repeat', () => {
		const store: LedgerStore = {};
		const ledger = ledgerIn(store, '0', 'oneTalkApi');
		ledger.begin(3, request());
		ledger.settle(3, taken);
		ledger.close();
		expect(saved(store)).toEqual({ oneTalkLedger: {} });
	});
});
