/** What each kind of fault responds with on the chatbot endpoint, whose answers are plain text. */

import type { Fault } from '../../world/faults.cts';
import { isTaken } from '../integration/faultKinds.cts';
import type { Outcome } from '../outcome.cts';
import { OK, type PlainAnswer } from './refusal.cts';

const HTML =
	'<!DOCTYPE html>\n<html><head><title>OneTalk</title></head><body><h1>OneTalk</h1></body></html>\n';

export const TEXT_TYPE = 'text/plain; charset=utf-8';

/**
 * Returns what is sent to a request that this fault hits, after the request was carried out if it has to be.
 *
 * @param run carries out the request
 * @param key the secret key that was sent
 */
export function chatbotOutcomeOf(fault: Fault, run: () => PlainAnswer, key: string): Outcome {
	const { httpStatus, text } = isTaken(fault) ? run() : OK;
	const plain = (body: string, status = 200): Outcome => ({
		way: 'respond',
		httpStatus: status,
		body,
		contentType: TEXT_TYPE,
	});
	switch (fault.kind) {
		case 'reset':
		case 'resetAfterTaken':
			return { way: 'reset' };
		case 'timeout':
			return { way: 'hang' };
		case 'http': {
			const { httpStatus: status = 503, retryAfter, withAnswer } = fault;
			return { ...plain(withAnswer ? text : `HTTP ${status}\n`, status), retryAfter };
		}
		case 'status':
			return plain(
				fault.status === 204 ? '' : (fault.message ?? 'internal server error'),
				fault.status ?? 500,
			);
		case 'echoKey':
			return plain(`secret key ${key} is invalid`, 401);
		case 'errorObjectEmpty':
		case 'extraKeys':
			return plain(text, httpStatus);
		case 'html':
			return { ...plain(HTML), contentType: 'text/html' };
		case 'empty':
			return plain('');
		case 'truncated':
			return plain(text.slice(0, 1));
		case 'string':
		case 'array':
		case 'null':
			return plain({ string: '"ok"', array: '["ok"]', null: 'null' }[fault.kind]);
		case 'successFalse':
		case 'dataMissing':
		case 'dataEmpty':
		case 'casesNotList':
		case 'statusString':
		case 'statusMissing':
			// These are about the envelope of the Integration API, so here they are JSON in place of the plain text.
			return plain(JSON.stringify({ success: false, message: fault.message ?? 'the request failed' }));
	}
}
