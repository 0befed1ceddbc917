/** A failing poll as n8n shows it. */

import { NodeApiError, NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { withCode } from '../../api/withCode';
import type { Failure } from '../../api/types';

/** The answer was a failure. */
export class PollFailure extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

type Declared = NonNullable<NodeApiError['failure']>;

/** OneTalk's code for a reached monthly limit (vendor's reference). */
const LIMIT_REACHED = '49903';

/**
 * A failing poll as n8n shows it. It declares its cause, from which n8n decides when to poll again; older n8n ignores it.
 */
export function asNodeError(context: IPollFunctions, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	if (!(error instanceof PollFailure)) {
		const { message } = error as { message?: string };
		return new NodeOperationError(context.getNode(), message ?? String(error));
	}
	const { failure } = error;
	const message = withCode(failure);
	const httpCode = failure.httpStatus === undefined ? undefined : String(failure.httpStatus);
	const declared = causeOf(failure);
	return new NodeApiError(
		context.getNode(),
		{ message },
		{ message, description: failure.hint, httpCode, failure: declared },
	);
}

/**
 * Why a poll failed, in n8n's words. A failure that only a person can fix is never called temporary, and a temporary one is
 * never called one that a person has to fix.
 */
export function causeOf(failure: Failure): Declared {
	const { kind, code, lasting, retryAfterMs, httpStatus = 0 } = failure;
	if (code === LIMIT_REACHED) return { cause: 'quota-exhausted', retryAfterMs };
	if (kind === 'busy') return { cause: 'rate-limited', retryAfterMs };
	if (!lasting) return { cause: 'temporarily-unavailable', retryAfterMs };
	const keyIsWrong = code === '40001' || code?.startsWith('491') || httpStatus === 401 || httpStatus === 491;
	return { cause: keyIsWrong ? 'credential-invalid' : 'configuration-invalid' };
}
