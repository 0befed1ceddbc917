/** Reads a response: what comes from the page is not trusted, what stands in the link is signed. */

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../api/text';
import { lengthOf } from '../input/length';
import type { Question } from '../operations/sendAndWait/question';

/** How much a recipient can write, in code points. */
export const MAX_TEXT = 4096;
export const MAX_COMMENT = 1000;

/** What the recipient has answered. */
export type Answer = { approved: boolean; feedback: string } | { text: string };

/**
 * The answer to a question; undefined for anything that is none. The button that was pressed on the page counts, else the one that
 * the link stands for.
 *
 * @param query the signed parameters of the link
 */
export function answerTo(question: Question, body: unknown, query: unknown): Answer | undefined {
	const given = body ?? {};
	if (!isRecord(given)) return undefined;
	if (question.responseType === 'freeText') {
		const text = textOf(given, 'text', MAX_TEXT);
		return text === undefined || text === '' ? undefined : { text };
	}
	const approved = chosen(question, Object.hasOwn(given, 'answer') ? given.answer : linkedAnswer(query));
	const feedback = 'comment' in given ? textOf(given, 'comment', MAX_COMMENT) : '';
	return approved === undefined || feedback === undefined ? undefined : { approved, feedback };
}

/** The button that a link stands for. */
export function linkedAnswer(query: unknown): 'approve' | 'decline' | undefined {
	const approved = isRecord(query) ? query.approved : undefined;
	if (approved === 'true') return 'approve';
	return approved === 'false' ? 'decline' : undefined;
}

/** Whether a button approves; undefined if the question does not have it. */
function chosen({ declineLabel }: Question, answer: unknown): boolean | undefined {
	if (answer === 'approve') return true;
	return answer === 'decline' && declineLabel !== undefined ? false : undefined;
}

/** Text with line breaks as browsers show them, and no other control characters; undefined if it is too long or no text. */
function textOf(body: IDataObject, field: string, max: number): string | undefined {
	const value = Object.hasOwn(body, field) ? body[field] : undefined;
	if (typeof value !== 'string') return undefined;
	const text = value
		.replace(/\r\n?/gu, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();
	return lengthOf(text) > max ? undefined : text;
}
