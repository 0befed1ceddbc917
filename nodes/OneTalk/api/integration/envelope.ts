import type { IDataObject } from 'n8n-workflow';

import { hintFor } from './hints';
import { MAX_TIME_MS } from '../limits';
import { isRecord, noMask, excerpt, type Mask } from '../mask';
import type { Answer, CasePage, Failure, OneTalkCase, OneTalkRequest } from '../types';

/** A raw HTTP answer, whatever its status. */
export interface HttpAnswer {
	statusCode: number;
	headers: IDataObject;
	body: string;
}

const CASE_TIMES = ['createdTime', 'updatedTime'];

const BASE_URL_HINT =
	'Check the base URL in the credential "OneTalk API". If it is right, OneTalk or something between n8n and OneTalk is not working: try again later.';

/**
 * Judges one answer of the Integration API. Success needs proof on three levels, in this order: the HTTP status, the
 * body's own `status` (the API reports failures inside HTTP 200), and the `data` that the request expects.
 * A body that is not the documented envelope is never a success; body status 204 (the vendor's reference: done, `data`
 * empty) needs no more proof.
 *
 * @param mask takes the API key out, before any part of the answer is quoted, and out of the data
 */
export function judge(answer: HttpAnswer, expects: OneTalkRequest['expects'], mask: Mask = noMask): Answer {
	const envelope = parse(answer.body);
	const { statusCode } = answer;
	if (statusCode < 200 || statusCode > 299) return failed(httpFailure(answer, mask(envelope), mask));
	if (!isRecord(envelope) || typeof envelope.status !== 'number') {
		return failed(notTheEnvelope(answer, `it sent ${describe(mask(answer.body))}`));
	}

	const { status } = envelope;
	if (status !== 200 && status !== 204) return failed(bodyFailure(answer, mask(envelope), status));
	const data = status === 204 && isEmpty(envelope.data) ? {} : envelope.data;
	if (!isRecord(data)) return failed(notTheEnvelope(answer, 'it has no "data"'));
	if (data.success === false) return failed(unsuccessful(mask(data)));
	if (status === 204 && Object.keys(data).length === 0) return { ok: true, data };

	const fault = expects === 'cases' ? faultInPage(data) : faultInSuccess(data);
	if (fault !== undefined) return failed(notTheEnvelope(answer, fault));
	const strange = expects === 'cases' ? list(data.cases).findIndex((one) => !isCase(one)) : -1;
	if (strange >= 0) return failed(strangeCase(answer, mask(list(data.cases)[strange]), strange));
	return { ok: true, data: mask(data) };
}

/** Reads the judged `data` of `get_updated_list`. */
export function casePage(data: IDataObject): CasePage {
	return {
		cases: (data.cases ?? []) as OneTalkCase[],
		hasMore: data.hasMore === true,
		lastTimestamp: (data.lastTimestamp as number | null | undefined) ?? 0,
	};
}

function faultInSuccess(data: IDataObject): string | undefined {
	return data.success === true ? undefined : 'it does not say "success"';
}

function faultInPage({ cases, hasMore, lastTimestamp }: IDataObject): string | undefined {
	if (cases === undefined || (cases !== null && !Array.isArray(cases))) return 'it holds no list of cases';
	if (!isAbsent(hasMore) && typeof hasMore !== 'boolean') return '"hasMore" is not true or false';
	if (!isAbsent(lastTimestamp) && !isTime(lastTimestamp))
		return '"lastTimestamp" is not a time in milliseconds';
	return undefined;
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body.replace(/^\uFEFF/u, '')) as unknown;
	} catch {
		return undefined;
	}
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function isEmpty(value: unknown): boolean {
	return isAbsent(value) || (Array.isArray(value) && value.length === 0);
}

function isAbsent(value: unknown): value is null | undefined {
	return value === undefined || value === null;
}

function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < MAX_TIME_MS;
}

