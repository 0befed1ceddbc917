/** Judges the answers to a custom chatbot: plain text with real HTTP codes, unlike those of the Integration API. */

import { isRedirect, isSuccess, kindOf } from '../httpStatus';
import { retryAfterMs } from '../retryAfter';
import type { Access, HttpAnswer } from '../service';
import { describeBody } from '../text';
import type { Answer, Failure } from '../types';
import { hintFor, urlHint } from './hints';

const MAX_QUOTED = 300;

/**
 * Judges one answer. Only a 2xx whose body is exactly `ok` proves that the request was done. 4xx (but 408 and 429) proves that
 * it was not; 429 that it was not taken. Whatever else comes, nobody knows.
 */
export function judge(answer: HttpAnswer, access: Access): Answer {
	const { statusCode: status, headers } = answer;
	const done = isSuccess(status);
	if (done && isOk(answer)) return { ok: true, data: { success: true } };

	const body = access.mask(answer.body);
	const text = describeBody(body, MAX_QUOTED);
	const base = { httpStatus: status, retryAfterMs: retryAfterMs(headers) };
	if (done) {
		const message = `The answer is not the "ok" that OneTalk gives: it sent ${text} (HTTP ${status})`;
		return failed({ ...base, kind: 'broken', message, hint: urlHint(access) });
	}
	const redirected = isRedirect(status);
	return failed({
		...base,
		...kindOf(status),
		// A wrong key, or an address that leads elsewhere: every row of a batch would get the same.
		...(status === 401 || redirected ? { everyRow: true as const } : {}),
		message: redirected
			? `The ${access.urlLabel} leads to another address (HTTP ${status})`
			: `OneTalk answered ${text} (HTTP ${status})`,
		hint: redirected ? urlHint(access) : hintFor(status, body, access),
		code: `HTTP ${status}`,
	});
}

function isOk({ body }: HttpAnswer): boolean {
	return body.trim().toLowerCase() === 'ok';
}

function failed(failure: Failure): Answer {
	return { ok: false, failure };
}
