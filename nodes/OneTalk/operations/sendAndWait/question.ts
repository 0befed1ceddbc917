/** What a person is asked, and how they can answer: read from the parameters of a Send and Wait operation. */

import { isRecord } from '../../api/text';
import { InvalidInput } from '../../input/invalid';
import { atMost } from '../../input/length';
import { optionalText, requiredText } from '../../input/values';
import type { Parameters } from '../operation';
import { LANGUAGES, WORDS, type Language } from './words';

/** How a person can answer, and the words around it. The texts are the user's own: they are not escaped. */
export type Question = {
	/** The message, without its links. */
	text: string;
	responseType: 'approval' | 'freeText';
	approveLabel: string;
	/** Left out where a person can only approve. */
	declineLabel?: string;
	title: string;
	submitLabel: string;
	/** Stands above the link of a free-text question in the message. */
	linkLabel: string;
	language: Language;
};

/** In code points; a label has to fit on a phone. */
const MAX_LABEL = 60;

/**
 * @param text the message, without its links
 * @throws {InvalidInput} naming the parameter that cannot be used
 */
export function questionOf(text: string, { responseType, approvalOptions, options }: Parameters): Question {
	const type = requiredText('responseType', responseType);
	if (type !== 'approval' && type !== 'freeText')
		throw new InvalidInput('responseType', `(${type}) must be approval or freeText`);
	const given = isRecord(options) ? options : {};
	const language = languageOf(given.pageLanguage);
	const words = WORDS[language];
	const label = (parameter: string, value: unknown, fallback: string, where?: string) =>
		atMost(parameter, optionalText(parameter, value), MAX_LABEL, where) || fallback;

	const approval =
		isRecord(approvalOptions) && isRecord(approvalOptions.values) ? approvalOptions.values : {};
	const approvalLabel = (value: unknown, fallback: string, where: string) =>
		label('approvalOptions', value, fallback, where);
	const approveLabel = approvalLabel(approval.approveLabel, words.approve, 'Approve Button Label');
	const declineLabel =
		type === 'approval' && approvalTypeOf(approval.approvalType) === 'double'
			? approvalLabel(approval.disapproveLabel, words.decline, 'Disapprove Button Label')
			: undefined;
	if (declineLabel === approveLabel)
		throw new InvalidInput(
			'approvalOptions',
			`has the label "${approveLabel}" twice: the buttons must differ`,
		);
	return {
		text,
		responseType: type,
		approveLabel,
		...(declineLabel === undefined ? {} : { declineLabel }),
		title: label('responseFormTitle', given.responseFormTitle, words.title),
		submitLabel: label('responseFormButtonLabel', given.responseFormButtonLabel, words.submit),
		linkLabel: label('messageButtonLabel', given.messageButtonLabel, words.link),
		language,
	};
}

function approvalTypeOf(value: unknown): 'single' | 'double' {
	const type = optionalText('approvalOptions', value) || 'double';
	if (type !== 'single' && type !== 'double')
		throw new InvalidInput(
			'approvalOptions',
			`has the type of approval (${type}): it must be single or double`,
		);
	return type;
}

function languageOf(value: unknown): Language {
	const language = optionalText('pageLanguage', value) || 'en';
	if (Object.hasOwn(LANGUAGES, language)) return language as Language;
	throw new InvalidInput('pageLanguage', `(${language}) must be ${Object.keys(LANGUAGES).join(' or ')}`);
}
