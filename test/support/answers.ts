/** Documented answers of OneTalk, and how `judge` reads an answer. */

import { judge } from '../../nodes/OneTalk/api/integration/envelope';
import type { Answer, Failure } from '../../nodes/OneTalk/api/types';
import { noMask } from '../../nodes/OneTalk/api/mask';

const NO_SECRET = { mask: noMask, credentialName: 'OneTalk API', urlLabel: 'base URL' };

export const SENT = { success: true, message: 'The message has been added to queue', caseID: '96212160DF' };
export const NO_ERROR = { code: '', message: '', field: '' };
export const CASE = { id: '00C49D438C', createdTime: 1587352928385, updatedTime: 1640367746510 };
export const CASES = { cases: [CASE], hasMore: false, lastTimestamp: 1640367746510 };

/** How an answer arrives, and what was expected of it. */
interface Reply {
	http?: number;
	headers?: Record<string, string>;
	expects?: 'success' | 'cases';
}

/** The judgement of an answer, by default to a call that expects `success: true`. A body that is not a string is sent as JSON. */
export function judged(body: unknown, { http = 200, headers = {}, expects = 'success' }: Reply = {}): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return judge({ statusCode: http, headers, body: text }, expects, NO_SECRET);
}

/** The failure of an answer; throws if it is a success. */
export function failure(answer: Answer): Failure {
	if (answer.ok) throw new Error(`Taken for a success: ${JSON.stringify(answer.data)}`);
	return answer.failure;
}
