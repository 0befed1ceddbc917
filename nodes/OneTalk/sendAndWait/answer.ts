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
 * The answer to a question; undefined for anything that is none.
 *
 * @param query the signed parameters of the link; `approved` in it is the answer, for links that stand for one button
 */
export function answerTo(question: Question, body: unknown, query: unknown): Answer | undefined {
	const given = isRecord(body) ? body : {};
	if (question.responseType === 'freeText') {
		const text = textOf(given, 'text', MAX_TEXT);
		return text === undefined || text === '' ? undefined : { text };
	}
	const approved =
		isRecord(query) && 'approved' in query ? BOOLEANS.get(query.approved) : chosen(question, given);
	const feedback = 'comment' in given ? textOf(given, 'comment', MAX_COMMENT) : '';
	return approved === undefined || feedback === undefined ? undefined : { approved, feedback };
}

const BOOLEANS = new Map<unknown, boolean>([
	['true', true],
	['false', false],
]);

/** The button that was pressed, if the question has it. */
function chosen({ declineLabel }: Question, { answer }: IDataObject): boolean | undefined {
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
