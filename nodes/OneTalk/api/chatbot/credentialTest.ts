/** The test behind the Test button of the credential "OneTalk Chatbot API". */

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { asHttpAnswer, testOptions } from '../client';
import { maskOf } from '../mask';
import { networkFailure } from '../network';
import type { HttpAnswer } from '../service';
import { describeBody } from '../text';
import { hintFor } from './hints';
import { chatbot } from './service';

/** OneTalk documents this answer to a request without a case ID: `case id is required`. */
const ABOUT_THE_CASE = /\bcase[ _-]?id\b/iu;

const UNDECIDED = 'It could not be decided whether the key is right';

/**
 * Tests a credential with a request that has neither a case nor an event, so that it can change nothing: a wrong key is
 * answered with 401, a right one with 400 about the missing case ID. Which of the two OneTalk looks at first is not
 * documented.
 */
export async function testChatbotCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const credentials = (credential.data ?? {}) as IDataObject;
	const secret = chatbot.secretOf(credentials);
	const { label, urlLabel } = chatbot;
	const access = { mask: maskOf(secret), credentialName: credential.name || label, urlLabel };
	const fault = chatbot.faultIn?.(credentials, access);
	if (fault !== undefined) return failed(`${fault.message}. ${fault.hint}`);
	if (secret === '') return failed('The secret key is empty.');
	const { helpers } = this;

	let answer: HttpAnswer;
	try {
		const request = { method: 'POST' as const, path: '', body: {} };
		const url = chatbot.urlOf(credentials, request.path);
		answer = asHttpAnswer(await helpers.request(testOptions(request, url, { 'Secret-Key': secret })));
	} catch (error) {
		const { message, hint } = networkFailure(error, access);
		return failed(`${UNDECIDED}: ${message}. ${hint}`);
	}

	const { statusCode } = answer;
	const body = access.mask(answer.body);
	const came = `OneTalk answered ${describeBody(body)} (HTTP ${statusCode})`;
	const hint = hintFor(statusCode, '', access);
	if (statusCode === 401) return failed(`The secret key is wrong: ${came}. ${hint}`);
	if (statusCode === 400 && ABOUT_THE_CASE.test(body))
		return { status: 'OK', message: 'OneTalk answered as it does for a right key' };
	return failed(`${UNDECIDED}: ${came}. ${hint}`);
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
