/** Servers on the virtual clock with a limit that their client does not know: by rate, or by getting slower. */

import type { IDataObject } from 'n8n-workflow';

import type { Answer, OneTalkRequest } from '../../nodes/OneTalk/api/types';
import { runJobs } from '../../nodes/OneTalk/batch/runJobs';
import { VirtualClock } from './virtualClock.cts';

/** What a server can take. */
export interface Load {
	/** Its response time without load, in ms; each response takes up to a fifth more or less. */
	latencyMs: number;
	/** Requests per second that it takes on average; 429 for the others. */
	rate?: number;
	/** How many requests it takes at once after a rest. */
	burst?: number;
	/** How many requests it works on at once without getting slower. */
	capacity?: number;
	/** How much slower it gets beyond that: 1 keeps its throughput, more loses some. */
	exponent?: number;
	/** After so many requests it takes three times as long for good. */
	slowsDownAfter?: number;
	/** Until then it answers 429, in ms. */
	busyUntilMs?: number;
}

/** What came of a batch. */
export interface LoadedRun {
	seconds: number;
	/** Sent rows per second. */
	throughput: number;
	/** The part of the requests that was answered 429. */
	busyShare: number;
	mostInFlight: number;
	done: number;
	/** Whether two requests to one recipient overlapped. */
	overlapped: boolean;
}

const operation = {
	repeatable: false,
	lane: ({ body }: OneTalkRequest) => String(body?.phone),
	rows: (pages: IDataObject[]) => pages,
};

/** Sends rows to a server, with so many requests in flight, or as the batch finds by itself. */
export async function runLoaded(
	load: Load,
	rows: number,
	batchSize?: number,
	recipients = rows,
): Promise<LoadedRun> {
	const clock = new VirtualClock();
	const {
		latencyMs,
		rate = Infinity,
		burst = 1,
		capacity = Infinity,
		exponent = 1,
		slowsDownAfter = Infinity,
		busyUntilMs = 0,
	} = load;
	const open = new Set<string>();
	let tokens = burst;
	let refilledAt = 0;
	let requests = 0;
	let busy = 0;
	let inFlight = 0;
	let mostInFlight = 0;
	let overlapped = false;
	const isTaken = () => {
		if (clock.now() < busyUntilMs) return false;
		if (rate === Infinity) return true;
		tokens = Math.min(burst, tokens + ((clock.now() - refilledAt) / 1000) * rate);
		refilledAt = clock.now();
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
	const client = async ({ body }: OneTalkRequest): Promise<Answer> => {
		const phone = String(body?.phone);
		overlapped ||= open.has(phone);
		open.add(phone);
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		const variation = 0.8 + ((requests++ * 7919) % 1000) / 2500;
		const taken = isTaken();
		const slowdown = Math.max(1, inFlight / capacity) ** exponent;
		await clock.sleep(latencyMs * variation * slowdown * (requests > slowsDownAfter ? 3 : 1));
		inFlight--;
		open.delete(phone);
		if (taken) return { ok: true, data: {} };
		busy++;
		return { ok: false, failure: { kind: 'busy', message: 'm', hint: 'h', httpStatus: 429 } };
	};
	const { outcomes } = await clock.run(
		runJobs(
			operation,
			Array.from({ length: rows }, (_, item) => ({
				item,
				request: { method: 'POST' as const, path: '/send', body: { phone: item % recipients } },
			})),
			{ batching: { batchSize, batchInterval: 0 }, continueOnFail: true },
			{ clock, client },
		),
	);
	const done = outcomes.filter((outcome) => outcome?.status === 'done').length;
	return {
		seconds: clock.now() / 1000,
		throughput: done / (clock.now() / 1000),
		busyShare: busy / requests,
		mostInFlight,
		done,
		overlapped,
	};
}
