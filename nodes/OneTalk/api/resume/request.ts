/** Hands an answer to the execution that waits for it, through n8n's own URL. */

import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { asHttpAnswer } from '../client';
import { isSuccess } from '../httpStatus';
import type { HttpAnswer } from '../service';
import { isRecord } from '../text';

/**
 * How long n8n may take to answer, in ms. It answers once it has stored that the execution continues; meanwhile OneTalk waits, which
 * delivers a customer's messages one after the other.
 */
export const RESUME_TIMEOUT_MS = 10_000;

/** How n8n answers for an execution that runs: it has gone on, or has sent the buttons and is about to wait. */
const STILL_RUNNING = 409;

/** When it is asked again, in ms: an execution that is about to wait does so by then. */
const SECOND_TRY_AFTER_MS = 1_000;

/** What the node that waits answers to such a request, so that n8n's page for answers that come too late is no success. */
export const RESUMED: IDataObject = { resumed: true };

/** How the node that waits tells such a request from a person's: a browser asks for a page. */
export const RESUME_ACCEPTS = 'application/json';

/**
 * What came of it:
 * - `resumed`: the execution continues
 * - `gone`: no execution waits for this answer (any more), or this n8n has not signed it
 * - `failed`: n8n cannot be reached, or cannot do it now
 */
export interface Resumption {
	outcome: 'resumed' | 'gone' | 'failed';
	/** What n8n answered. */
	reason: string;
}

/**
 * Posts to the signed path. n8n checks the signature, and what was answered is part of what was signed. The body is empty, since it
 * could only hold what a customer can choose.
 *
 * @param path from `signedPathIn`; the address before it is n8n's own
 */
export async function requestResume(context: IWebhookFunctions, path: string): Promise<Resumption> {
	const url = `${waitingBaseUrl(context)}/${path}`;
	try {
		let answer = await post(context, url);
		if (answer.statusCode === STILL_RUNNING) {
			await sleep(SECOND_TRY_AFTER_MS);
			answer = await post(context, url);
		}
		return judge(answer);
	} catch (error) {
		return { outcome: 'failed', reason: reasonOf(error) };
	}
}

async function post(context: IWebhookFunctions, url: string): Promise<HttpAnswer> {
	return asHttpAnswer(
		await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { Accept: RESUME_ACCEPTS },
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: RESUME_TIMEOUT_MS,
		}),
	);
}

function judge({ statusCode, body }: HttpAnswer): Resumption {
	const reason = `n8n answered with HTTP status ${statusCode}`;
	if (isSuccess(statusCode) && saysResumed(body)) return { outcome: 'resumed', reason };
	const isForNow = statusCode >= 500 || statusCode === 429 || statusCode === 408 || statusCode === 0;
	return { outcome: isForNow ? 'failed' : 'gone', reason };
}

/** The address of executions that wait, e.g. `https://n8n.example.com/webhook-waiting`. In a trigger, n8n has no execution to name. */
function waitingBaseUrl(context: IWebhookFunctions): string {
	const { origin, pathname } = new URL(String(context.evaluateExpression('{{ $execution.resumeUrl }}')));
	return origin + pathname.slice(0, pathname.lastIndexOf('/'));
}

function saysResumed(body: string): boolean {
	try {
		const answer = JSON.parse(body) as unknown;
		return isRecord(answer) && answer.resumed === true;
	} catch {
		return false;
	}
}

/** n8n's protection against requests to its own network (SSRF) also stops a request to n8n itself on a private address. */
function reasonOf(error: unknown): string {
	const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
	if (!name.startsWith('SsrfBlocked')) return message;
	return `${message}: add the host of n8n's webhook URL to N8N_SSRF_ALLOWED_HOSTNAMES, or its address to N8N_SSRF_ALLOWED_IP_RANGES`;
}
