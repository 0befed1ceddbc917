import { sleep } from 'n8n-workflow';

import type { Client } from '../api/client';
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, MOST_REPEATS, PATIENCE_MS } from '../api/limits';
import type { Answer, Failure, OneTalkRequest } from '../api/types';

/**
 * Makes a request, and makes it again where that cannot do harm: OneTalk provably did not take it (429, no connection),
 * or the call has the same effect if repeated. A send whose fate is not known is never repeated.
 */
export async function askPatiently(
	client: Client,
	request: OneTalkRequest,
	{ repeatable, signal }: { repeatable: boolean; signal?: AbortSignal },
): Promise<Answer> {
	const started = Date.now();
	for (let repeats = 0; ; repeats++) {
		const answer = await client(request);
		if (answer.ok || repeats === MOST_REPEATS || !mayRepeat(answer.failure, repeatable)) return answer;
		const wait = waitMs(answer.failure, repeats);
		if (wait > LONGEST_WAIT_MS || Date.now() - started + wait > PATIENCE_MS) return answer;
		try {
			await sleep(wait, signal);
		} catch {
			return answer;
		}
	}
}

/** What can pass by itself of all that keeps a connection from standing; a wrong address or certificate stays wrong. */
const PASSING = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT']);

function mayRepeat({ kind, code, httpStatus }: Failure, repeatable: boolean): boolean {
	if (kind === 'busy') return true;
	if (kind === 'unreachable') return PASSING.has(code ?? '');
	// A time-out has cost all the time there is, and an answer in the wrong shape will be the same again.
	const passing = httpStatus === undefined ? code !== 'ECONNABORTED' : code !== undefined;
	return repeatable && kind === 'broken' && passing;
}

/** What the server asks for, else exponential; with up to a quarter more so that many do not return at once. */
function waitMs({ retryAfterMs }: Failure, repeats: number): number {
	const wait = retryAfterMs ?? FIRST_WAIT_MS * 2 ** repeats;
	return wait * (1 + Math.random() / 4);
}
