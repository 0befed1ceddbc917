/** Makes one request, and makes it again where that can do no harm. */

import type { Client } from '../api/client';
import { FIRST_WAIT_MS, MAX_RETRY_TIME_MS, MAX_WAIT_MS } from '../api/limits';
import type { Answer, Failure, OneTalkRequest } from '../api/types';
import type { Clock } from './clock';
import type { OutageWatch } from './outage';
import type { Pace } from './pace';
import type { Speed } from './speed';

/** What a request is made with. */
export interface RetryDeps {
	client: Client;
	clock: Clock;
	pace: Pace;
	outage: OutageWatch;
	speed: Pick<Speed, 'note'>;
	/** Whether the same request twice has the same effect as once. */
	repeatable: boolean;
	/** Called right before the request goes out, each time. */
	begin(): void;
}

/**
 * Makes a request, and makes it again where OneTalk provably did not take it (429, no connection), or where the call has
 * the same effect if repeated. A send of unknown outcome is never repeated.
 *
 * @returns undefined where the batch was stopped before the first try
 */
export async function requestWithRetries(
	request: OneTalkRequest,
	{ client, clock, pace, outage, speed, repeatable, begin }: RetryDeps,
): Promise<Answer | undefined> {
	let answer: Answer | undefined;
	let started: number | undefined;
	for (let repeats = 0; await pace.next(); repeats++) {
		const startedAt = clock.now();
		started ??= startedAt;
		begin();
		answer = await client(request);
		outage.note(answer);
		speed.note(answer, startedAt);
		if (answer.ok || repeats >= outage.maxRepeats() || !mayRepeat(answer.failure, repeatable)) return answer;
		const least = leastWaitMs(answer.failure, repeats);
		if (least > MAX_WAIT_MS) return answer;
		const wait = withJitter(least);
		if (clock.now() - started + wait > MAX_RETRY_TIME_MS) return answer;
		pace.holdBack(wait);
	}
	return answer;
}

function mayRepeat({ kind, lasting, code, httpStatus }: Failure, repeatable: boolean): boolean {
	if (lasting) return false;
	if (kind === 'busy' || kind === 'unreachable') return true;
	// An answer in the wrong shape has a status but no code, and will be the same again.
	return repeatable && kind === 'broken' && (httpStatus === undefined || code !== undefined);
}

/** What the server asks for, else exponential; in ms. */
function leastWaitMs({ retryAfterMs }: Failure, repeats: number): number {
	return retryAfterMs ?? FIRST_WAIT_MS * 2 ** repeats;
}

/** Up to a quarter more, so that many batches do not return at once. */
function withJitter(ms: number): number {
	return Math.round(ms * (1 + Math.random() / 4));
}
