/** The page where a person answers: HTML without scripts, which loads nothing and shows every text as text. */

import { createHash } from 'node:crypto';

import type { Question } from '../operations/sendAndWait/question';
import { WORDS } from '../operations/sendAndWait/words';
import { MAX_COMMENT, MAX_TEXT, type Answer } from './answer';
import { STYLE } from './style';

const POLICY = [
	"default-src 'none'",
	`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
	"base-uri 'none'",
	"form-action 'self'",
].join('; ');

/** n8n sets a policy of its own on some answers, so the pages carry theirs as well; a browser follows both. */
export const HEADERS = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `${POLICY}; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'X-Robots-Tag': 'noindex, nofollow',
};

/**
 * The page behind a link. Its form posts to the page's own URL.
 *
 * @param linked the button that the link stands for: it comes first
 */
export function questionPage(question: Question, linked?: 'approve' | 'decline'): string {
	const text = `<p class="message" dir="auto">${escaped(question.text)}</p>`;
	return page(
		question,
		question.title,
		`${text}\n<form method="post">\n${fields(question, linked)}\n</form>`,
	);
}

/** After an answer that n8n has taken. */
export function thanksPage(question: Question, answer: Answer): string {
	const words = WORDS[question.language];
	const chosen = 'text' in answer ? '' : answer.approved ? question.approveLabel : question.declineLabel;
	const shown = chosen ? `<p>${escaped(words.answer)}: <strong>${escaped(chosen)}</strong></p>\n` : '';
	return page(question, words.thanks, `${shown}<p>${escaped(words.recorded)}</p>`);
}

/** After a POST that is no answer: the execution still waits. */
export function refusalPage(question: Question): string {
	const words = WORDS[question.language];
	return page(question, words.failed, `<p>${escaped(words.tryAgain)}</p>`);
}

/** For the link of a question that the execution does not wait for any more. */
export function closedPage(question: Pick<Question, 'language'> = { language: 'en' }): string {
	const words = WORDS[question.language];
	return page(question, words.closed, `<p>${escaped(words.whyClosed)}</p>`);
}

function fields(question: Question, linked?: 'approve' | 'decline'): string {
	const { responseType, approveLabel, declineLabel, submitLabel, language } = question;
	const words = WORDS[language];
	if (responseType === 'freeText') {
		return `<label for="text">${escaped(words.answer)}</label>
<textarea id="text" name="text" rows="5" maxlength="${MAX_TEXT}" dir="auto" required></textarea>
<button class="primary">${escaped(submitLabel)}</button>`;
	}
	const approve = { value: 'approve', label: approveLabel };
	const decline = declineLabel === undefined ? [] : [{ value: 'decline', label: declineLabel }];
	const buttons = (linked === 'decline' ? [...decline, approve] : [approve, ...decline]).map(
		({ value, label }, i) =>
			`<button${i === 0 ? ' class="primary"' : ''} name="answer" value="${value}">${escaped(label)}</button>`,
	);
	return `<label for="comment">${escaped(words.comment)}</label>
<textarea id="comment" name="comment" rows="2" maxlength="${MAX_COMMENT}" dir="auto"></textarea>
${buttons.join('\n')}`;
}

function page({ language }: Pick<Question, 'language'>, title: string, content: string): string {
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
${content}
</main>
</body>
</html>`;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML, inside elements and quoted attributes. */
function escaped(text: string): string {
	return text.replace(/[&<>"']/gu, (sign) => SIGNS[sign]);
}