/** What has no ID or no time cannot be followed, and what cannot be followed must not be passed over. */
function isCase(value: unknown): value is OneTalkCase {
	return hasId(value) && CASE_TIMES.every((name) => isAbsent(value[name]) || isTime(value[name]));
}

function hasId(value: unknown): value is IDataObject & { id: string } {
	return isRecord(value) && typeof value.id === 'string' && value.id !== '';
}

function failed(failure: Failure): { ok: false; failure: Failure } {
	return { ok: false, failure };
}

/** Only a status that says "no" proves that nothing was done. */
function kindOf(status: number): Pick<Failure, 'kind' | 'lasting'> {
	if (status === 429) return { kind: 'busy' };
	const refused = status >= 400 && status < 500 && status !== 408;
	return refused ? { kind: 'refused', lasting: true } : { kind: 'broken' };
}

function bodyFailure(answer: HttpAnswer, envelope: unknown, status: number): Failure {
	const error = isRecord(envelope) && isRecord(envelope.error) ? envelope.error : {};
	const code = excerpt(typeof error.code === 'number' ? String(error.code) : error.code) || undefined;
	const field = excerpt(error.field) || undefined;
	const text = excerpt(error.message) || `OneTalk answered with status ${status}`;
	return {
		...kindOf(status),
		message: text,
		hint: hintFor({ status, code, field }),
		code: code ?? String(status),
		field,
		httpStatus: answer.statusCode,
		retryAfterMs: retryAfterMs(answer.headers),
	};
}

function httpFailure(answer: HttpAnswer, envelope: unknown, mask: Mask): Failure {
	const status = answer.statusCode;
	if (isRecord(envelope) && isRecord(envelope.error) && excerpt(envelope.error.message) !== '') {
		return bodyFailure(answer, envelope, status);
	}
	const redirected = status >= 300 && status < 400;
	return {
		...(redirected ? { kind: 'broken', lasting: true } : kindOf(status)),
		message: redirected
			? `The base URL leads to another address (HTTP ${status})`
			: `OneTalk answered HTTP ${status} and ${describe(mask(answer.body))}`,
		hint: redirected || status === 404 ? BASE_URL_HINT : hintFor({ status }),
		code: `HTTP ${status}`,
		httpStatus: status,
		retryAfterMs: retryAfterMs(answer.headers),
	};
}

/** `success: false` inside status 200: `message` explains, `reason` may name the cause (vendor's reference). */
function unsuccessful(data: IDataObject): Failure {
	const reason = excerpt(data.reason) || undefined;
	return {
		kind: 'refused',
		lasting: true,
		message: excerpt(data.message) || 'OneTalk did not accept it and gave no explanation',
		hint: hintFor({ status: 200, code: reason }),
		code: reason,
		httpStatus: 200,
	};
}

function notTheEnvelope(answer: HttpAnswer, what: string): Failure {
	return {
		kind: 'broken',
		message: `The answer is not one that OneTalk gives: ${what}`,
		hint: BASE_URL_HINT,
		httpStatus: answer.statusCode,
	};
}

function strangeCase(answer: HttpAnswer, strange: unknown, index: number): Failure {
	const what = hasId(strange)
		? `the case "${excerpt(strange.id)}" has a time that is not in milliseconds`
		: `case ${index + 1} of the list has no ID`;
	return {
		kind: 'broken',
		message: `OneTalk sent a case in another form than its documentation says: ${what}`,
		hint: 'Show this message to the support of TapTalk.io. Until that case comes as documented, its list cannot be read.',
		httpStatus: answer.statusCode,
	};
}

function describe(body: string): string {
	const text = excerpt(body.slice(0, 80));
	if (text === '') return 'an empty body';
	return text.startsWith('<') ? 'a web page' : `"${text}"`;
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110); in ms, or undefined where it says nothing usable. */
function retryAfterMs(headers: IDataObject): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	const date = /^[A-Z][a-z]{2,}, /.test(value) ? Date.parse(value) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
