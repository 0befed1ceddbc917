/** The test behind the Test button of the credential "OneTalk API". */

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { asHttpAnswer, testOptions } from '../client';
import { maskOf } from '../mask';
import { networkFailure } from '../network';
import type { Answer, Failure } from '../types';
import { withCode } from '../withCode';
import { casesSince } from './cases';
import { integration } from './service';

/** A success without the list that was asked for: tolerated for a poll, but no proof that the key is right. */
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
	const credentials = credential.data ?? {};
	const secret = integration.secretOf(credentials as IDataObject);
	const { label, urlLabel } = integration;
	const access = { mask: maskOf(secret), credentialName: credential.name || label, urlLabel };
	const request = casesSince(Date.now(), 1);
	const { helpers } = this;

	let answer: Answer;
	try {
		const url = integration.urlOf(credentials as IDataObject, request.path);
		const response: unknown = await helpers.request(testOptions(request, url, { 'API-Key': secret }));
		answer = integration.judge(asHttpAnswer(response), request, access);
	} catch (error) {
		answer = { ok: false, failure: networkFailure(error, access) };
	}
	if (answer.ok && 'cases' in answer.data) return { status: 'OK', message: 'Connected to OneTalk' };
	const failure = answer.ok ? NO_CASES : answer.failure;
	return { status: 'Error', message: `${withCode(failure)}. ${failure.hint}` };
}
