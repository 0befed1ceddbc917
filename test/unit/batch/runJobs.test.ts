/** Which requests are repeated, and how often. */

import type { IDataObject } from 'n8n-workflow';

import { runJobs } from '../../../nodes/OneTalk/batch/runJobs';
import type { Answer, Failure, OneTalkRequest } from '../../../nodes/OneTalk/api/types';

const request: OneTalkRequest = { method: 'POST', path: '/inbox/send_message_whatsapp', expects: 'success' };
const done: Answer = { ok: true, data: { success: true } };

/** A failure after which the request may be repeated without waiting, so that the test does not wait. */
function failing(failure: Partial<Failure>): Answer {
	return { ok: false, failure: { kind: 'broken', message: 'm', hint: 'h', retryAfterMs: 0, ...failure } };
}

/** Sends to a server that answers once like this, then with success. Returns the number of requests, and whether the job succeeded. */
async function asked(first: Answer[], repeatable: boolean) {
	let requests = 0;
	const operation = { repeatable, lane: () => undefined, rows: (pages: IDataObject[]) => pages };
	const {
		outcomes: [outcome],
	} = await runJobs(
		operation,
		[{ item: 0, request }],
		{ batching: { batchSize: 1, batchInterval: 0 }, continueOnFail: true },
		{
			client: async () => first[requests++] ?? done,
			clock: { now: () => 0, sleep: async () => {} },
		},
	);
	return { requests, ok: outcome?.status === 'done' };
}

describe('a send', () => {
	it.each<[string, Answer, number]>([
		['that OneTalk took is made once', done, 1],
		['that OneTalk refused is made once', failing({ kind: 'refused', code: '40002', httpStatus: 200 }), 1],
		[
			'that was asked to slow down is made again',
			failing({ kind: 'busy', code: '42900', httpStatus: 200 }),
			2,
		],
		['that never reached OneTalk is made again', failing({ kind: 'unreachable', code: 'ECONNREFUSED' }), 2],
		['that got no answer in time is made once', failing({ code: 'ECONNABORTED' }), 1],
		['whose connection broke is made once', failing({ code: 'ECONNRESET' }), 1],
		['that met a server fault is made once', failing({ code: '50001', httpStatus: 500 }), 1],
		['that got an unreadable answer is made once', failing({ httpStatus: 200 }), 1],
	])('%s', async (_sentence, answer, requests) => {
		expect(await asked([answer], false)).toMatchObject({ requests });
	});
});

describe('a call that may be repeated', () => {
	it.each<[string, Answer, number]>([
		['is made again after a broken connection', failing({ code: 'ECONNRESET' }), 2],
		['is made again after a server fault', failing({ code: '50001', httpStatus: 500 }), 2],
		['is made again when asked to slow down', failing({ kind: 'busy', httpStatus: 429 }), 2],
		['is made again after a time-out', failing({ code: 'ECONNABORTED' }), 2],
		['is not made again for an answer in the wrong shape', failing({ httpStatus: 200 }), 1],
		['is not made again when refused', failing({ kind: 'refused', code: '40002', httpStatus: 200 }), 1],
	])('%s', async (_sentence, answer, requests) => {
		expect(await asked([answer], true)).toMatchObject({ requests });
	});
});

it('gives up after three repeats', async () => {
	const busy = failing({ kind: 'busy', httpStatus: 429 });
	expect(await asked([busy, busy, busy, busy, busy, busy], false)).toEqual({ requests: 4, ok: false });
});

it('does not wait if the server asks for more than half a minute', async () => {
	const busy = failing({ kind: 'busy', httpStatus: 429, retryAfterMs: 60_000 });
	expect(await asked([busy], false)).toEqual({ requests: 1, ok: false });
});
