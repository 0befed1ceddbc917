/** Judges the answers of the Integration API: what proves a success, and what does not. */

import type { IDataObject } from 'n8n-workflow';

import { MAX_TIME_MS } from '../limits';
import type { Access, HttpAnswer } from '../service';
import { describeBody, isRecord } from '../text';
import type { Answer, CasePage, Failure, OneTalkCase, OneTalkRequest } from '../types';
import {
	bodyFailure,
	hasCaseId,
	httpFailure,
	notTheEnvelope,
	undocumentedCase,
	unsuccessful,
} from './failures';

const CASE_TIMES = ['createdTime', 'updatedTime'];

/**
 * Judges one answer of the Integration API. Success needs proof on three levels, in this order: the HTTP status, the
 * body's own `status` (the API reports failures inside HTTP 200), and the `data` that the request expects.
 * A body that is not the documented envelope is never a success; body status 204 (the vendor's reference: done, `data`
 * empty) needs no more proof.
 *
 * @param access takes the API key out, before any part of the answer is quoted, and out of the data
 */
export function judge(answer: HttpAnswer, expects: OneTalkRequest['expects'], access: Access): Answer {
	const { mask } = access;
	const envelope = parse(answer.body);
	const { statusCode } = answer;
	if (statusCode < 200 || statusCode > 299) return failed(httpFailure(answer, mask(envelope), access));
	if (!isRecord(envelope) || typeof envelope.status !== 'number') {
		return failed(notTheEnvelope(answer, `it sent ${describeBody(mask(answer.body))}`, access));
	}

	const { status } = envelope;
	if (status !== 200 && status !== 204) return failed(bodyFailure(answer, mask(envelope), status, access));
	const data = status === 204 && isEmpty(envelope.data) ? {} : envelope.data;
	if (!isRecord(data)) return failed(notTheEnvelope(answer, 'it has no "data"', access));
	if (data.success === false) return failed(unsuccessful(mask(data), access));
	if (status === 204 && Object.keys(data).length === 0) return { ok: true, data };

	const fault = expects === 'cases' ? faultInPage(data) : faultInSuccess(data);
	if (fault !== undefined) return failed(notTheEnvelope(answer, fault, access));
	const wrong = expects === 'cases' ? list(data.cases).findIndex((one) => !isCase(one)) : -1;
	if (wrong >= 0) return failed(undocumentedCase(answer, mask(list(data.cases)[wrong]), wrong));
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

/** A case without an ID or a time cannot be tracked, and it must not be skipped in silence. */
function isCase(value: unknown): value is OneTalkCase {
	return hasCaseId(value) && CASE_TIMES.every((name) => isAbsent(value[name]) || isTime(value[name]));
}

function failed(failure: Failure): Answer {
	return { ok: false, failure };
}
