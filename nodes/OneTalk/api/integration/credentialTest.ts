import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { casesSince } from './cases';
import { asHttpAnswer, httpOptions } from '../client';
import { judge } from './envelope';
import { networkFailure } from '../network';
import { maskOf, withCode } from '../mask';
import type { Answer, Failure } from '../types';

/** Done, but without the list that was asked for: tolerated for a poll, no proof that the key is right. */
const NO_CASES: Failure = {
	kind: 'broken',
	message: 'The answer holds no list of cases',
	hint: 'Check the base URL.',
};

/**
 * Tests a credential with a free read, judged like every other answer: OneTalk answers a bad key with HTTP 200, which a
 * test by status code would let pass, and n8n's rules for bodies cannot say "must be".
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { apiKey, baseUrl } = (credential.data ?? {}) as { apiKey?: string; baseUrl?: string };
	const secret = String(apiKey ?? '').trim();
	const mask = maskOf(secret);
	const request = casesSince(Date.now(), 1);
	const { helpers } = this;

	let answer: Answer;
	try {
		const options = httpOptions(request, baseUrl);
		// The only request helper that n8n gives to a credential test is the older one, with its own option names.
		const response: unknown = await helpers.request({
			...options,
			headers: { ...options.headers, 'API-Key': secret },
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			followAllRedirects: false,
		});
		answer = judge(asHttpAnswer(response), request.expects, mask);
	} catch (error) {
		answer = { ok: false, failure: networkFailure(error, mask) };
	}
	if (answer.ok && 'cases' in answer.data) return { status: 'OK', message: 'Connected to OneTalk' };
	const failure = answer.ok ? NO_CASES : answer.failure;
	return { status: 'Error', message: `${withCode(failure)}. ${failure.hint}` };
}
