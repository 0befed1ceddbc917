/** What a recipient is asked: buttons, labels and languages. */

import { questionOf } from '../../../../nodes/OneTalk/operations/sendAndWait/question';
import { refusal } from '../../../support/refusal';

const approval = (values?: object, options: object = {}) =>
	questionOf('Fine?', {
		responseType: 'approval',
		approvalOptions: values === undefined ? {} : { values },
		options,
	});

it('has both buttons unless told otherwise', () => {
	expect(approval()).toMatchObject({ approveLabel: 'Approve', declineLabel: 'Decline' });
	expect(approval({})).toMatchObject({ approveLabel: 'Approve', declineLabel: 'Decline' });
	expect(approval({ approvalType: 'double', approveLabel: ' Yes ', disapproveLabel: 'No' })).toMatchObject({
		approveLabel: 'Yes',
		declineLabel: 'No',
	});
});

it('has one button', () => {
	const { declineLabel, approveLabel } = approval({ approvalType: 'single', approveLabel: 'Seen' });
	expect([approveLabel, declineLabel]).toEqual(['Seen', undefined]);
});

it('speaks Indonesian where the user has no words of their own', () => {
	expect(approval({ approveLabel: '' }, { pageLanguage: 'id', responseFormTitle: 'Diskon' })).toEqual({
		text: 'Fine?',
		responseType: 'approval',
		approveLabel: 'Setujui',
		declineLabel: 'Tolak',
		title: 'Diskon',
		submitLabel: 'Kirim',
		linkLabel: 'Jawab di sini:',
		language: 'id',
	});
});

it('has no decline button for free text', () => {
	const question = questionOf('Fine?', { responseType: 'freeText', approvalOptions: {}, options: {} });
	expect(question).toMatchObject({ responseType: 'freeText', submitLabel: 'Send' });
	expect(question.declineLabel).toBeUndefined();
});

it.each<[what: string, parameters: object, parameter: string, reason: RegExp]>([
	[
		'an unknown response type',
		{ responseType: 'customForm' },
		'responseType',
		/customForm.*approval or freeText/,
	],
	[
		'an unknown type of approval',
		{ approvalOptions: { values: { approvalType: 'triple' } } },
		'approvalOptions',
		/triple/,
	],
	[
		'two equal labels',
		{ approvalOptions: { values: { approveLabel: 'OK', disapproveLabel: 'OK' } } },
		'approvalOptions',
		/"OK" twice/,
	],
	[
		'a label that does not fit',
		{ approvalOptions: { values: { disapproveLabel: 'x'.repeat(61) } } },
		'approvalOptions',
		/61 characters in Disapprove Button Label/,
	],
	[
		'a list as label',
		{ approvalOptions: { values: { approveLabel: ['OK'] } } },
		'approvalOptions',
		/must be text/,
	],
	['an unknown language', { options: { pageLanguage: 'constructor' } }, 'pageLanguage', /en or id/],
	['a title that is too long', { options: { responseFormTitle: 'x'.repeat(61) } }, 'responseFormTitle', /61/],
])('refuses %s', (_, parameters, parameter, reason) => {
	const refused = refusal(() => questionOf('Fine?', { responseType: 'approval', ...parameters }));
	expect(refused.parameter).toBe(parameter);
	expect(refused.reason).toMatch(reason);
});
