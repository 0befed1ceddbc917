/** The page where a recipient answers: every text is shown as text, and nothing is loaded. */

import { createHash } from 'node:crypto';

import type { Question } from '../../../nodes/OneTalk/operations/sendAndWait/question';
import { LANGUAGES, WORDS } from '../../../nodes/OneTalk/operations/sendAndWait/words';
import {
	closedPage,
	HEADERS,
	questionPage,
	refusalPage,
	thanksPage,
} from '../../../nodes/OneTalk/sendAndWait/page';

const HOSTILE = `"><img src=x onerror='alert(1)'></textarea></style><script>&amp;`;
const ESCAPED =
	'&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&lt;/textarea&gt;&lt;/style&gt;&lt;script&gt;&amp;amp;';

const question: Question = {
	text: HOSTILE,
	responseType: 'approval',
	approveLabel: HOSTILE,
	declineLabel: HOSTILE,
	title: HOSTILE,
	submitLabel: HOSTILE,
	linkLabel: HOSTILE,
	language: 'en',
};
const freeText: Question = { ...question, responseType: 'freeText' };

const pages: Array<[name: string, page: string]> = [
	['approval', questionPage(question)],
	['free text', questionPage(freeText)],
	['thanks', thanksPage(question, { approved: true, feedback: HOSTILE })],
	['thanks for a text', thanksPage(freeText, { text: HOSTILE })],
	['refusal', refusalPage(question)],
	['closed', closedPage(question)],
	['closed, of an unknown question', closedPage()],
];

describe.each(pages)('%s', (_, page) => {
	it('escapes what the user and the recipient wrote', () => {
		expect(page).not.toContain('<img');
		expect(page).not.toContain('<script');
		expect(page.match(/<\/style>/g)).toHaveLength(1);
	});

	it('allows its own style only, and loads nothing', () => {
		const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
		const hash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
		const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
		expect(policy).toBe(`default-src 'none'; style-src ${hash}; base-uri 'none'; form-action 'self'`);
		expect(HEADERS['Content-Security-Policy']).toBe(`${policy}; frame-ancestors 'none'`);
		expect(page.replaceAll(ESCAPED, '')).not.toMatch(/\s(src|href|style|on\w+)=|url\(|@import/);
	});

	it('says its language, and is not for search engines', () => {
		expect(page).toContain('<html lang="en">');
		expect(page).toContain('<meta name="robots" content="noindex, nofollow">');
		expect(page).toContain('<meta name="referrer" content="no-referrer">');
	});
});

it('shows the message, and a button for each answer', () => {
	const [[, page]] = pages;
	expect(page).toContain(`<p class="message" dir="auto">${ESCAPED}</p>`);
	expect(page).toContain(`name="answer" value="approve">${ESCAPED}</button>`);
	expect(page).toContain(`name="answer" value="decline">${ESCAPED}</button>`);
	expect(questionPage({ ...question, declineLabel: undefined })).not.toContain('decline');
});

it.each([
	['approve', ['approve', 'decline']],
	['decline', ['decline', 'approve']],
	[undefined, ['approve', 'decline']],
] as const)('of a link that stands for %s, shows that button first', (linked, order) => {
	const page = questionPage(question, linked);
	expect([...page.matchAll(/ name="answer" value="(\w+)"/g)].map(([, value]) => value)).toEqual(order);
	expect(page).toContain(`class="primary" name="answer" value="${order[0]}"`);
});

it('asks for a text that must not be empty', () => {
	expect(pages[1][1]).toMatch(/<textarea id="text" name="text" [^>]*maxlength="4096"[^>]* required>/);
	expect(pages[1][1]).toContain('<label for="text">');
});

it('speaks each language', () => {
	for (const language of Object.keys(LANGUAGES) as Array<keyof typeof LANGUAGES>) {
		const page = questionPage({ ...question, language });
		expect(page).toContain(`<html lang="${language}">`);
		expect(page).toContain(WORDS[language].comment);
	}
});
