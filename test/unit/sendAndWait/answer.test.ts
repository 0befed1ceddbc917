/** What is taken for an answer: nothing but the fields of the page, in their types and sizes. */

import type { Question } from '../../../nodes/OneTalk/operations/sendAndWait/question';
import { answerTo, MAX_COMMENT, MAX_TEXT } from '../../../nodes/OneTalk/sendAndWait/answer';

const approval: Question = {
	text: 'Fine?',
	responseType: 'approval',
	approveLabel: 'Approve',
	declineLabel: 'Decline',
	title: 'Title',
	submitLabel: 'Send',
	linkLabel: 'Answer here:',
	language: 'en',
};
const approveOnly: Question = { ...approval, declineLabel: undefined };
const freeText: Question = { ...approval, responseType: 'freeText' };

it.each<[body: unknown, answer: object | undefined]>([
	[{ answer: 'approve' }, { approved: true, feedback: '' }],
	[
		{ answer: 'decline', comment: ' Too\r\nmuch ' },
		{ approved: false, feedback: 'Too\nmuch' },
	],
	[
		{ answer: 'approve', extra: 'x', approved: 'false' },
		{ approved: true, feedback: '' },
	],
	[
		{ answer: 'approve', comment: '😀'.repeat(MAX_COMMENT) },
		{ approved: true, feedback: '😀'.repeat(MAX_COMMENT) },
	],
	[{ answer: 'approve', comment: 'x'.repeat(MAX_COMMENT + 1) }, undefined],
	[{ answer: 'approve', comment: ['x'] }, undefined],
	[{ answer: 'approve', comment: null }, undefined],
	[{ answer: ['approve'] }, undefined],
	[{ answer: true }, undefined],
	[{ answer: 'Approve' }, undefined],
	[{ approved: true }, undefined],
	[{}, undefined],
	[undefined, undefined],
	[null, undefined],
	['answer=approve', undefined],
	[[{ answer: 'approve' }], undefined],
	[Object.create({ answer: 'other', comment: 'x' }), undefined],
])('approval: %j gives %j', (body, answer) => {
	expect(answerTo(approval, body, {})).toEqual(answer);
});

it('takes no decline where it was not offered', () => {
	expect(answerTo(approveOnly, { answer: 'decline' }, {})).toBeUndefined();
	expect(answerTo(approveOnly, { answer: 'approve' }, {})).toEqual({ approved: true, feedback: '' });
});

it('takes the button on the page, else the one that the link stands for', () => {
	const approved = { approved: true, feedback: '' };
	const declined = { approved: false, feedback: '' };
	expect(answerTo(approval, {}, { approved: 'true' })).toEqual(approved);
	expect(answerTo(approval, undefined, { approved: 'false' })).toEqual(declined);
	expect(answerTo(approval, { answer: 'approve' }, { approved: 'false' })).toEqual(approved);
	for (const body of [{ answer: 'x' }, { answer: ['approve'] }, 'answer=approve', ['approve'], 1])
		expect(answerTo(approval, body, { approved: 'true' })).toBeUndefined();
	expect(answerTo(approval, {}, { approved: ['true'] })).toBeUndefined();
	expect(answerTo(approveOnly, {}, { approved: 'false' })).toBeUndefined();
});

it.each<[body: unknown, answer: object | undefined]>([
	[{ text: ' Yes,\r\nat 10% ' }, { text: 'Yes,\nat 10%' }],
	[{ text: 'a\u0000b\u0007c\td' }, { text: 'abc\td' }],
	[{ text: 'x'.repeat(MAX_TEXT) }, { text: 'x'.repeat(MAX_TEXT) }],
	[{ text: 'x'.repeat(MAX_TEXT + 1) }, undefined],
	[{ text: ' \n ' }, undefined],
	[{ text: 7 }, undefined],
	[{ text: { toString: 'x' } }, undefined],
	[Object.create({ text: 'inherited' }), undefined],
	[{ answer: 'approve' }, undefined],
])('free text: %j gives %j', (body, answer) => {
	expect(answerTo(freeText, body, { approved: 'true' })).toEqual(answer);
});
