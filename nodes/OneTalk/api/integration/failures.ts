/** What each kind of bad answer of the Integration API means, as a failure with a next step. */

import type { IDataObject } from 'n8n-workflow';

import { isRedirect, kindOf } from '../httpStatus';
import { retryAfterMs } from '../retryAfter';
import type { Access, HttpAnswer } from '../service';
import { describeBody, excerpt, isRecord } from '../text';
import type { Failure } from '../types';
import { concernsEveryRow } from './everyRow';
import { baseUrlHint, hintFor } from './hints';

/** A failure as the envelope tells it: `status` and `error` with code, message and field. */
export function bodyFailure(answer: HttpAnswer, envelope: unknown, status: number, access: Access): Failure {
	const error = isRecord(envelope) && isRecord(envelope.error) ? envelope.error : {};
	const code = excerpt(typeof error.code === 'number' ? String(error.code) : error.code) || undefined;
	const field = excerpt(error.field) || undefined;
	const text = excerpt(error.message) || `OneTalk answered with status ${status}`;
	return {
		...kindOf(status),
		...(concernsEveryRow({ status, code }) ? { everyRow: true } : {}),
		message: text,
		hint: hintFor({ status, code, field }, access.credentialName),
		code: code ?? String(status),
		field,
		httpStatus: answer.statusCode,
		retryAfterMs: retryAfterMs(answer.headers),
	};
}

/** An HTTP status other than 2xx. Where the body is the documented envelope all the same, its `error` counts. */
export function httpFailure(answer: HttpAnswer, envelope: unknown, access: Access): Failure {
	const status = answer.statusCode;
	if (isRecord(envelope) && isRecord(envelope.error) && excerpt(envelope.error.message) !== '') {
		return bodyFailure(answer, envelope, status, access);
	}
	const redirected = isRedirect(status);
	return {
		...kindOf(status),
		...(redirected || concernsEveryRow({ status }) ? { everyRow: true } : {}),
		message: redirected
			? `The base URL leads to another address (HTTP ${status})`
			: `OneTalk answered HTTP ${status} and ${describeBody(access.mask(answer.body))}`,
		hint:
			redirected || status === 404
				? baseUrlHint(access.credentialName)
				: hintFor({ status }, access.credentialName),
		code: `HTTP ${status}`,
		httpStatus: status,
		retryAfterMs: retryAfterMs(answer.headers),
	};
}

/** `success: false` inside status 200: `message` explains, `reason` may name the cause (vendor's reference). */
export function unsuccessful(data: IDataObject, access: Access): Failure {
	const reason = excerpt(data.reason) || undefined;
	return {
		kind: 'refused',
		lasting: true,
		message: excerpt(data.message) || 'OneTalk did not accept it and gave no explanation',
		hint: hintFor({ status: 200, code: reason }, access.credentialName),
		code: reason,
		httpStatus: 200,
	};
}

/** An answer that is not the documented envelope: nobody knows what became of the request. */
export function notTheEnvelope(answer: HttpAnswer, what: string, access: Access): Failure {
	return {
		kind: 'broken',
		message: `The answer is not one that OneTalk gives: ${what}`,
		hint: baseUrlHint(access.credentialName),
		httpStatus: answer.statusCode,
	};
}

/** A case in another form than documented, named by its ID or its place in the list. */
export function undocumentedCase(answer: HttpAnswer, record: unknown, index: number): Failure {
	const what = hasCaseId(record)
		? `the case "${excerpt(record.id)}" has a time that is not in milliseconds`
		: `case ${index + 1} of the list has no ID`;
	return {
		kind: 'broken',
		message: `OneTalk sent a case in another form than its documentation says: ${what}`,
		hint: 'Show this message to the support of TapTalk.io. Until that case comes as documented, its list cannot be read.',
		httpStatus: answer.statusCode,
	};
}

/** Whether a record of a list has a case ID. */
export function hasCaseId(value: unknown): value is IDataObject & { id: string } {
	return isRecord(value) && typeof value.id === 'string' && value.id !== '';
}
